"""Where people say what helped once their work is accepted: a card for each reviewer."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.urls import reverse

from mentorship.people.models import User
from projects.models import Feedback, Submission
from projects.models.feedback import LONGEST_TESTIMONIAL, reviewers_of


class FeedbackForm(forms.Form):
    rating = forms.TypedChoiceField(
        coerce=int, choices=Feedback.Rating.choices, widget=forms.RadioSelect, label="How helpful were the reviews?",
        error_messages={"required": "Choose one of the four."},
    )  # fmt: skip
    helped = forms.MultipleChoiceField(
        required=False, choices=Feedback.Helped.choices, widget=forms.CheckboxSelectMultiple, label="What helped most"
    )
    testimonial = forms.CharField(
        required=False, max_length=LONGEST_TESTIMONIAL, label="A few words that others may read",
        widget=forms.Textarea({"rows": 3}),
        help_text="Your mentor may show these on their profile, with your name. Leave it empty if you would not.",
    )  # fmt: skip

    def __init__(self, data: QueryDict | None = None, *, mentor: User, given: Feedback | None = None) -> None:
        said = {"rating": given.rating, "helped": given.helped, "testimonial": given.testimonial} if given else {}
        super().__init__(data, initial=said, auto_id=f"of-{mentor.pk}-%s")


def cards(submission: Submission, person: Any, typed: FeedbackForm | None = None, of: int = 0) -> list[dict[str, Any]]:
    """For whose work was accepted: each reviewer with a form. `typed` is what was wrong about the mentor `of`."""
    if submission.state != Submission.State.ACCEPTED or not submission.is_by(person):
        return []
    given = {row.mentor_id: row for row in Feedback.objects.filter(submission=submission, by=person)}
    return [
        {
            "mentor": mentor,
            "given": given.get(mentor.pk),
            "url": reverse("projects:feedback", args=[submission.pk, mentor.pk]),
            "form": typed if typed and mentor.pk == of else FeedbackForm(mentor=mentor, given=given.get(mentor.pk)),
        }
        for mentor in reviewers_of(submission)
        if mentor.pk != person.pk
    ]
