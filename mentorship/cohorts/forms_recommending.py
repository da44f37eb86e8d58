"""To whom a resource is recommended, checked."""

from typing import Any

from django import forms

from mentorship.cohorts.models import Cohort
from mentorship.cohorts.recommending import cohorts_of, mentees_of
from mentorship.people.models import User
from mentorship.study.library.models.recommendation import LONGEST


class RecommendForm(forms.Form):
    """Some of one's mentees, or all of a cohort, and why."""

    use_required_attribute = False

    people = forms.ModelMultipleChoiceField(
        User.objects.none(),
        required=False,
        to_field_name="handle",
        widget=forms.CheckboxSelectMultiple,
        label="To",
        error_messages={"invalid_choice": "That is none of your mentees."},
    )
    cohort = forms.ModelChoiceField(
        Cohort.objects.none(),
        required=False,
        to_field_name="slug",
        empty_label="No",
        label="To all mentees of a cohort",
    )
    note = forms.CharField(
        max_length=LONGEST, required=False, label="Why", help_text="One sentence: which part, and what for."
    )

    def __init__(self, data: Any = None, *, by: User) -> None:
        super().__init__(data)
        people, cohorts = self.fields["people"], self.fields["cohort"]
        people.queryset, cohorts.queryset = mentees_of(by), cohorts_of(by)  # type: ignore[attr-defined]
        if by.is_admin:  # who follows everybody recommends to cohorts
            del self.fields["people"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors and not said.get("people") and not said.get("cohort"):
            self.add_error("people" if "people" in self.fields else "cohort", "Choose at least one.")
        return said
