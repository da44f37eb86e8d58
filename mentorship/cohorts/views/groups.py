"""Groups of a cohort: who works together, asking others to join, and the answers to that."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentorship.cohorts.forms_groups import GroupForm, InviteForm
from mentorship.cohorts.models import Cohort, Group, GroupMember, Membership
from mentorship.cohorts.views.frame import Roster, belonging, page
from mentorship.cohorts.views.group_inside import inside
from mentorship.common.errors import Refused
from mentorship.people.requests import Request

ABOUT = {
    Group.Kind.CAPSTONE: "Three or four people who do the capstone project together and hand it in as one.",
    Group.Kind.INTERVIEW: "Two people who interview each other, each in both roles.",
    Group.Kind.ACCOUNTABILITY: "Two people who tell each other what they will do this week, and what they did.",
    Group.Kind.SUPPORT: "Four to eight people who ask each other first, and keep each other at it.",
}


def in_full(groups: Any) -> Any:
    """Groups with whoever is in them or asked, by the time they came."""
    members = GroupMember.objects.filter(left_at=None).select_related("membership__person")
    return groups.prefetch_related(Prefetch("members", members.order_by("joined_at", "pk"), to_attr="present"))


def row_of(group: Group, roster: Roster) -> dict[str, Any]:
    """A group as it is shown in lists and on its page; `needs`: how many more have to join before it is complete."""
    present: list[GroupMember] = group.present  # type: ignore[attr-defined]
    joined = [roster.person(member.membership.person) for member in present if member.joined_at]
    asked = [roster.person(member.membership.person) for member in present if not member.joined_at]
    return {
        "group": group, "joined": joined, "asked": asked, "needs": max(group.sizes[0] - len(joined), 0),
        "mine": any(m.membership.person_id == roster.reader.pk and m.joined_at for m in present),
        "asks_me": any(m.membership.person_id == roster.reader.pk and not m.joined_at for m in present),
    }  # fmt: skip


def forms_groups(request: Request, cohort: Cohort) -> bool:
    """Whether the reader may form a group: a mentee of a cohort that is not over, or an admin."""
    if cohort.state in (Cohort.State.FINISHED, Cohort.State.ARCHIVED):
        return False
    return request.user.is_admin or cohort.memberships.mentees().filter(person=request.user).exists()


@require_safe
@login_required
def groups(request: Request, slug: str) -> HttpResponse:
    """Every group of the cohort, one's own and those that ask for one's answer first."""
    cohort, roster = belonging(request, slug), Roster(request.user)
    found = in_full(Group.objects.filter(cohort=cohort).live().order_by("kind", "name", "pk"))
    rows = [row_of(group, roster) | {"url": f"{cohort.get_absolute_url()}groups/{group.pk}/"} for group in found[:300]]
    return page(
        request, "groups.html", cohort, "groups",
        asks_me=[row for row in rows if row["asks_me"]],
        mine=[row for row in rows if row["mine"]],
        others=[row for row in rows if not row["mine"] and not row["asks_me"]],
        may_form=forms_groups(request, cohort), kinds=[(kind.label, text) for kind, text in ABOUT.items()],
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def new(request: Request, slug: str) -> HttpResponse:
    """Propose a group, or as an admin put one together."""
    cohort = belonging(request, slug)
    if not forms_groups(request, cohort):
        raise Http404
    chosen = {"people": request.GET.getlist("with"), "kind": Group.Kind.ACCOUNTABILITY} if "with" in request.GET else {}
    form = GroupForm(request.POST or None, cohort=cohort, reader=request.user, initial=chosen)
    if request.method == "POST" and form.is_valid():
        try:
            made = form.make(cohort, request.user)
        except Refused as refusal:
            form.add_error("people" if refusal.code in ("size", "in_another") else None, refusal.message)
        else:
            messages.success(request, "The group is there; everybody in it is told.")
            return redirect("cohorts:group", slug, made.pk)
    return page(request, "group_new.html", cohort, "groups", 422 if form.is_bound else 200, form=form)


def found_group(request: Request, slug: str, pk: int) -> Group:
    rows = Group.objects.visible_to(request.user).select_related("cohort__stream", "made_by")
    return get_object_or_404(in_full(rows), cohort__slug=slug, pk=pk)


@require_safe
@login_required
def group(request: Request, slug: str, pk: int) -> HttpResponse:
    return show(request, found_group(request, slug, pk))


def show(
    request: Request, row: Group, form: InviteForm | None = None, status: int = 200, forms: dict[str, Any] | None = None
) -> HttpResponse:
    """The page of a group; to its members and admins with what only they read, and a way to ask others."""
    roster = Roster(request.user)
    shown = row_of(row, roster)
    over = row.cohort.state in (Cohort.State.FINISHED, Cohort.State.ARCHIVED)
    may_ask = (shown["mine"] or request.user.is_admin) and not over
    present: list[GroupMember] = row.present  # type: ignore[attr-defined]
    members = [
        roster.person(member.membership.person) | {
            "joined_at": member.joined_at, "asked_at": member.asked_at,
            "leave": reverse("cohorts:leave_group", args=[row.cohort.slug, row.pk, member.pk])
            if request.user.is_admin or (member.membership.person_id == request.user.pk and member.joined_at) else "",
            "own": member.membership.person_id == request.user.pk,
        }
        for member in present
    ]  # fmt: skip
    full = len(present) >= row.sizes[1]
    more = inside(request, row, present, forms or {}) if shown["mine"] or request.user.is_admin else {}
    return page(
        request, "group.html", row.cohort, "groups", status, group=row, members=members,
        about=ABOUT[Group.Kind(row.kind)], needs=shown["needs"], mine=shown["mine"], asks_me=shown["asks_me"],
        full=full, form=(form or InviteForm(group=row)) if may_ask and not full else None,
        base=row.get_absolute_url(), over=over, **more,
    )  # fmt: skip


@require_POST
@login_required
def answer(request: Request, slug: str, pk: int, verb: str) -> HttpResponse:
    """Join, or decline."""
    row = found_group(request, slug, pk)
    try:
        getattr(row, verb)(by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "You are in. The others are told." if verb == "join" else "Declined; they are told.")
    return redirect("cohorts:group", slug, pk)


@require_POST
@login_required
def invite(request: Request, slug: str, pk: int) -> HttpResponse:
    """Ask somebody to join; an admin's word puts them in."""
    row = found_group(request, slug, pk)
    form = InviteForm(request.POST, group=row)
    if not form.is_valid():
        return show(request, row, form, 422)
    try:
        row.invite(form.cleaned_data["person"], by=request.user)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return show(request, row, form, 409)
    messages.success(request, f"{form.cleaned_data['person'].person} is told.")
    return redirect("cohorts:group", slug, pk)


@require_POST
@login_required
def leave(request: Request, slug: str, pk: int, member: int) -> HttpResponse:
    """One's own place in the group ends, or, by an admin, anybody's."""
    rows = GroupMember.objects.filter(group__in=Group.objects.visible_to(request.user), group__cohort__slug=slug)
    if not request.user.is_admin:
        rows = rows.filter(membership__in=Membership.objects.of(request.user))
    found = get_object_or_404(rows.select_related("group__cohort", "membership__person"), pk=member, group=pk)
    try:
        found.leave(by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        own = found.membership.person_id == request.user.pk
        messages.success(request, "You have left the group." if own else f"{found.membership.person} is taken out.")
    return redirect("cohorts:groups", slug)
