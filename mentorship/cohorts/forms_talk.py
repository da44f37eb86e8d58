"""What people fill in to tell the cohort something, to ask and to answer, and to be found."""

from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from mentorship.cohorts.forms_group_inside import LocalTime
from mentorship.cohorts.models import Announcement, Listing, Membership
from mentorship.cohorts.models.written import LONGEST

MARKDOWN = "Markdown, with code and TeX."


class AnnouncementForm(LocalTime):
    title = forms.CharField(max_length=140)
    text = forms.CharField(max_length=LONGEST, widget=forms.Textarea({"rows": 8}), help_text=MARKDOWN, strip=False)
    pinned = forms.BooleanField(required=False, label="Keep it on top")
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    field_order = ["title", "text", "pinned", "day", "clock", "which"]

    def __init__(self, *args: Any, zone: ZoneInfo, row: Announcement | None = None, **kwargs: Any) -> None:
        waiting = row.publish_at if row and row.published_at is None else None
        begin: dict[str, Any] = {}
        if row:
            begin = {"title": row.title, "text": row.text, "pinned": row.pinned, "version": row.edits}
        super().__init__(*args, zone=zone, moment=waiting, initial=begin, **kwargs)
        self.order_fields(self.field_order)
        self.fields["day"].label = "Publish on"
        self.fields["day"].help_text = "Leave day and time empty to publish at once."
        if row and row.published_at:
            for name in ("day", "clock", "which"):
                self.fields.pop(name, None)
        elif row:
            self.fields["day"].help_text = "It waits until then."


class QuestionForm(forms.Form):
    title = forms.CharField(max_length=140, label="Your question in a sentence")
    text = forms.CharField(
        max_length=LONGEST, widget=forms.Textarea({"rows": 7}), label="What you tried", strip=False,
        help_text=f"{MARKDOWN} The more one can see, the quicker somebody helps.",
    )  # fmt: skip
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)


class AnswerForm(forms.Form):
    text = forms.CharField(
        max_length=LONGEST, widget=forms.Textarea({"rows": 5}), label="Your answer", help_text=MARKDOWN, strip=False
    )
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)


class ListingForm(forms.ModelForm):
    class Meta:
        model = Listing
        fields = Listing.FIELDS
        labels = {
            "listed": "Show me in the directory of this cohort",
            "on_web": "Show me on the page of mentees that everyone on the web can read",
            "says": "A line about me here",
            "shows_headline": "With the headline of my profile",
            "shows_zone": "With my time zone",
            "shows_links": "With my website and GitHub",
            "shows_email": "With my e-mail address, in the cohort only",
        }
        help_texts = {"says": "What others may ask you about, or what you look for.", "shows_email": ""}

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **({"instance": Listing.of(membership)} | kwargs))
        if membership.is_mentor:
            del self.fields["on_web"]
