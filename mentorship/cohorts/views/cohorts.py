"""The list of cohorts, a cohort's own page, its set-up and its verbs."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentorship.cohorts.forms import CohortForm, LeaveForm
from mentorship.cohorts.models import Cohort, Membership
from mentorship.cohorts.moving_up import moving_up
from mentorship.cohorts.public import outside
from mentorship.cohorts.readiness import must_have
from mentorship.cohorts.reading import Seen, roster, seen
from mentorship.cohorts.seen import ChangedMeanwhile
from mentorship.cohorts.views.announcements import latest
from mentorship.cohorts.views.frame import TONES, Roster, administered, list_html, page, tabs
from mentorship.cohorts.visits import count_visit
from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.people.requests import Request

# The verbs that may come next, with what their button says; the first one is the usual way on.
NEXT = {
    Cohort.State.DRAFT: [("open", "Open for applications")],
    Cohort.State.OPEN: [("start", "Start the cohort")],
    Cohort.State.RUNNING: [("finish", "Finish the cohort"), ("open", "Back to taking applications")],
    Cohort.State.FINISHED: [("archive", "Archive")],
    Cohort.State.ARCHIVED: [],
}
DONE = {
    "open": "The cohort takes applications.",
    "start": "The cohort runs.",
    "finish": "The cohort is finished. Thank you.",
    "archive": "The cohort is archived.",
}


@require_safe
def cohorts(request: HttpRequest) -> HttpResponse:
    """Those that take applications, one's own, and for admins all the others."""
    newest = Cohort.objects.select_related("stream").order_by("-starts_on", "-pk")
    taking = list(newest.taking_applications().order_by("starts_on", "pk")[:100])
    mine = list(newest.of(request.user)[:100]) if request.user.is_authenticated else []
    others = [row for row in newest.administered_by(request.user)[:200] if row not in taking and row not in mine]
    context = {
        "mine": [card(row) for row in mine],
        "taking": [card(row) for row in taking if row not in mine],
        "others": [card(row) for row in others],
    }
    return render(request, "cohorts/cohorts.html", context)


def card(cohort: Cohort) -> dict[str, Any]:
    return {"cohort": cohort, "url": cohort.get_absolute_url(), "tone": TONES[cohort.state]}


def counts(request: HttpRequest, shown: Cohort) -> bool:
    """Whether a look at the public page is one from outside: admins look at it for other reasons."""
    admin = request.user.is_authenticated and request.user.is_admin
    return request.method == "GET" and shown.state == Cohort.State.OPEN and not admin


@require_safe
def cohort(request: HttpRequest, slug: str) -> HttpResponse:
    found = seen(slug, request.user)
    if found is None:
        raise Http404
    shown, own = found.cohort, found.mine
    context: dict[str, Any] = {
        "cohort": shown, "tone": TONES[shown.state], "mine": own, "member": own is not None,
        "takes_applications": own is None and shown.takes_applications(),
    }  # fmt: skip
    if own is None and request.user.is_authenticated:
        as_everyone = "public" in request.GET  # an admin looks at what others will read
        context |= {"application": found.asked, "member": request.user.is_admin and not as_everyone}
    if not context["member"]:
        context |= outside(shown, request.user)
        if counts(request, shown):
            count_visit(shown, clock.now())
    else:
        context["charter_due"] = found.charter_due
        context |= {"tabs": tabs(cast(Request, request), shown, "cohort")} | inside(cast(Request, request), found)
    return render(request, "cohorts/cohort.html", context)


def inside(request: Request, found: Seen) -> dict[str, Any]:
    """What only members read: who is here, who works with whom, when they meet."""
    names, base = Roster(request.user), found.cohort.get_absolute_url()
    mentors: list[str] = []
    mentees: list[str] = []
    my_mentees: list[str] = []
    my_mentor = None
    for role, pk, name, handle, visibility, with_me in roster(found.cohort, request.user):
        link, is_mentor = names.link(pk, name, handle, visibility), role == "mentor"
        (mentors if is_mentor else mentees).append(link)
        if with_me and is_mentor:
            my_mentor = names.row(pk, name, handle, visibility)
        elif with_me:
            my_mentees.append(link)
    return {
        "mentors": list_html(mentors), "mentors_count": len(mentors),
        "mentees": list_html(mentees), "mentees_count": len(mentees),
        "announcements": latest(found.cohort), "my_mentor": my_mentor, "my_mentees": list_html(my_mentees, "badge"),
        "meetings": [
            {"title": title, "starts_at": moment, "url": f"{base}meetings/{pk}/"}
            for pk, title, moment in found.meetings
        ],
    }  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def edit(request: Request, slug: str) -> HttpResponse:
    """Everything on one page; a draft is set up in steps."""
    found = administered(request, slug)
    if request.method == "GET" and found.state == Cohort.State.DRAFT:
        return redirect("cohorts:set_up", slug, 4 if not must_have(found) else 1)
    form = CohortForm(request.POST or None, instance=found)
    valid = form.is_bound and form.is_valid()
    look = valid and request.POST.get("go") == "look"  # what is typed, saved by nobody
    if valid and not look:
        try:
            fresh = Cohort.objects.get(pk=found.pk)
            fresh.edit(by=request.user, seen=form.cleaned_data["seen"], **form.values())
        except ChangedMeanwhile as refusal:
            form.compare(Cohort.objects.select_related("stream").get(pk=found.pk), refusal.message)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            moved = fresh.seats_taken - found.seats_taken
            up = (
                f" {moved} from the waiting list {'has a seat' if moved == 1 else 'have seats'} now."
                if moved > 0
                else ""
            )
            messages.success(request, f"Saved.{up}")
            return redirect("cohorts:edit", fresh.slug)
    shown = Cohort.objects.select_related("stream").get(pk=found.pk) if form.is_bound else found
    status = (409 if form.standing else 422) if form.is_bound and not look else 200
    return page(
        request, "edit.html", shown, "edit", status, form=form, verbs=NEXT[Cohort.State(shown.state)],
        moving=moving_up(found if look else shown, reader=request.user),
    )  # fmt: skip


@require_POST
@login_required
def move(request: Request, slug: str, verb: str) -> HttpResponse:
    found = administered(request, slug)
    try:
        getattr(found, verb)(by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, DONE[verb])
    return redirect("cohorts:edit", slug)


@require_POST
@login_required
def leave(request: Request, slug: str, pk: int) -> HttpResponse:
    """One's own membership ends, or, by an admin, anyone's."""
    rows = Membership.objects.active() if request.user.is_admin else Membership.objects.of(request.user)
    member = get_object_or_404(rows.select_related("cohort", "person"), cohort__slug=slug, pk=pk)
    own, form = member.person_id == request.user.pk, LeaveForm(request.POST)
    try:
        member.leave(by=request.user, reason=form.cleaned_data["reason"] if form.is_valid() else "")
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "You have left the cohort." if own else f"{member.person} is no longer here.")
    if request.user.is_admin:
        return redirect("cohorts:assignments", slug)
    return redirect("cohorts:cohorts")


@require_POST
@login_required
def show_mentor(request: Request, slug: str, pk: int) -> HttpResponse:
    """A mentor agrees to be named on the public page, or no longer does."""
    seats = Membership.objects.of(request.user).filter(role=Membership.Role.MENTOR)
    seat = get_object_or_404(seats.select_related("cohort"), cohort__slug=slug, pk=pk)
    seat.show(request.POST.get("shown") == "yes", by=request.user)
    messages.success(request, "The public page names you." if seat.shown else "The public page does not name you.")
    return redirect("cohorts:cohort", slug)
