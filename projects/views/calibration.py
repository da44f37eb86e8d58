"""Calibrating: two examples to review, and how one's review compares with the reference."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_safe

from mentorship.cohorts.models import Membership
from mentorship.common.errors import Refused
from mentorship.common.pages import paginate
from mentorship.common.rendering.markdown import render_markdown
from mentorship.people.models import User
from mentorship.people.requests import Request
from projects.examples import Example, ExampleQuestion, example, examples
from projects.forms_calibration import CalibrationForm
from projects.models.calibration import Calibration
from projects.models.reply import may_save
from projects.models.rubric import Level
from projects.rubric import confidence_html, level_html

VERDICT_WORDS = {"accepted": ("good", "Accepted"), "changes_requested": ("accent", "Changes requested")}


@require_safe
@login_required
def calibration(request: Request) -> HttpResponse:
    """The two examples; to admins also who is calibrated. Who reviews nowhere finds no such page."""
    if not may_save(request.user):
        raise Http404
    done = {row.example: row for row in Calibration.objects.filter(person=request.user)}
    rows = [
        {"example": one, "alike": done[one.key].alike(one) if one.key in done else None} for one in examples()
    ]  # fmt: skip
    context: dict[str, Any] = {"rows": rows, "left": sum(row["alike"] is None for row in rows), "section": "queue"}
    if request.user.is_admin:
        seats = Membership.objects.mentors().values("person")
        page = paginate(request, User.objects.filter(pk__in=seats).order_by("name", "pk"))
        page.rows = reviewers(page.rows)
        context["page"] = page
    return render(request, "projects/calibration.html", context)


def reviewers(people: list[User]) -> list[dict[str, Any]]:
    """Of each mentor, how often they agree with the reference, example by example; one query."""
    found: dict[int, dict[str, Calibration]] = {}
    for row in Calibration.objects.filter(person__in=people):
        found.setdefault(row.person_id, {})[row.example] = row
    return [
        {
            "name": person.name,
            "url": f"/people/{person.handle}/",
            "done": all(one.key in found.get(person.pk, {}) for one in examples()),
            "alike": [_in_words(one, found.get(person.pk, {}).get(one.key)) for one in examples()],
        }
        for person in people
    ]


def _in_words(one: Example, row: Calibration | None) -> tuple[str, str]:
    return one.title, f"{row.alike(one)} of {len(one.questions)} alike" if row else "Not yet"


@require_http_methods(["GET", "POST"])
@login_required
def calibrate(request: Request, key: str) -> HttpResponse:
    """Review one example; once that stands, the comparison."""
    found = example(key)
    if found is None or not may_save(request.user):
        raise Http404
    done = Calibration.objects.filter(person=request.user, example=found.key).first()
    if done:
        return _compared(request, found, done)
    form = CalibrationForm(request.POST or None, example=found)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            Calibration.submit(
                found, by=request.user, verdict=data["verdict"], summary=data["summary"], said=form.said()
            )
            return redirect("projects:calibrate", found.key)
        except Refused as refusal:
            if refusal.code == "already_done":
                return redirect("projects:calibrate", found.key)
            form.add_error(refusal.code if refusal.code in form.fields else None, refusal.message)
    context = {"example": found, "form": form, "section": "queue", **_handed_in(found)}
    return render(request, "projects/calibrate.html", context, status=422 if form.errors else 200)


def _handed_in(found: Example) -> dict[str, Any]:
    return {
        "write_up": render_markdown(found.write_up, heading_level=3),
        "sure": {one.key: SafeString(confidence_html(one.confidence)) for one in found.questions},
    }


def _compared(request: Request, found: Example, done: Calibration) -> HttpResponse:
    following = Calibration.objects.filter(person=request.user).values_list("example", flat=True)
    left = [one for one in examples() if one.key not in set(following)]
    context = {
        "example": found,
        "done": done,
        "rows": [_row(question, found, done) for question in found.questions],
        "alike": done.alike(found),
        "verdicts": (VERDICT_WORDS[done.verdict], VERDICT_WORDS[found.verdict]),
        "next": left[0] if left else None,
        "section": "queue",
        **_handed_in(found),
    }
    return render(request, "projects/calibrated.html", context)


def _row(question: ExampleQuestion, found: Example, done: Calibration) -> dict[str, Any]:
    judged = done.judged(question.key)
    steps = _steps(judged.level if judged else "", question.level)
    return {
        "question": question,
        "judged": judged,
        "yours": SafeString(level_html(judged.level if judged else "")),
        "reference": SafeString(level_html(question.level)),
        "change": found.changes.get(question.key, ""),
        "badge": steps,
    }


def _steps(yours: str, reference: str) -> tuple[str, str]:
    """How far apart the two are, in words."""
    if yours not in Level.values:
        return "", "Not scored"
    apart = Level.values.index(yours) - Level.values.index(reference)
    if not apart:
        return "good", "Alike"
    words = "One step" if abs(apart) == 1 else f"{abs(apart)} steps"
    return ("warn" if abs(apart) > 1 else "accent"), f"{words} {'kinder' if apart > 0 else 'stricter'}"
