"""Guest talks: everyone reads, who is signed in signs up, admins plan, the speaker answers by a secret link."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentorship.cohorts.forms_talks import CancelTalkForm, RecordingForm, SpeakerForm, TalkForm, zone_of
from mentorship.cohorts.models import Talk
from mentorship.cohorts.seen import ChangedMeanwhile
from mentorship.common.clock import now
from mentorship.common.errors import Refused
from mentorship.common.pages import paginate
from mentorship.common.times import exact, time_html
from mentorship.people.requests import Request


@require_safe
def talks(request: Request) -> HttpResponse:
    """What is to come, then what was, with recordings."""
    moment, rows = now(), Talk.objects.visible_to(request.user)
    coming = list(rows.upcoming(moment)[:50])
    found = paginate(request, rows.filter(ends_at__lte=moment, cancelled_at=None).order_by("-starts_at", "-pk"))
    context = {"coming": [line(talk) for talk in coming], "past": [line(talk) for talk in found], "found": found}
    return render(request, "cohorts/talks.html", context)


def line(talk: Talk) -> dict[str, Any]:
    left = talk.seats_left
    said = "" if left is None else f"{left} seats left" if left else "No seats left"
    return {
        "title": talk.title, "speaker": talk.speaker_name, "url": f"/talks/{talk.slug}/",
        "local": exact(talk.starts_at), "planned": talk.announced_at is None, "left": said,
        "ago": time_html(talk.starts_at), "minutes": talk.minutes, "recording": bool(talk.recording),
    }  # fmt: skip


def administered(request: Request, slug: str) -> Talk:
    """The talk, for an admin; for everyone else there is none."""
    if not request.user.is_admin:
        raise Http404
    return get_object_or_404(Talk, slug=slug)


def found_talk(request: Request, slug: str) -> Talk:
    return get_object_or_404(Talk.objects.visible_to(request.user), slug=slug)


@require_safe
def talk(request: Request, slug: str) -> HttpResponse:
    return show(request, found_talk(request, slug))


def show(request: Request, row: Talk, status: int = 200, **forms: Any) -> HttpResponse:
    seat, moment = row.seat_of(request.user), now()
    is_admin = request.user.is_authenticated and request.user.is_admin
    here, there = exact(row.starts_at), exact(row.starts_at, zone_of(row.timezone))
    context: dict[str, Any] = {
        "talk": row, "seat": seat, "place": seat.place() if seat else 0, "when": here, "ago": time_html(row.starts_at),
        "there": "" if there == here else there, "over": row.is_over(moment), "begun": row.starts_at <= moment,
        "sees_link": bool(row.place and (is_admin or (seat and seat.seated_at))),
    }  # fmt: skip
    if is_admin:
        context |= {
            "waiting": row.seats.waiting().count(),
            "cancelling": CancelTalkForm(), "recording": RecordingForm(initial={"recording": row.recording}),
        }  # fmt: skip
    return render(request, "cohorts/talk.html", context | forms, status=status)


@require_http_methods(["GET", "POST"])
@login_required
def new(request: Request) -> HttpResponse:
    if not request.user.is_admin:
        raise Http404
    form = TalkForm(request.POST if request.method == "POST" else None, zone=request.user.zone)
    if request.method == "POST" and form.is_valid():
        try:
            row = Talk.plan(by=request.user, **form.values())
        except Refused as refusal:
            form.add_error(refusal.code if refusal.code in form.fields else None, refusal.message)
        else:
            messages.success(request, "Planned. Only admins see it until you announce it.")
            return redirect(row)
    return render(request, "cohorts/talk_form.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@login_required
def edit(request: Request, slug: str) -> HttpResponse:
    row = administered(request, slug)
    form = TalkForm(request.POST if request.method == "POST" else None, zone=request.user.zone, instance=row)
    if request.method == "POST" and form.is_valid():
        fresh = Talk.objects.get(pk=row.pk)
        try:
            fresh.edit(by=request.user, seen=form.cleaned_data["seen"], **form.values())
        except ChangedMeanwhile as refusal:
            form.compare(Talk.objects.get(pk=row.pk), refusal.message)
        except Refused as refusal:
            form.add_error(refusal.code if refusal.code in form.fields else None, refusal.message)
        else:
            messages.success(request, "Saved. Another time is told to who has signed up.")
            return redirect(fresh)
    status = (409 if form.standing else 422) if form.is_bound else 200
    context = {"form": form, "talk": Talk.objects.get(pk=row.pk)}
    return render(request, "cohorts/talk_form.html", context, status=status)


@require_POST
@login_required
def invite(request: Request, slug: str) -> HttpResponse:
    row = administered(request, slug)
    row.invite(by=request.user)
    messages.success(request, f"{row.speaker_name} is written to; the link in the letter holds for 30 days.")
    return redirect(row)


@require_POST
@login_required
def announce(request: Request, slug: str) -> HttpResponse:
    row = administered(request, slug)
    row.announce(by=request.user)
    messages.success(request, "Announced: the members of cohorts that are open or run are told.")
    return redirect(row)


@require_POST
@login_required
def cancel(request: Request, slug: str) -> HttpResponse:
    row = administered(request, slug)
    form = CancelTalkForm(request.POST)
    if not form.is_valid():
        return show(request, row, 422, cancelling=form)
    row.cancel(by=request.user, reason=form.cleaned_data["reason"])
    messages.success(request, "Called off; who has signed up is told.")
    return redirect(row)


@require_POST
@login_required
def record(request: Request, slug: str) -> HttpResponse:
    row = administered(request, slug)
    form = RecordingForm(request.POST)
    if not form.is_valid():
        return show(request, row, 422, recording=form)
    row.record(by=request.user, recording=form.cleaned_data["recording"])
    messages.success(request, "Saved.")
    return redirect(row)


@require_POST
@login_required
def sign_up(request: Request, slug: str) -> HttpResponse:
    row = found_talk(request, slug)
    seat = row.sign_up(by=request.user)
    text = "You have a seat. It is in your calendar." if seat.seated_at else "You are on the waiting list."
    messages.success(request, text)
    return redirect(row)


@require_POST
@login_required
def leave(request: Request, slug: str) -> HttpResponse:
    row = found_talk(request, slug)
    row.leave(by=request.user)
    messages.success(request, "Your place is free for somebody else.")
    return redirect(row)


@never_cache
@require_http_methods(["GET", "POST"])
def speaker(request: Request, secret: str) -> HttpResponse:
    """The speaker's letter leads here. Reading changes nothing; whatever made a letter void, the answer is the same."""
    row = Talk.objects.answerable(secret).first()
    if row is None:
        return render(request, "cohorts/talk_speaker.html", {}, status=404)
    form = SpeakerForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"talk": row, "form": form, "when": exact(row.starts_at, zone_of(row.timezone))}
    if request.method == "POST" and form.is_valid():
        try:
            yes = form.cleaned_data["answer"] == "yes"
            Talk.reply(secret=secret, yes=yes, note=form.cleaned_data["note"])
        except Refused:
            return render(request, "cohorts/talk_speaker.html", {}, status=404)
        return render(request, "cohorts/talk_speaker.html", context | {"thanks": True, "yes": yes})
    return render(request, "cohorts/talk_speaker.html", context, status=422 if form.is_bound else 200)
