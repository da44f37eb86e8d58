"""How a cohort ends for its mentees: what each has done, as a proposal, and an admin's decision for many at once."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from mentorship.cohorts.graduating import asked_by
from mentorship.cohorts.graduation import OPEN, Achieved, achieved, conclude, mentees_of
from mentorship.cohorts.models import Cohort, Outcome
from mentorship.cohorts.views.frame import administered, page
from mentorship.common.errors import Refused
from mentorship.common.pages import paginate
from mentorship.people.requests import Request

Result = Outcome.Result
OFFERED = {False: [Result.GRADUATED, Result.UNFINISHED], True: [Result.LEFT]}  # by whether they have left
SIZE = 100


@require_http_methods(["GET", "POST"])
@login_required
def outcomes(request: Request, slug: str) -> HttpResponse:
    cohort = administered(request, slug)
    if request.method != "POST":
        return show(request, cohort)
    results, was, wrong = chosen(request.POST)
    reasons = {pk: typed(request, f"reason-{pk}") for pk in results}
    if wrong:
        return show(request, cohort, 422, "Choose one of the outcomes that are offered.")
    try:
        count = conclude(cohort, results=results, by=request.user, was=was, reasons=reasons)
    except Refused as refusal:
        return show(request, cohort, 409, refusal.message)
    people = "person is" if count == 1 else "people are"
    messages.success(request, f"{count} {people} told." if count else "Nothing was changed.")
    return redirect(request.get_full_path())


def chosen(data: QueryDict) -> tuple[dict[int, str], dict[int, str], bool]:
    """What was chosen by membership, what stood there when the page was made, and whether some of it cannot be."""
    results: dict[int, str] = {}
    was: dict[int, str] = {}
    wrong = False
    for name, value in data.items():
        part, _, pk = str(name).partition("-")
        if part != "result" or not value:
            continue
        if not (pk.isascii() and pk.isdigit() and len(pk) < 18) or value not in Result.values:
            wrong = True
            continue
        results[int(pk)] = str(value)
        was[int(pk)] = str(data.get(f"was-{pk}", ""))
    return results, was, wrong


def show(request: Request, cohort: Cohort, status: int = 200, problem: str = "") -> HttpResponse:
    asked, runs = asked_by(cohort), cohort.state == Cohort.State.RUNNING
    found = paginate(request, mentees_of(cohort), SIZE)
    rows = achieved(found.rows, asked)
    return page(
        request, "graduation.html", cohort, "cockpit", status, found=found, problem=problem, asked=asked,
        rows=[
            row_of(row, request.POST.get(f"result-{row.membership.pk}"), runs)
            | {"reason": typed(request, f"reason-{row.membership.pk}")}
            for row in rows
        ],
        may=cohort.state in OPEN, new=sum(not row.outcome for row in rows),
    )  # fmt: skip


def typed(request: Request, name: str) -> str:
    return str(request.POST.get(name, "")).replace("\x00", "")[:300]


def row_of(row: Achieved, chose: str | None, runs: bool) -> dict[str, Any]:
    """One mentee; what is chosen is what was typed, what stands, or what is proposed, in this order.

    While the cohort runs nobody is said not to have finished before an admin says so.
    """
    member = row.membership
    early = runs and row.proposal == Result.UNFINISHED
    choice = chose if chose is not None else row.result or ("" if early else row.proposal)
    return {
        "pk": member.pk, "name": str(member.person), "parts": row.way.parts, "met": row.way.met, "was": row.result,
        "exception": row.outcome.exception if row.outcome else "",
        "proposal": "Still at it" if early else Result(row.proposal).label, "left": bool(member.left_at),
        "outcome": Result(row.result).label if row.result else "",
        "certificate": row.outcome.get_absolute_url() if row.outcome else "",
        "options": [(value, value.label, value == choice) for value in OFFERED[bool(member.left_at)]],
        "undecided": choice == "",
    }  # fmt: skip
