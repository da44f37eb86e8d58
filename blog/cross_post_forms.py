"""What is typed to send a post on, checked."""

import re
from typing import Any

from django import forms
from django.conf import settings

from blog.models import CrossPost

PULL = re.compile(r"https://github\.com/([A-Za-z0-9-]{1,39}/[A-Za-z0-9._-]{1,100})/pull/([1-9]\d{0,8})(?:[/?#].*)?")
HOST = re.compile(r"(?:https?://)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)/?", re.IGNORECASE)
TOKEN = forms.PasswordInput(attrs={"autocomplete": "off", "spellcheck": "false"})


class SendForm(forms.Form):
    """Where to, and how."""

    use_required_attribute = False

    destination = forms.ChoiceField(choices=CrossPost.Destination.choices, widget=forms.HiddenInput)
    way = forms.ChoiceField(
        choices=[one for one in CrossPost.Way.choices if one[0] != "hand"], widget=forms.HiddenInput
    )
    secret = forms.CharField(max_length=500, required=False, label="Your token", widget=TOKEN)
    publication = forms.CharField(
        max_length=100, required=False, label="Your blog there", help_text="As name.hashnode.dev."
    )
    with_address = forms.BooleanField(
        required=False, label="Name my e-mail address in the commit", help_text="For everyone to see, for ever."
    )

    def clean_secret(self) -> str:
        secret = str(self.cleaned_data["secret"])
        if not secret.isascii() or not secret.isprintable() or " " in secret:
            raise forms.ValidationError("A token has letters, digits and signs only, in one piece.")
        return secret

    def clean_publication(self) -> str:
        typed = self.cleaned_data["publication"].strip()
        found = HOST.fullmatch(typed)
        if typed and not found:
            raise forms.ValidationError("Write it as name.hashnode.dev.")
        return found[1].lower() if found else ""

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        leads = {"jekyll": ("program", "fork")}.get(found.get("destination", ""), ("account",))
        if found.get("way") not in leads:
            raise forms.ValidationError("That way does not lead there.")
        if found.get("destination") == "hashnode" and not found.get("publication") and "publication" not in self.errors:
            self.add_error("publication", "Say which blog of yours it goes to.")
        return found

    def said(self) -> dict[str, Any]:
        """What `CrossPost.queue` takes. Only after `is_valid()`."""
        return dict(self.cleaned_data)


class LinkForm(forms.Form):
    """The link of a pull request in the program's repository."""

    use_required_attribute = False

    url = forms.CharField(
        max_length=300, label="The pull request's link", error_messages={"required": "Paste the link first."}
    )

    def clean_url(self) -> dict[str, Any]:
        return pull_from(self.cleaned_data["url"])


def pull_from(link: str) -> dict[str, Any]:
    """`url` and `number` of a pull request of the blog's repository; a ValidationError in words for anything else."""
    found = PULL.fullmatch(link.strip())
    if not found:
        raise forms.ValidationError("That is no pull request: its link is https://github.com/…/pull/ and a number.")
    wanted = settings.CROSSPOST_GITHUB_REPOSITORY
    if wanted and found[1].lower() != wanted.lower():
        raise forms.ValidationError(f"That pull request is in {found[1]}; the blog's repository is {wanted}.")
    return {"url": f"https://github.com/{found[1]}/pull/{found[2]}", "number": int(found[2])}
