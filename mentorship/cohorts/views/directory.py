"""Who of a cohort wants to be found, and the mentees who show themselves to everyone."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from mentorship.cohorts.forms_talk import ListingForm
from mentorship.cohorts.models import Listing, Membership
from mentorship.cohorts.views.frame import Roster, belonging, page
from mentorship.common.pages import paginate
from mentorship.people.requests import Request


def row_of(row: Listing, roster: Roster, *, public: bool) -> dict[str, Any]:
    """What the person chose to show, and nothing else; an address is never shown on the web."""
    person = row.membership.person
    shown = roster.person(person)
    if public and person.visibility != person.Visibility.PUBLIC:
        shown["url"] = ""
    links = [("Website", person.website)] if row.shows_links and person.website else []
    if row.shows_links and person.github:
        links.append(("GitHub", f"https://github.com/{person.github}"))
    return shown | {
        "says": row.says, "headline": person.headline if row.shows_headline else "",
        "zone": person.timezone.replace("_", " ") if row.shows_zone else "", "links": links,
        "email": person.email if row.shows_email and not public else "",
        "mentor": row.membership.is_mentor, "cohort": row.membership.cohort,
    }  # fmt: skip


@require_safe
@login_required
def directory(request: Request, slug: str) -> HttpResponse:
    """Those who want to be in it."""
    cohort = belonging(request, slug)
    rows = Listing.objects.in_directory(cohort).select_related("membership__person", "membership__cohort")
    found, roster = paginate(request, rows.order_by("membership__person__name", "pk"), 48), Roster(request.user)
    found.rows = [row_of(row, roster, public=False) for row in found]
    mine = Membership.objects.of(request.user).filter(cohort=cohort).first()
    listing = Listing.of(mine) if mine else None
    return page(request, "directory.html", cohort, "directory", page=found, mine=mine, listing=listing)


@require_http_methods(["GET", "POST"])
@login_required
def listing(request: Request, slug: str) -> HttpResponse:
    """What I show of myself."""
    cohort = belonging(request, slug)
    rows = Membership.objects.of(request.user).filter(cohort=cohort).select_related("person", "cohort")
    mine = get_object_or_404(rows.order_by("pk")[:1])
    form = ListingForm(request.POST or None, membership=mine)
    if request.method == "POST" and form.is_valid():
        Listing.show(mine, by=request.user, **form.cleaned_data)
        messages.success(request, "Kept.")
        return redirect("cohorts:directory", slug)
    return page(request, "listing.html", cohort, "directory", 422 if form.is_bound else 200, form=form)


@require_safe
def mentees(request: HttpRequest) -> HttpResponse:
    """For everyone: the mentees who want to be seen, the latest cohort first."""
    rows = Listing.objects.public().select_related("membership__person", "membership__cohort__stream")
    found = paginate(request, rows.order_by("-membership__cohort__starts_on", "membership__person__name", "pk"), 48)
    roster = Roster(request.user)
    found.rows = [row_of(row, roster, public=True) for row in found]
    return render(request, "cohorts/mentees.html", {"page": found})
