"""A cohort's charter: read by whoever sees the cohort, accepted by members, written by admins, who see who accepted."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from mentorship.cohorts.forms_charter import CharterForm, CharterTextForm
from mentorship.cohorts.models import Charter, CharterAcceptance, Cohort, Membership
from mentorship.cohorts.models.charter import program_charter, rendered
from mentorship.cohorts.reading import seen
from mentorship.cohorts.views.frame import Roster, administered, belonging, page
from mentorship.common.errors import Refused
from mentorship.common.pages import paginate
from mentorship.common.times import time_html
from mentorship.people.requests import Request


@require_safe
def charter(request: HttpRequest, slug: str) -> HttpResponse:
    found = seen(slug, request.user)
    if found is None:
        raise Http404
    return show(request, found.cohort, is_member=found.mine is not None)


def show(
    request: HttpRequest, cohort: Cohort, *, is_member: bool, form: CharterForm | None = None,
    text_form: CharterTextForm | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    row = Charter.of(cohort)
    is_admin = request.user.is_authenticated and request.user.is_admin
    accepted = row.acceptances.filter(person=request.user.pk).first() if row and request.user.is_authenticated else None
    context: dict[str, Any] = {
        "charter": row, "html": row.html if row else rendered(program_charter()), "accepted": accepted,
        "form": form or (CharterForm(row) if row and is_member and accepted is None else None),
    }  # fmt: skip
    if is_admin:
        text = row.text if row else program_charter()
        context |= {"text_form": text_form or CharterTextForm(initial={"text": text})} | answers(request, cohort, row)
    if is_member or is_admin:
        return page(cast(Request, request), "charter.html", cohort, "charter", status, **context)
    return render(request, "cohorts/charter.html", context | {"cohort": cohort}, status=status)


def answers(request: HttpRequest, cohort: Cohort, row: Charter | None) -> dict[str, Any]:
    """Who has accepted what holds now, and which version the others accepted last."""
    if row is None:
        return {}
    theirs = CharterAcceptance.objects.filter(charter__cohort=cohort, person=OuterRef("person"))
    last = theirs.order_by("-charter__version")
    rows = cohort.memberships.active().select_related("person").order_by("person__name", "pk")
    found = paginate(
        request,
        rows.annotate(last=Subquery(last.values("charter__version")[:1]), at=Subquery(last.values("accepted_at")[:1])),
    )
    names = Roster(request.user)
    people = cohort.memberships.active().values("person").distinct()
    return {
        "found": found, "members": people.count(),
        "accepted_count": row.acceptances.filter(person__in=people).count(),
        "rows": [
            {
                "name": names.person(member.person)["name"], "role": member.role, "at": time_html(member.at),
                "version": member.last, "now": member.last == row.version,
            }
            for member in found
        ],
    }  # fmt: skip


@require_POST
@login_required
def accept(request: Request, slug: str) -> HttpResponse:
    """A member accepts what holds now."""
    member = get_object_or_404(Membership.objects.of(request.user), cohort__slug=slug)
    cohort = belonging(request, slug)
    row = Charter.of(cohort)
    if row is None:
        return redirect("cohorts:charter", slug)
    form = CharterForm(row, request.POST)
    if not form.is_valid():
        return show(request, cohort, is_member=True, form=form, status=422)
    try:
        Charter.agree(cohort=cohort, by=member.person, version=form.agreed())
    except Refused as refusal:
        fresh = CharterForm(row)
        messages.error(request, refusal.message)
        return show(request, cohort, is_member=True, form=fresh, status=409)
    messages.success(request, "Thank you. It is kept that you have accepted the charter.")
    return redirect("cohorts:cohort", slug)


@require_POST
@login_required
def write(request: Request, slug: str) -> HttpResponse:
    """An admin writes the next version."""
    cohort = administered(request, slug)
    form = CharterTextForm(request.POST)
    is_member = cohort.memberships.of(request.user).exists()
    if not form.is_valid():
        return show(request, cohort, is_member=is_member, text_form=form, status=422)
    before = Charter.of(cohort)
    try:
        row = Charter.write(cohort=cohort, text=form.cleaned_data["text"], by=request.user)
    except Refused as refusal:
        form.add_error("text", refusal.message)
        return show(request, cohort, is_member=is_member, text_form=form, status=409)
    changed = before is None or before.pk != row.pk
    messages.success(request, f"Version {row.version} holds now." if changed else "Nothing has changed.")
    return redirect("cohorts:charter", slug)
