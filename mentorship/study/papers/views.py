"""The reading list, and the page of a paper with its three passes."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.common.pages import paginate
from mentorship.common.rendering.worded import ChangedThere
from mentorship.people.requests import Request
from mentorship.study.papers.asking import ask_again
from mentorship.study.papers.forms import AddPaperForm, ByHandForm, FilterForm, PassForm
from mentorship.study.papers.models import Reading
from mentorship.study.papers.passes import BY_NUMBER, PASSES
from mentorship.study.papers.rows import described, listed, passes

SHOWN = 20
FORWARD = {"to_read": "first_pass", "first": "second_pass", "second": "third_pass", "third": "finish"}


@require_http_methods(["GET", "POST"])
@login_required
def papers(request: Request) -> HttpResponse:
    """The list, by state and search; POST adds a paper, or leads to the one that is there already."""
    form, status = AddPaperForm(paper=request.GET.get("paper", "")[:500]), 200
    if request.method == "POST":
        form, status = AddPaperForm(request.POST), 422
        if form.is_valid():
            row, new = Reading.add(by=request.user, **form.said())
            messages.success(request, "It is on your list." if new else "It is on your list already: here it is.")
            return redirect(row)
    mine = Reading.objects.visible_to(request.user)
    counts = dict(mine.values_list("state").annotate(Count("pk")).order_by())
    asked = FilterForm(request.GET).asked()
    rows = mine.filter(state=asked["state"]) if asked["state"] else mine
    rows = rows.search(asked["q"]) if asked["q"] else rows
    page = paginate(request, rows.select_related("paper").newest_first(), size=SHOWN)
    context = {
        "form": form, "page": page, "rows": listed(page.rows, clock.now()), "q": asked["q"], "state": asked["state"],
        "states": [(value, label, counts.get(value, 0)) for value, label in Reading.State.choices],
        "all": sum(counts.values()),
    }  # fmt: skip
    return render(request, "study/papers/papers.html", context, status=status)


def mine(request: Request, pk: int) -> Reading:
    return get_object_or_404(Reading.objects.visible_to(request.user).select_related("paper", "person"), pk=pk)


def show(
    request: Request, reading: Reading, status: int = 200, bound: dict[int, PassForm] | None = None,
    by_hand: ByHandForm | None = None, **more: Any,
) -> HttpResponse:  # fmt: skip
    """The page of a paper, with the forms that came back in place of fresh ones."""
    rows = {row.number: row for row in reading.passes.all()}
    forms = {one.number: PassForm(of=one, row=rows.get(one.number)) for one in PASSES} | (bound or {})
    context = more | {
        "reading": reading, "paper": reading.paper, "about": described(reading),
        "moves": [
            (verb.replace("_", "-"), move.label, verb == FORWARD.get(reading.state)) for verb, move in reading.moves()
        ],
        "passes": passes(reading, forms, rows), "by_hand": by_hand or ByHandForm(reading=reading),
    }  # fmt: skip
    return render(request, "study/papers/paper.html", context, status=status)


@require_safe
@login_required
def paper(request: Request, pk: int) -> HttpResponse:
    return show(request, mine(request, pk))


@require_POST
@login_required
def move(request: Request, pk: int, verb: str) -> HttpResponse:
    """One of the verbs of a reading."""
    reading = mine(request, pk)
    try:
        reading.move(verb)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, f"{reading.get_state_display()}.")
    return redirect(reading)


@require_POST
@login_required
def describe(request: Request, pk: int) -> HttpResponse:
    """Title, authors and year by hand."""
    reading, form = mine(request, pk), ByHandForm(request.POST)
    if not form.is_valid():
        return show(request, reading, 422, by_hand=form)
    reading.describe(**form.cleaned_data)
    messages.success(request, "Saved.")
    return redirect(reading)


@require_POST
@login_required
def ask(request: Request, pk: int) -> HttpResponse:
    """Ask anew what the paper is called, after the tries were used up."""
    reading = mine(request, pk)
    try:
        ask_again(reading.paper, at=clock.now())
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "It is asked for again within minutes.")
    return redirect(reading)


@require_POST
@login_required
def note_pass(request: Request, pk: int, number: int) -> HttpResponse:
    """What was done and found in one pass. Two windows never overwrite each other."""
    reading = mine(request, pk)
    if number not in BY_NUMBER:
        raise Http404
    form, status = PassForm(request.POST, of=BY_NUMBER[number]), 422
    more: dict[str, Any] = {}
    if form.is_valid():
        try:
            reading.note_pass(number, **form.cleaned_data)
        except ChangedThere as conflict:
            status, more = 409, {"saved": conflict.saved, "saved_in": number}
            row = reading.passes.get(number=number)
            form.data = {**request.POST.dict(), "ticked": request.POST.getlist("ticked"), "version": row.version}
            form.add_error("summary", f"{conflict.message} It stands below; saving again replaces it.")
        except Refused as refusal:
            form.add_error("summary", refusal.message)
        else:
            messages.success(request, "Saved.")
            return redirect(f"{reading.get_absolute_url()}#pass-{number}")
    return show(request, reading, status, {number: form}, **more)


@require_POST
@login_required
def remove(request: Request, pk: int) -> HttpResponse:
    mine(request, pk).remove()
    messages.success(request, "It is off your list.")
    return redirect("study:papers")
