"""What is typed about posts, checked."""

import uuid
from typing import Any

from django import forms

from blog import front_matter, ideas
from blog.importing import head
from blog.models import Post
from blog.models.post import SLUG
from blog.text import MOST_TAGS, RESERVED_SLUGS, clean_body, clean_line, clean_tags
from blog.writing import Text, text_of
from mentorship.common.errors import Refused
from mentorship.common.rendering.errors import RenderError

NO_TITLE = "Give the post a title; you can change it until it is published."


class TitleField(forms.CharField):
    """One line that says something once cleaned."""

    def clean(self, value: Any) -> str:
        title = clean_line(super().clean(value))
        if not title:
            raise forms.ValidationError(NO_TITLE, code="required")
        return title


class BodyField(forms.CharField):
    """The text. It may be empty, but is nothing that one calls optional."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No maxlength: a browser would cut what is pasted and say nothing."""
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}

    def validate(self, value: str) -> None:
        return


class BeginForm(forms.Form):
    """A new post needs a title only. `key` makes a form that is sent twice one post."""

    title = TitleField(max_length=140, label="Working title", error_messages={"required": NO_TITLE})
    key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)

    title.widget.attrs["autofocus"] = True


class PostForm(forms.Form):
    """The text of a post."""

    use_required_attribute = False

    title = TitleField(max_length=140, error_messages={"required": NO_TITLE})
    summary = forms.CharField(
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="One or two sentences for lists and feeds. Left empty, the text's beginning stands there.",
    )
    body = BodyField(
        max_length=200_000,
        strip=False,
        label="Text",
        widget=forms.Textarea(attrs={"rows": 24, "class": "writing", "spellcheck": "true"}),
        help_text="Markdown. Code between ``` with its language, mathematics between $ or $$, footnotes with [^1].",
    )
    slug = forms.RegexField(
        SLUG,
        max_length=80,
        required=False,
        label="Address",
        error_messages={"invalid": "Use lower-case letters, digits and single hyphens."},
        help_text="The last part of the link. Left empty, it follows the title until the post is published.",
    )
    canonical_url = forms.URLField(
        max_length=300,
        required=False,
        assume_scheme="https",
        label="First published at",
        help_text="If it stood elsewhere first: its address there. Search engines are pointed to it.",
    )

    category = forms.CharField(
        max_length=40,
        required=False,
        help_text="One word; the program's Jekyll blog has data_science.",
        widget=forms.TextInput(attrs={"list": "categories", "autocomplete": "off"}),
    )
    tags = forms.CharField(max_length=360, required=False, help_text="Eight at most, with commas between them.")

    front_matter = forms.CharField(
        max_length=20_000,
        required=False,
        label="Front matter",
        widget=forms.Textarea(attrs={"rows": 4, "class": "code", "spellcheck": "false"}),
        help_text="YAML that goes along when the post is published elsewhere. A title, a summary, categories and tags "
        "in it move to their fields.",
    )

    def __init__(self, *args: Any, post: Post, **kwargs: Any) -> None:
        now = vars(text_of(post)) | {
            "tags": ", ".join(post.tags),
            "front_matter": front_matter.written(post.front_matter),
        }
        super().__init__(*args, **kwargs | {"initial": now})
        self.post = post
        if post.published_at is not None:
            del self.fields["slug"]

    def clean_canonical_url(self) -> str:
        address = self.cleaned_data["canonical_url"]
        if address and not address.lower().startswith(("http://", "https://")):
            raise forms.ValidationError("Use an address that begins with https:// or http://.")
        return address

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"]
        if slug in RESERVED_SLUGS:
            raise forms.ValidationError("A page of the blog has this address. Choose another one.")
        return slug

    def clean_tags(self) -> tuple[str, ...]:
        tags = [tag for tag in self.cleaned_data["tags"].split(",") if tag.strip()]
        if len(tags) > MOST_TAGS:
            raise forms.ValidationError(f"Keep to {MOST_TAGS} tags; these are {len(tags)}.")
        return clean_tags(tags)

    def clean_front_matter(self) -> dict[str, Any]:
        if "front_matter" not in self.data:  # who sends less keeps what there is
            return self.post.front_matter
        try:
            return front_matter.checked(head.read(clean_body(self.cleaned_data["front_matter"])))
        except (RenderError, Refused) as error:
            raise forms.ValidationError(error.message) from None

    def clean(self) -> dict[str, Any]:
        """Names in the front matter that are fields of ours are what their fields say from now on."""
        found = self.cleaned_data
        ours, found["front_matter"] = front_matter.parted(found.get("front_matter", {}))
        for name, typed in ours.items():
            try:
                found[name] = self.fields[name].clean(typed)
                if name in ("canonical_url", "tags"):
                    found[name] = getattr(self, f"clean_{name}")()
            except forms.ValidationError as error:
                self.add_error("front_matter", [f"{name}: {said}" for said in error.messages])
        return found

    def text(self) -> Text:
        """What was typed, to be saved. Only after `is_valid()`."""
        return Text(**{"slug": ""} | self.cleaned_data)


class PitchForm(forms.Form):
    """What the program asks of every idea. `saw` names the answers that were there."""

    use_required_attribute = False

    saw = forms.CharField(max_length=16, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, pitch: str = "", **kwargs: Any) -> None:
        now: dict[str, str] = ideas.answers_of(pitch) | {"saw": ideas.seen(pitch)}
        super().__init__(*args, **kwargs | {"initial": now})
        for name, question in ideas.QUESTIONS.items():
            widget = forms.Textarea(attrs={"rows": 3})
            longest = max(ideas.LONGEST, len(now[name]))
            self.fields[name] = forms.CharField(label=question, required=False, max_length=longest, widget=widget)


class IdeaForm(PitchForm):
    """An idea by hand. `key` makes a form that is sent twice one idea."""

    title = TitleField(max_length=140, label="What it is about, in a line", error_messages={"required": NO_TITLE})
    key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["saw"]


class AskCoauthorForm(forms.Form):
    """Whom the author asks to write with them."""

    handle = forms.CharField(
        max_length=40,
        label="Their handle",
        help_text="Of somebody in a cohort of yours; it stands in the address of their profile.",
        widget=forms.TextInput(attrs={"list": "people", "autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_handle(self) -> str:
        return self.cleaned_data["handle"].removeprefix("@").lower()


class WordsForm(forms.Form):
    """A comment to the other side, in Markdown."""

    text = forms.CharField(
        max_length=10_000,
        label="Comment",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Write what you want to say first."},
    )
