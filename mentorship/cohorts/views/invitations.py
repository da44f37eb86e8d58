"""An admin invites: one person or a list of them, sends again, takes back."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentorship.cohorts import inviting
from mentorship.cohorts.forms_invitations import InviteForm, ListForm
from mentorship.cohorts.models import Cohort, Invitation
from mentorship.cohorts.models.application import OVER
from mentorship.cohorts.views.frame import administered, page
from mentorship.common.clock import now
from mentorship.common.errors import Refused
from mentorship.common.pages import paginate
from mentorship.common.times import time_html
from mentorship.notifications.models import Notification
from mentorship.people.requests import Request

LABELS = {"open": "Sent", "accepted": "Accepted", "expired": "Expired", "revoked": "Taken back"}
EMPTY = {
    "open": "Nobody has an invitation that waits for an answer. Invite the first person here, or many from a file.",
    "accepted": "Nobody has accepted an invitation yet.",
    "expired": "Every invitation was answered in time.",
    "revoked": "No invitation was taken back.",
}
# What a preview counts, in this order, each with its words and the tone of its badge.
COUNTED = [
    (inviting.NEW, "new", "good"), (inviting.AGAIN, "invited again", "good"), (inviting.MEMBER, "members already", ""),
    (inviting.INVITED, "invited already", ""), (inviting.DUPLICATE, "twice in the list", ""),
    (inviting.OVER_SEATS, "without a seat", "warn"), (inviting.BAD, "not usable", "bad"),
]  # fmt: skip
TONES = {word: tone for word, _label, tone in COUNTED}
SHOWN_AS = {
    inviting.NEW: "Invite", inviting.AGAIN: "Invite again", inviting.MEMBER: "Member", inviting.INVITED: "Invited",
    inviting.DUPLICATE: "Duplicate", inviting.OVER_SEATS: "No seat", inviting.BAD: "Not usable",
}  # fmt: skip


@require_safe
@login_required
def invitations(request: Request, slug: str) -> HttpResponse:
    """Those in one state, which the address names, and the form for one more."""
    return show(request, administered(request, slug), InviteForm())


def show(request: Request, cohort: Cohort, form: InviteForm, status: int = 200) -> HttpResponse:
    moment = now()
    state = request.GET.get("state", "")
    state = state if state in Invitation.SHOWN else "open"
    found = paginate(request, cohort.invitations.shown_as(state, moment).order_by("-sent_at", "-pk"))
    late = Q(state="open", expires_at__lte=moment)
    counts = cohort.invitations.aggregate(
        open=Count("pk", Q(state="open") & ~late), expired=Count("pk", late),
        accepted=Count("pk", Q(state="accepted")), revoked=Count("pk", Q(state="revoked")),
    )  # fmt: skip
    return page(
        request, "invitations.html", cohort, "invitations", status, form=form, found=found, state=state,
        rows=lines(found.rows, reverse("cohorts:invitations", args=[cohort.slug])), empty=EMPTY[state],
        states=[(f"?state={name}", label, counts[name], name == state) for name, label in LABELS.items()],
        seats=max(inviting.seats_to_offer(cohort, moment), 0), over=cohort.state in OVER,
    )  # fmt: skip


def lines(rows: list[Invitation], base: str) -> list[dict[str, Any]]:
    """Each with its letter's fate, which stands in the outbox; one query for all of them."""
    keys = {f"invitation:{row.pk}": row for row in rows}
    letters = Notification.objects.filter(kind="invitation", subject__in=keys, person=None)
    fates = {(subject, count): fate for subject, count, fate in letters.values_list("subject", "threshold", "email")}
    return [
        {
            "row": row, "title": str(row), "sent": time_html(row.sent_at), "until": time_html(row.expires_at),
            "closed": time_html(row.closed_at), "letter": fates.get((key, row.times_sent), "sent"),
            "resend": f"{base}{row.pk}/resend/", "revoke": f"{base}{row.pk}/revoke/",
        }
        for key, row in keys.items()
    ]  # fmt: skip


@require_POST
@login_required
def invite(request: Request, slug: str) -> HttpResponse:
    cohort = administered(request, slug)
    form = InviteForm(request.POST)
    if not form.is_valid():
        return show(request, cohort, form, 422)
    try:
        row = inviting.invite(cohort=cohort, asked=form.asked(), by=request.user)
    except Refused as refusal:
        form.add_error(FIELDS.get(refusal.code), refusal.message)
        return show(request, cohort, form, 409)
    messages.success(request, f"{row.address} is invited as a {row.role}. The letter is on its way.")
    return redirect("cohorts:invitations", slug)


FIELDS = {inviting.MEMBER: "address", inviting.INVITED: "address", inviting.OVER_SEATS: "role"}


@require_http_methods(["GET", "POST"])
@login_required
def invite_many(request: Request, slug: str) -> HttpResponse:
    """A list: first what each row will do, then, by the second button, all of it."""
    cohort = administered(request, slug)
    form = ListForm(request.POST, request.FILES) if request.method == "POST" else ListForm()
    if not form.is_bound:
        return page(request, "invite_many.html", cohort, "invitations", form=form, most=inviting.MOST)
    if not form.is_valid():
        return page(request, "invite_many.html", cohort, "invitations", 422, form=form, most=inviting.MOST)
    status, seen = 200, form.cleaned_data["seen"]
    if "send" in request.POST and seen:
        try:
            made = inviting.invite_all(cohort=cohort, rows=form.found.rows, by=request.user, seen=seen)
        except Refused as refusal:
            form.add_error(None, refusal.message)
            status = 409
        else:
            messages.success(request, said(len(made)))
            return redirect("cohorts:invitations", slug)
    return preview(request, Cohort.objects.select_related("stream").get(pk=cohort.pk), form, status)


def said(count: int) -> str:
    return "One person is invited." if count == 1 else f"{count} people are invited. Their letters are on the way."


def preview(request: Request, cohort: Cohort, form: ListForm, status: int) -> HttpResponse:
    """What each row will do: what is left out first, for that is what one may want to correct."""
    verdicts = inviting.judge(cohort, form.found.rows)
    counts = Counter(verdict.word for verdict in verdicts)
    again = ListForm(initial={"rows": form.found.text, "seen": inviting.fingerprint(verdicts)})
    rows = [
        {
            "line": verdict.asked.line, "name": verdict.asked.name, "address": verdict.asked.address,
            "role": verdict.asked.role if verdict.asked.role in ("mentee", "mentor") else verdict.asked.role[:20],
            "sentence": verdict.sentence, "word": SHOWN_AS[verdict.word], "tone": TONES[verdict.word],
        }
        for verdict in sorted(verdicts, key=lambda verdict: (verdict.is_sent, verdict.asked.line))
    ]  # fmt: skip
    sent = sum(verdict.is_sent for verdict in verdicts)
    return page(
        request, "invite_preview.html", cohort, "invitations", status, form=again, rows=rows, sent=sent,
        left_out=len(verdicts) - sent, notes=form.found.notes, problems=form.non_field_errors(),
        counts=[(label, tone, counts[word]) for word, label, tone in COUNTED if counts[word]],
    )  # fmt: skip


@require_POST
@login_required
def again(request: Request, slug: str, pk: int, verb: str) -> HttpResponse:
    """Send it again, or take it back."""
    row = get_object_or_404(Invitation.objects.administered_by(request.user), cohort__slug=slug, pk=pk)
    try:
        getattr(row, verb)(by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        done = "has a new link; the old one is dead" if verb == "resend" else "is no longer invited"
        messages.success(request, f"{row} {done}.")
    return redirect("cohorts:invitations", slug)
