"""The reading club of a group, for its members and admins."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST

from mentorship.cohorts.club_page import SHARES, ClubPaperForm, ShareForm, papers_of
from mentorship.cohorts.models import ClubPaper
from mentorship.cohorts.models.group import OVER
from mentorship.cohorts.views.frame import page
from mentorship.cohorts.views.group_posts import my_place, own_group, verb
from mentorship.common.clock import now
from mentorship.common.errors import Refused
from mentorship.common.times import exact
from mentorship.people.requests import Request


@require_http_methods(["GET", "POST"])
@login_required
def club(request: Request, slug: str, pk: int) -> HttpResponse:
    """What the group reads, who is where, and when it talks about the next one; POST puts a paper on the list."""
    group = own_group(request, slug, pk)
    form = ClubPaperForm(request.POST if request.method == "POST" else None, person=request.user)
    if form.is_bound and form.is_valid():
        try:
            row = ClubPaper.put(group, by=request.user, **form.said())
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            return verb(request, group, lambda: None, "It is on the group's list.", f"papers/#paper-{row.pk}")
    inside = any(
        row.joined_at and row.membership.person_id == request.user.pk
        for row in group.present  # type: ignore[attr-defined]
    )
    return page(
        request, "club.html", group.cohort, "groups", 422 if form.is_bound else 200, group=group, form=form,
        rows=papers_of(group, request.user), shares=SHARES, inside=inside, over=group.cohort.state in OVER,
        base=group.get_absolute_url(),
        meets=exact(group.meets_at) if group.meets_at and group.meets_at > now() else "",
    )  # fmt: skip


def found_paper(request: Request, slug: str, pk: int, paper: int) -> ClubPaper:
    rows = ClubPaper.objects.visible_to(request.user).select_related("group__cohort", "paper")
    return get_object_or_404(rows, pk=paper, group=pk, group__cohort__slug=slug)


@require_POST
@login_required
def choose(request: Request, slug: str, pk: int, paper: int) -> HttpResponse:
    row = found_paper(request, slug, pk, paper)
    return verb(request, row.group, lambda: row.choose(by=request.user), "That is the next one.", "papers/")


@require_POST
@login_required
def talked_about(request: Request, slug: str, pk: int, paper: int) -> HttpResponse:
    row = found_paper(request, slug, pk, paper)
    return verb(request, row.group, lambda: row.talked_about(by=request.user), "Choose the next one.", "papers/")


@require_POST
@login_required
def remove(request: Request, slug: str, pk: int, paper: int) -> HttpResponse:
    row = found_paper(request, slug, pk, paper)
    return verb(request, row.group, lambda: row.remove(by=request.user), "It is off the list.", "papers/")


@require_POST
@login_required
def share(request: Request, slug: str, pk: int, paper: int) -> HttpResponse:
    """What one shows the group of one's own reading: nothing, the pass, or the summaries too."""
    row, place, form = found_paper(request, slug, pk, paper), my_place(request, slug, pk), ShareForm(request.POST)
    if not form.is_valid():
        return verb(request, row.group, lambda: None, "Choose what you show.", f"papers/#paper-{row.pk}")
    said = form.cleaned_data["shares"]
    if said == "nothing":
        return verb(
            request, row.group, lambda: row.hide(place), "The group sees nothing of it.", f"papers/#paper-{row.pk}"
        )
    shown = "The group sees it from now on."
    return verb(
        request, row.group, lambda: row.share(place, summaries=said == "summaries"), shown, f"papers/#paper-{row.pk}"
    )
