"""What readers type, checked."""

import uuid
from typing import Any

from django import forms

from blog.models import Post, ReaderComment
from blog.models.reader_comment import LONGEST


class CommentForm(forms.Form):
    """A comment, or a reply to one of the same post. `key` makes a form that is sent twice one comment."""

    use_required_attribute = False

    text = forms.CharField(
        max_length=LONGEST,
        label="Comment",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Markdown. Everybody can read it, under your name.",
        error_messages={"required": "Write what you want to say first."},
    )
    parent = forms.IntegerField(required=False, widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)

    def __init__(self, *args: Any, post: Post, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.post = post

    def clean_parent(self) -> ReaderComment | None:
        number = self.cleaned_data["parent"]
        if number is None:
            return None
        found = ReaderComment.objects.filter(post=self.post, parent=None, state=ReaderComment.State.SHOWN)
        parent = found.filter(pk=number).first() if 0 < number < 2**63 else None
        if parent is None:
            raise forms.ValidationError("The comment that you answer is gone.")
        return parent


class ReasonForm(forms.Form):
    """Why a comment is hidden; its writer reads it."""

    use_required_attribute = False

    reason = forms.CharField(max_length=300, label="Why", error_messages={"required": "Say why: its writer reads it."})
