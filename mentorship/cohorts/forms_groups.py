"""What people fill in about groups."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from mentorship.cohorts.models import Cohort, Group, GroupMember, Membership
from mentorship.people.models import User


def labels(cohort: Cohort) -> dict[int, str]:
    """Of each mentee of the cohort the name, with the groups that they are in already."""
    rows = GroupMember.objects.filter(cohort=cohort, left_at=None, joined_at__isnull=False)
    groups: dict[int, list[str]] = {}
    for member, kind, name in rows.values_list("membership", "kind", "group__name"):
        groups.setdefault(member, []).append(f"{Group.Kind(kind).label.lower()} {name}")
    people = cohort.memberships.mentees().select_related("person")
    return {
        seat.pk: f"{seat.person} ({', '.join(groups[seat.pk])})" if seat.pk in groups else str(seat.person)
        for seat in people
    }


class GroupForm(forms.Form):
    """A name, what it is for, and who is to be in it; a mentee is in their own anyway."""

    kind = forms.ChoiceField(choices=Group.Kind.choices, label="What for")
    name = forms.CharField(max_length=60, help_text="What you call yourselves.")
    people = forms.ModelMultipleChoiceField(
        Membership.objects.none(), widget=forms.CheckboxSelectMultiple, label="With whom",
        error_messages={"required": "Choose who is to be in it."},
    )  # fmt: skip

    def __init__(self, *args: Any, cohort: Cohort, reader: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field, names = self.fields["people"], labels(cohort)
        rows = cohort.memberships.mentees().select_related("person").order_by("person__name", "pk")
        field.queryset = rows if reader.is_admin else rows.exclude(person=reader)  # type: ignore[attr-defined]
        field.label_from_instance = lambda seat: names.get(seat.pk, str(seat.person))  # type: ignore[attr-defined]
        field.help_text = (
            "They are in it at once, and told." if reader.is_admin else "They are asked, and say yes or no themselves."
        )

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if not name:
            raise ValidationError("A group needs a name.")
        return name

    def make(self, cohort: Cohort, by: User) -> Group:
        data = self.cleaned_data
        what: dict[str, Any] = {"by": by, "cohort": cohort, "name": data["name"], "kind": data["kind"]}
        if by.is_admin:
            return Group.put_together(people=data["people"], **what)
        return Group.propose(others=data["people"], **what)


class InviteForm(forms.Form):
    person = forms.ModelChoiceField(Membership.objects.none(), label="Ask one more", empty_label="Choose somebody")

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inside = group.members.filter(left_at=None).values("membership")
        rows = group.cohort.memberships.mentees().exclude(pk__in=inside).select_related("person")
        field = self.fields["person"]
        field.queryset = rows.order_by("person__name", "pk")  # type: ignore[attr-defined]
        field.label_from_instance = lambda seat: str(seat.person)  # type: ignore[attr-defined]
