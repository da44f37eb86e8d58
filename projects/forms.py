"""What people type and upload, checked field by field."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, BinaryIO, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import RegexValidator
from django.utils.html import escape
from django.utils.safestring import SafeString

from mentorship.common.rendering.errors import RenderError
from mentorship.common.rendering.files import CONTENT_TYPES, check_upload, safe_name
from mentorship.common.rendering.markdown import render_markdown
from projects.forms_paper import PaperForm
from projects.models import ChangeRequest, Criterion, Project
from projects.rubric import level_html
from projects.scale import ConfidenceField
from projects.work import ANSWER_LEVEL, WRITE_UP_LEVEL, Upload, Work

ACCEPT = ",".join(f".{ending}" for ending in CONTENT_TYPES)


class MarkdownField(forms.CharField):
    """Markdown that can be shown: its rendering is tried, and kept in the renderer's cache, before it is stored."""

    def __init__(self, *, heading_level: int, rows: int, **options: Any) -> None:
        self.heading_level = heading_level
        widget = forms.Textarea(attrs={"rows": rows, "maxlength": options.get("max_length")})
        super().__init__(widget=widget, **options)

    def clean(self, value: Any) -> str:
        # Browsers send CRLF; what is stored, compared and counted has one form.
        text = super().clean(value.replace("\r\n", "\n") if isinstance(value, str) else value)
        try:
            render_markdown(text, heading_level=self.heading_level)
        except RenderError as error:
            raise ValidationError(error.message, code="unreadable") from error
        return text


class FilesInput(forms.FileInput):
    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__(attrs={"multiple": True, "accept": ACCEPT})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class FilesField(forms.FileField):
    """Up to five files, each what its name says: the type is read from the content."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> tuple[Upload, ...]:
        files = [file for file in (data if isinstance(data, list | tuple) else [data]) if file]
        if len(files) > settings.UPLOAD_MAX_FILES:
            raise ValidationError(f"Hand in {settings.UPLOAD_MAX_FILES} files at most; you chose {len(files)}.")
        uploads, errors, names = [], [], set()
        for file in files:
            try:
                upload = self._checked(file)
            except ValidationError as error:
                errors.append(error)
                continue
            if upload.name.casefold() in names:
                errors.append(ValidationError(f"Two files are called {upload.name}. Rename one of them."))
            names.add(upload.name.casefold())
            uploads.append(upload)
        if errors:
            raise ValidationError(errors)
        return tuple(uploads)

    @staticmethod
    def _checked(file: UploadedFile) -> Upload:
        name = safe_name(file.name or "")
        if (file.size or 0) > settings.UPLOAD_MAX_BYTES:
            raise ValidationError(f"{name} is larger than 20 MB.")
        try:
            return Upload.of(file, name, check_upload(name, cast(BinaryIO, file)))
        except RenderError as error:
            raise ValidationError(error.message) from error


# The same fields in every form, which nothing of a form changes: making two dozen anew took longer than checking them.
CONFIDENCE = ConfidenceField()


@lru_cache(maxsize=512)
def _answer_field(question: str, guidance: str) -> MarkdownField:
    return MarkdownField(
        label=question,
        heading_level=ANSWER_LEVEL,
        rows=4,
        max_length=10_000,
        help_text=escape(guidance),
        error_messages={"required": "Answer this one too: your mentor reads your reasons first."},
    )


class HandInForm(forms.Form):
    """One round: the work, an answer to each criterion and, later on, what was done about each change request."""

    title = forms.CharField(max_length=140, help_text="What you built, in a few words.")
    repository_url = forms.URLField(
        label="Repository",
        max_length=300,
        required=False,
        assume_scheme="https",
        validators=[RegexValidator(r"^https?://", "Start with https://")],
        help_text="Where the code is, if it is public.",
    )
    commit = forms.CharField(
        max_length=40,
        required=False,
        validators=[RegexValidator(r"^[0-9a-fA-F]{7,40}$", "A commit is 7 to 40 hex digits: `git rev-parse HEAD`.")],
        help_text="The commit that is to be reviewed, so that later pushes change nothing.",
    )
    write_up = MarkdownField(
        label="Write-up",
        heading_level=WRITE_UP_LEVEL,
        rows=14,
        max_length=50_000,
        help_text="What, why, with which data, and what came out. Markdown, with code and TeX.",
    )
    files = FilesField(  # type: ignore[assignment]  # the base class keeps what was sent under that name
        required=False,
        help_text="Up to 5 files of 20 MB each: notebooks, code and other text, PDF, PNG, JPEG, CSV. Your mentor reads "
        "notebooks and text on the page and comments in them.",
    )
    key = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        project: Project,
        criteria: list[Criterion] | None = None,
        requests: Iterable[ChangeRequest] = (),
        paper: PaperForm | None = None,
        **options: Any,
    ) -> None:
        """`criteria`: those of `project` that are asked today, if they are known already; `paper`: of a replication."""
        super().__init__(*args, **options)
        self.criteria = list(project.criteria.filter(retired_at=None)) if criteria is None else criteria
        self.requests = list(requests)
        self.scores: dict[int, str] = {}  # of the last review, by criterion
        self.paper = paper
        for criterion in self.criteria:
            self.fields[f"answer_{criterion.pk}"] = _answer_field(criterion.question, criterion.guidance)
            self.fields[f"confidence_{criterion.pk}"] = CONFIDENCE
        for request in self.requests:
            self.fields[f"addressed_{request.pk}"] = forms.CharField(
                label="How you addressed it",
                required=False,
                max_length=4000,
                widget=forms.Textarea(attrs={"rows": 3, "maxlength": 4000}),
                help_text="Leave it empty if this stays open for now.",
            )

    def clean_commit(self) -> str:
        return self.cleaned_data["commit"].lower()

    def clean(self) -> None:
        data = self.cleaned_data
        if data.get("commit") and not data.get("repository_url") and "repository_url" not in self.errors:
            self.add_error("repository_url", "Say which repository this commit is in.")
        if self.paper and not self.paper.is_valid():
            raise ValidationError("See what is said of the paper below.", code="paper")

    def answers(self) -> Iterator[tuple[forms.BoundField, forms.BoundField, str]]:
        """Each question's answer, how sure one is of it, and what the last review said of it, as HTML or ''."""
        for row in self.criteria:
            level = self.scores.get(row.pk, "")
            said = SafeString(level_html(level)) if level else ""
            yield self[f"answer_{row.pk}"], self[f"confidence_{row.pk}"], said

    def addressed(self) -> Iterator[tuple[ChangeRequest, forms.BoundField]]:
        return ((request, self[f"addressed_{request.pk}"]) for request in self.requests)

    def work(self) -> Work:
        """What was handed in, of a form that is valid."""
        data = self.cleaned_data
        answers = {criterion.pk: data[f"answer_{criterion.pk}"] for criterion in self.criteria}
        confidence = {criterion.pk: data[f"confidence_{criterion.pk}"] for criterion in self.criteria}
        addressed = {request.pk: data[f"addressed_{request.pk}"] for request in self.requests}
        return Work(
            title=data["title"],
            repository_url=data["repository_url"],
            commit=data["commit"],
            write_up=data["write_up"],
            answers=answers,
            addressed={request: text for request, text in addressed.items() if text},
            files=data["files"],
            confidence={criterion: sure for criterion, sure in confidence.items() if sure},
            paper=self.paper.paper() if self.paper else None,
        )
