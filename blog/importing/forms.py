"""What is chosen and typed to begin from something that exists."""

from typing import Any

from django import forms
from django.conf import settings

from blog.forms import NO_TITLE, TitleField
from blog.importing import jekyll
from blog.importing import notebook as notebooks
from blog.importing.pictures import MOST_FILES
from blog.models import Notebook
from mentorship.common.rendering.files import safe_name
from mentorship.common.rendering.notebook_file import LARGEST, TOO_LARGE

KINDS = {"prose": "Text", "code": "Code", "raw": "Raw"}
IMAGES = ".png,.jpg,.jpeg,.gif,.webp"


class FilesInput(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class FilesField(forms.FileField):
    """Several files at once, each as (name, file)."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[tuple[str, Any]]:
        files = [file for file in (data if isinstance(data, list | tuple) else [data]) if file]
        if not files and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if len(files) > MOST_FILES:
            raise forms.ValidationError(f"Choose {MOST_FILES} files at most; you chose {len(files)}.")
        found = [(safe_name(file.name or ""), file) for file in files]
        large = [name for name, file in found if (file.size or 0) > settings.UPLOAD_MAX_BYTES]
        if large:
            most = settings.UPLOAD_MAX_BYTES // 1024**2
            raise forms.ValidationError(f"{large[0]} is larger than {most} MB.")
        return found


class FileForm(forms.Form):
    """A Markdown file with its images."""

    chosen = FilesField(
        label="The Markdown file, and its images",
        widget=FilesInput(attrs={"multiple": True, "accept": f".md,.markdown,.txt,{IMAGES}"}),
        error_messages={"required": "Choose the Markdown file."},
        help_text="One .md file, with or without front matter, and as many of its images as you have at hand: they are "
        "known by their names. What is missing can be added afterwards.",
    )
    site = forms.URLField(
        max_length=200,
        required=False,
        assume_scheme="https",
        label="The blog it stood on",
        help_text="Links that lead from one page of that blog to another are completed with it.",
    )

    def clean_chosen(self) -> list[tuple[str, Any]]:
        """The text first."""
        files: list[tuple[str, Any]] = self.cleaned_data["chosen"]
        texts = [one for one in files if jekyll.is_text(one[0])]
        if len(texts) > 1:
            raise forms.ValidationError(f"One Markdown file at a time; these are {len(texts)}.")
        first = texts[0] if texts else next((one for one in files if not _is_image(one[0])), files[0])
        return [first, *(one for one in files if one is not first)]

    def clean_site(self) -> str:
        address: str = self.cleaned_data["site"]
        if address and not address.lower().startswith(("http://", "https://")):
            raise forms.ValidationError("Use an address that begins with https:// or http://.")
        return address


def _is_image(name: str) -> bool:
    return name.lower().endswith(tuple(IMAGES.split(",")))


class ImagesForm(forms.Form):
    """The images that a text names and the post has not got: several at once, or each at its own place."""

    files = FilesField(  # type: ignore[assignment]  # the base class keeps what was sent under that name
        required=False,
        label="Several at once",
        widget=FilesInput(attrs={"multiple": True, "accept": IMAGES}),
        help_text="They are known by their names.",
    )

    def __init__(self, *args: Any, sources: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.sources = sources[:MOST_FILES]
        for number, source in enumerate(self.sources):
            self.fields[f"image-{number}"] = forms.FileField(
                required=False, label=source, widget=forms.FileInput(attrs={"accept": IMAGES})
            )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not self.errors and not found.get("files") and not self.given():
            raise forms.ValidationError("Choose an image first.")
        return found

    def given(self) -> dict[str, Any]:
        """Files by the source that they are."""
        chosen = ((source, self.cleaned_data.get(f"image-{number}")) for number, source in enumerate(self.sources))
        return {source: file for source, file in chosen if file}


class NotebookForm(forms.Form):
    notebook = forms.FileField(
        widget=forms.FileInput(attrs={"accept": ".ipynb"}),
        error_messages={"required": "Choose a notebook.", "empty": "This file is empty."},
        help_text="An .ipynb file of 20 MB at most, with its outputs. Which cells go into the post is the next step.",
    )

    def clean_notebook(self) -> Any:
        file = self.cleaned_data["notebook"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(TOO_LARGE)
        return file


class CellsForm(forms.Form):
    """What becomes of each cell and each output. A value that a part cannot have is an error at that part."""

    use_required_attribute = False
    title = TitleField(max_length=140, error_messages={"required": NO_TITLE})
    version = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, notebook: Notebook, **options: Any) -> None:
        super().__init__(*args, **options)
        self.notebook = notebook
        self.fields["title"].initial = notebook.title
        if notebook.post_id:
            del self.fields["title"]
        for key, form in notebooks.choices(notebook).items():
            self.fields[f"part-{key}"] = forms.ChoiceField(
                choices=notebooks.forms_of(notebook, key), initial=form, required=False
            )

    def chosen(self) -> dict[str, str]:
        """The form of each part. Only after `is_valid()`."""
        parts = ((name, value) for name, value in self.cleaned_data.items() if name.startswith("part-"))
        return {name.removeprefix("part-"): value or notebooks.OUT for name, value in parts}

    def rows(self) -> list[dict[str, Any]]:
        """The cells with their fields, for the page."""
        found = []
        for cell in self.notebook.cells:
            outputs = [
                {"field": self[f"part-{cell['number']}.{output['index']}"], "note": output["note"], "of": output}
                for output in cell["outputs"]
            ]
            lines = cell["text"].split("\n")
            found.append(
                {
                    "number": cell["number"],
                    "kind": KINDS[cell["kind"]],
                    "prose": cell["kind"] == "prose",
                    "text": "\n".join(line[:120] for line in lines[:6]),
                    "more": max(0, len(lines) - 6),
                    "field": self[f"part-{cell['number']}"] if cell["text"].strip() else None,
                    "outputs": [output for output in outputs if output["of"]["forms"] or output["note"]],
                }
            )
        return found


class FeedForm(forms.Form):
    address = forms.URLField(
        max_length=300,
        assume_scheme="https",
        label="Address of your blog, or of its feed",
        error_messages={"required": "Give the address of your blog."},
        help_text="Only your own: what is taken over is put under your name.",
    )

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"]
        if not address.lower().startswith(("http://", "https://")):
            raise forms.ValidationError("Use an address that begins with https:// or http://.")
        return address
