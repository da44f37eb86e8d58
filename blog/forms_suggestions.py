"""What is typed about a passage of a post, checked."""

from typing import Any

from django import forms

from blog.anchors import LONGEST_QUOTE, Passage
from blog.forms import BodyField
from blog.models.suggestion import LONGEST_REPLACEMENT

FIELDS = {"passage_": "quote", "replacement_": "replacement", "changes_": "replacement", "comment_": "words"}
LONGEST_WHY = 500


class Known(forms.IntegerField):
    """A number that only a script fills in; anything else is as if it were not there."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except forms.ValidationError:
            return None


class PassageForm(forms.Form):
    """A passage, and a change of it, or only words about it. With scripts, `start` says which of several it is."""

    use_required_attribute = False

    quote = BodyField(
        max_length=LONGEST_QUOTE + 100,  # a browser sends two characters for an end of line
        strip=False,
        label="The passage",
        help_text="As it stands in the Markdown source; enough of it that it stands there once.",
        widget=forms.Textarea(attrs={"rows": 2, "class": "source-words"}),
    )
    replacement = BodyField(
        max_length=LONGEST_REPLACEMENT + 1_000,
        strip=False,
        label="What should stand there",
        help_text="Left empty, the suggestion is to delete the passage.",
        widget=forms.Textarea(attrs={"rows": 2, "class": "source-words"}),
    )
    words = forms.CharField(
        max_length=10_000,
        required=False,
        label="Why, or what you want to say",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    start = Known(min_value=0, max_value=2**31 - 1, required=False)
    version = Known(min_value=1, max_value=2**31 - 1, required=False)

    def __init__(self, data: Any = None, *, suggests: bool = True) -> None:
        super().__init__(data, auto_id="passage_%s")
        if not suggests:
            del self.fields["replacement"]

    def clean_words(self) -> str:
        words = str(self.cleaned_data["words"])
        if "suggest" in self.data and len(words) > LONGEST_WHY:
            raise forms.ValidationError(f"Say why in {LONGEST_WHY} characters; more of it is a comment.")
        return words

    def passage(self) -> Passage:
        return Passage(self.cleaned_data["quote"], self.cleaned_data["start"])

    def say(self, code: str, message: str) -> None:
        """Put why it was refused at the field that it is about."""
        field = next((name for start, name in FIELDS.items() if code.startswith(start)), None)
        self.add_error(field if field in self.fields else None, message)


class WordForm(forms.Form):
    """A word with a refusal; may be empty."""

    word = forms.CharField(max_length=500, required=False)


class AnswerForm(forms.Form):
    text = forms.CharField(max_length=10_000, error_messages={"required": "Write what you want to say first."})
