"""Groups for a whole cohort: proposed, changed by hand, made all at once."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from mentorship.cohorts.grouping import Candidate, Proposed, candidates, common, propose, put_all_together
from mentorship.cohorts.models import Cohort, Group
from mentorship.cohorts.views.frame import administered, page
from mentorship.common.errors import Refused
from mentorship.people.requests import Request

NOWHERE = "0"


class HandForm(forms.Form):
    """For each mentee the number of their group, 0 for none; for each number a name."""

    def __init__(self, *args: Any, people: list[Candidate], count: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        numbers = [(NOWHERE, "No group"), *((str(n), f"Group {n}") for n in range(1, count + 2))]
        self.people, self.count = people, count + 1
        for one in people:
            self.fields[f"seat-{one.pk}"] = forms.ChoiceField(
                choices=numbers, required=False, label=f"Group of {one.name}"
            )
        for number in range(1, count + 2):
            self.fields[f"name-{number}"] = forms.CharField(
                max_length=60, required=False, label=f"Name of group {number}"
            )

    def groups(self) -> dict[int, list[Candidate]]:
        """Who is in which number, as chosen."""
        found: dict[int, list[Candidate]] = {number: [] for number in range(1, self.count + 1)}
        for one in self.people:
            number = int(self.cleaned_data.get(f"seat-{one.pk}") or NOWHERE)
            if number:
                found[number].append(one)
        return found

    def name(self, number: int) -> str:
        return " ".join((self.cleaned_data.get(f"name-{number}") or "").split()) or f"Group {number}"


@require_http_methods(["GET", "POST"])
@login_required
def proposal(request: Request, slug: str) -> HttpResponse:
    """What is proposed, each mentee with the group they would be in; applied in one go."""
    cohort = administered(request, slug)
    asked = (request.POST if request.method == "POST" else request.GET).get("kind", "")
    kind = asked if asked in Group.Kind.values else Group.Kind.SUPPORT.value
    people = sorted(candidates(cohort, kind), key=lambda one: (one.name, one.pk))
    proposed = propose(people, kind)
    initial: dict[str, Any] = {f"seat-{one.pk}": NOWHERE for one in people}
    for number, group in enumerate(proposed.groups, 1):
        initial |= {f"seat-{one.pk}": str(number) for one in group.people} | {f"name-{number}": f"Group {number}"}
    bound = request.method == "POST"
    form = HandForm(request.POST if bound else None, initial=initial, people=people, count=len(proposed.groups))
    problem, status = "", 422
    if bound and form.is_valid():
        groups = form.groups()
        if "apply" not in request.POST:
            status = 200
        else:
            problem, status = apply(request, cohort, kind, form, groups)
            if not problem:
                messages.success(request, "The groups are there; everybody in them is told.")
                return redirect("cohorts:groups", slug)
    elif not bound:
        groups, status = dict(enumerate((one.people for one in proposed.groups), 1)), 200
    else:
        groups = {}
    return page(
        request, "groups_proposal.html", cohort, "groups", status, form=form, kind=kind, kinds=Group.Kind.choices,
        problem=problem, sizes=Group.SIZES[Group.Kind(kind)], rows=rows_of(form, groups), people=seats_of(form),
    )  # fmt: skip


def apply(
    request: Request, cohort: Cohort, kind: str, form: HandForm, groups: dict[int, list[Candidate]]
) -> tuple[str, int]:
    """What stands in the way, if anything, with its status."""
    seats = cohort.memberships.in_bulk([one.pk for group in groups.values() for one in group])
    named: dict[str, Any] = {}
    for number, group in groups.items():
        if group:
            name = form.name(number)
            if name in named:
                return f"Two groups are called {name}.", 422
            named[name] = [seats[one.pk] for one in group]
    try:
        put_all_together(cohort=cohort, kind=kind, groups=named, by=request.user)
    except Refused as refusal:
        return refusal.message, 409
    return "", 200


def rows_of(form: HandForm, groups: dict[int, list[Candidate]]) -> list[dict[str, Any]]:
    """The groups as they stand, each with what speaks for it and the field of its name."""
    return [
        {"number": number, "names": ", ".join(one.name for one in group), "size": len(group),
         "why": Proposed(group, common(group)).why, "field": form[f"name-{number}"]}
        for number, group in groups.items() if group
    ]  # fmt: skip


def seats_of(form: HandForm) -> list[dict[str, Any]]:
    return [{"name": one.name, "field": form[f"seat-{one.pk}"]} for one in form.people]
