"""What an admin fills in about apprentices and who countersigns."""

from typing import Any

from django import forms

from mentorship.cohorts.models import Cohort, Membership, Outcome
from mentorship.cohorts.models.apprenticeship import could_countersign, graduates_for


class CountersignerField(forms.ModelChoiceField):
    def label_from_instance(self, seat: Membership) -> str:
        return str(seat.person)


class GraduateField(forms.ModelChoiceField):
    def label_from_instance(self, outcome: Outcome) -> str:
        offers = ", offers to mentor" if outcome.offered_at else ""
        return f"{outcome.membership.person}, graduate of {outcome.membership.cohort}{offers}"


class CountersignerForm(forms.Form):
    countersigner = CountersignerField(Membership.objects.none(), label="Who countersigns", empty_label="Choose")

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["countersigner"].queryset = could_countersign(cohort)  # type: ignore[attr-defined]


class ApprenticeForm(CountersignerForm):
    outcome = GraduateField(
        Outcome.objects.none(), label="Graduate", empty_label="Choose",
        help_text="Who graduated from an upper stream and is not in this cohort.",
    )  # fmt: skip
    capacity = forms.IntegerField(min_value=0, max_value=50, initial=2, label="Mentees at once")

    field_order = ("outcome", "countersigner", "capacity")

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, cohort=cohort, **kwargs)
        self.fields["outcome"].queryset = graduates_for(cohort)  # type: ignore[attr-defined]


class EndApprenticeshipForm(forms.Form):
    reason = forms.CharField(
        max_length=300, label="Why", widget=forms.Textarea({"rows": 2}), help_text="Both read it; it stands here."
    )
