"""Guest talks: somebody invited from outside speaks, people sign up, the recording stays."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.urls import reverse

from mentorship.cohorts import telling_talks
from mentorship.cohorts.models.talk_seat import TalkSeat
from mentorship.cohorts.seen import check_seen
from mentorship.common.clock import now
from mentorship.common.errors import Refused
from mentorship.common.rendering.errors import RenderError
from mentorship.common.rendering.markdown import render_markdown
from mentorship.people import events
from mentorship.people.models import User, validate_timezone

ANSWER_WITHIN = timedelta(days=30)
AHEAD = timedelta(days=730)  # nobody plans a guest further ahead


class TalkQuerySet(models.QuerySet["Talk"]):
    def visible_to(self, reader: Any) -> "TalkQuerySet":
        """Announced ones and those called off afterwards: public ones for everyone, the others for members; all for
        admins."""
        if not reader.is_authenticated:
            return self.announced().filter(visibility=Talk.Visibility.PUBLIC)
        if reader.is_admin:
            return self
        if reader.memberships.filter(left_at=None).exists():
            return self.announced()
        return self.announced().filter(Q(visibility=Talk.Visibility.PUBLIC) | Q(seats__person=reader)).distinct()

    def announced(self) -> "TalkQuerySet":
        return self.filter(announced_at__isnull=False)

    def upcoming(self, at: datetime | None = None) -> "TalkQuerySet":
        """Not called off and not over, the next one first."""
        return self.filter(cancelled_at=None, ends_at__gt=at or now()).order_by("starts_at", "pk")

    def answerable(self, secret: str, at: datetime | None = None) -> "TalkQuerySet":
        """The one that the speaker's letter with `secret` is about, while it can be answered."""
        since = (at or now()) - ANSWER_WITHIN
        rows = self.filter(secret_digest=digest(secret), invited_at__gt=since, answer="", cancelled_at=None)
        return rows.filter(starts_at__gt=at or now())


RENDERED = ["about_html", "sequence", "changed_at"]  # what follows from each change
LETTER = ["invited_at", "secret_digest", "answer", "answer_note"]  # what of a talk is between us and its speaker


class Talk(models.Model):
    """A talk by a guest. `seats_taken` is only changed by a conditional UPDATE; no limit of seats is None."""

    class Visibility(models.TextChoices):
        PUBLIC = "public", "Everyone"
        PROGRAM = "program", "Members of the program"

    class Answer(models.TextChoices):
        YES = "yes"
        NO = "no"

    title = models.CharField(max_length=140)
    slug = models.SlugField(
        "address", max_length=80, unique=True, error_messages={"unique": "Another talk has this address."}
    )
    about = models.TextField(max_length=8000, help_text="What it is about, in Markdown.")
    about_html = models.TextField(blank=True, editable=False)
    speaker_name = models.CharField("speaker", max_length=120)
    speaker_about = models.CharField("who they are", max_length=300, blank=True)
    speaker_email = models.EmailField("speaker's address", blank=True, help_text="For the invitation; nobody sees it.")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    timezone = models.CharField(max_length=64, default="UTC", validators=[validate_timezone])
    place = models.URLField("link to join", blank=True, help_text="Who has signed up sees it.")
    visibility = models.CharField("for", max_length=7, choices=Visibility, default=Visibility.PROGRAM)
    limit = models.PositiveIntegerField(
        "seats", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(10_000)],
        help_text="Empty: as many as come.",
    )  # fmt: skip
    seats_taken = models.PositiveIntegerField(default=0, editable=False)
    recording = models.URLField("recording", blank=True)
    invited_at = models.DateTimeField(null=True, editable=False)
    secret_digest = models.CharField(max_length=64, blank=True, editable=False)
    answer = models.CharField(max_length=3, choices=Answer, blank=True, editable=False)
    answer_note = models.CharField(max_length=500, blank=True, editable=False)
    announced_at = models.DateTimeField(null=True, editable=False)
    cancelled_at = models.DateTimeField(null=True, editable=False)
    cancel_reason = models.CharField(max_length=300, blank=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(default=now, editable=False)

    objects = TalkQuerySet.as_manager()

    EDITABLE = [
        *("title", "slug", "about", "speaker_name", "speaker_about", "speaker_email", "starts_at", "ends_at"),
        *("timezone", "place", "visibility", "limit"),
    ]

    class Meta:
        indexes = [models.Index(fields=["starts_at"], name="talk_calendar")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at"), ends_at__lte=F("starts_at") + timedelta(hours=3)),
                name="talk_length",
            ),
            models.CheckConstraint(
                condition=Q(limit=None) | Q(seats_taken__lte=F("limit")), name="talk_seats_hold"
            ),
            models.CheckConstraint(condition=Q(visibility__in=["public", "program"]), name="talk_visibility_known"),
            models.UniqueConstraint("secret_digest", condition=~Q(secret_digest=""), name="talk_secret_unique"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("talks:talk", args=[self.slug])

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

    @property
    def seats_left(self) -> int | None:
        return None if self.limit is None else self.limit - self.seats_taken

    def is_over(self, at: datetime | None = None) -> bool:
        return self.ends_at <= (at or now())

    @property
    def is_awaited(self) -> bool:
        """Whether the speaker was asked and has not said no: what becomes of it concerns them."""
        return bool(self.invited_at and self.speaker_email and self.answer != self.Answer.NO)

    def seat_of(self, person: Any) -> "TalkSeat | None":
        if not person.is_authenticated:
            return None
        return self.seats.filter(person=person, left_at=None).first()

    # --- an admin's verbs ---------------------------------------------------------------------------------------
    @classmethod
    def plan(cls, *, by: User, at: datetime | None = None, **fields: Any) -> "Talk":
        """A talk that only admins see yet; `fields` are those of `EDITABLE`."""
        row = cls(**fields, changed_at=at or now())
        row._check_time(at or now())
        row._render()
        with transaction.atomic():
            row._save_new_address(force_insert=True)
            events.record(actor=by, verb="plan", subject=row, at=at)
        return row

    def edit(self, *, by: User, at: datetime | None = None, seen: str = "", **changes: Any) -> None:
        """Change what the form offers; another time is told to who has signed up. `seen` as in `Cohort.edit`."""
        with transaction.atomic():
            row = self._standing()
            check_seen(row, self.EDITABLE, seen)
            changed = [name for name, value in changes.items() if getattr(row, name) != value]
            if not changed:
                return
            limit = changes.get("limit", row.limit)
            if limit is not None and limit < row.seats_taken:
                raise Refused(f"{row.seats_taken} people have a seat: there cannot be fewer.", code="limit")
            for name, value in changes.items():
                setattr(self, name, value)
            for name in ("seats_taken", "announced_at", *LETTER):
                setattr(self, name, getattr(row, name))
            moved, saved = bool({"starts_at", "ends_at"} & set(changed)), [*changed, *RENDERED]
            if moved:
                if row.is_over(at):
                    raise Refused("This talk is over: its time stays.", code="over")
                self._check_time(at or now())
            if "speaker_email" in changed:  # somebody else speaks: what the one before was asked and said is void
                self.invited_at, self.secret_digest, self.answer, self.answer_note = None, "", "", ""
                saved += LETTER
            self._render()
            self.sequence, self.changed_at = row.sequence + 1, at or now()
            self._save_new_address(update_fields=saved)
            events.record(actor=by, verb="edit", subject=self, detail={"fields": changed}, at=at)
            if moved and self.announced_at:
                telling_talks.moved(self, at=at)
            if moved and self.is_awaited:
                telling_talks.speaker_told(self, f"“{self.title}” has another time")
            self._move_up(at)

    def invite(self, *, by: User, at: datetime | None = None) -> None:
        """Write to the speaker, with a link by which they say yes or no. A second letter makes the first one void."""
        secret = secrets.token_urlsafe(24)
        with transaction.atomic():
            row = self._standing()
            if not row.speaker_email:
                raise Refused("Say at which address the speaker reads mail.", code="speaker_email")
            if row.answer:
                raise Refused("The speaker has answered already.", code="answered")
            if row.is_over(at):
                raise Refused("This talk is over.", code="over")
            self.invited_at, self.secret_digest = at or now(), digest(secret)
            self.save(update_fields=["invited_at", "secret_digest"])
            events.record(actor=by, verb="invite", subject=self, at=at)
            telling_talks.invited(self, by=by, secret=secret)

    def announce(self, *, by: User, at: datetime | None = None) -> None:
        """Put it on the page of talks and tell the members of running cohorts."""
        with transaction.atomic():
            row = self._standing()
            if row.announced_at:
                raise Refused("It has been announced already.", code="announced")
            if row.answer == self.Answer.NO:
                raise Refused("The speaker has said no.", code="speaker_declined")
            if row.is_over(at):
                raise Refused("This talk is over.", code="over")
            self.announced_at = at or now()
            self.save(update_fields=["announced_at"])
            events.record(actor=by, verb="announce", subject=self, at=at)
            telling_talks.announced(self, at=at)

    def cancel(self, *, by: User, reason: str = "", at: datetime | None = None) -> None:
        """Call it off; everyone who has signed up or waits is told."""
        with transaction.atomic():
            row = self._standing()
            if row.is_over(at):
                raise Refused("This talk is over.", code="over")
            self.cancelled_at, self.cancel_reason = at or now(), reason
            self.sequence, self.changed_at = row.sequence + 1, self.cancelled_at
            self.save(update_fields=["cancelled_at", "cancel_reason", "sequence", "changed_at"])
            events.record(actor=by, verb="cancel", subject=self, detail={"reason": reason}, at=at)
            if row.announced_at:
                telling_talks.cancelled(self, at=at)
            if row.is_awaited:
                telling_talks.speaker_told(self, f"“{self.title}” is called off", reason)

    def record(self, *, by: User, recording: str, at: datetime | None = None) -> None:
        """Put the link of the recording on the page, or take it away; who had a seat is told of the first one."""
        with transaction.atomic():
            row = self._standing()
            if row.starts_at > (at or now()):
                raise Refused("It has not begun yet.", code="not_begun")
            self.recording = recording
            self.save(update_fields=["recording"])
            events.record(actor=by, verb="record", subject=self, detail={"recording": recording}, at=at)
            if recording:
                telling_talks.recorded(self, at=at)

    # --- the speaker's ------------------------------------------------------------------------------------------
    @classmethod
    def reply(cls, *, secret: str, yes: bool, note: str = "", at: datetime | None = None) -> "Talk":
        """What the speaker says to their letter, once. Refused for a letter that is void, whatever made it so."""
        with transaction.atomic():
            rows = cls.objects.answerable(secret, at)
            answer = cls.Answer.YES if yes else cls.Answer.NO
            found = rows.values_list("pk", flat=True).first()
            if not found or not rows.filter(pk=found).update(answer=answer, answer_note=note):
                raise Refused("This letter has been answered, or is too old.", code="void")
            row = cls.objects.get(pk=found)
            events.record(actor=None, verb=f"speaker_says_{answer}", subject=row, detail={"note": note}, at=at)
            telling_talks.answered(row, at=at)
        return row

    # --- everyone's ---------------------------------------------------------------------------------------------
    def sign_up(self, *, by: User, at: datetime | None = None) -> "TalkSeat":
        """A seat for `by`, or a place on the waiting list when all are taken."""
        moment = at or now()
        with transaction.atomic():
            row = self._standing()
            if not row.announced_at or row.is_over(moment):
                raise Refused("Nobody can sign up for this talk.", code="over")
            waits = row.limit is not None and row.seats_taken >= row.limit
            seat = TalkSeat(talk=row, person=by, signed_up_at=moment, seated_at=None if waits else moment)
            try:
                with transaction.atomic():
                    seat.save(force_insert=True)
            except IntegrityError as error:
                raise Refused("You have signed up already.", code="signed_up") from error
            if not waits:
                Talk.objects.filter(pk=row.pk).update(seats_taken=F("seats_taken") + 1)
            events.record(actor=by, verb="sign_up", subject=row, detail={"waits": waits}, at=at)
            telling_talks.signed_up(seat, at=at)
        return seat

    def leave(self, *, by: User, at: datetime | None = None) -> None:
        """Give the seat back; whoever has waited longest gets it."""
        with transaction.atomic():
            row = self._standing()
            if row.is_over(at):
                raise Refused("This talk is over.", code="over")
            seat = row.seats.filter(person=by, left_at=None).first()
            if seat is None:
                raise Refused("You have not signed up.", code="not_signed_up")
            seat.left_at = at or now()
            seat.save(update_fields=["left_at"])
            if seat.seated_at:
                Talk.objects.filter(pk=row.pk).update(seats_taken=F("seats_taken") - 1)
            events.record(actor=by, verb="leave", subject=row, at=at)
            row._move_up(at)

    def _move_up(self, at: datetime | None) -> None:
        """Give free seats to who waits, in the order of signing up; the caller has locked the talk."""
        taken, limit = Talk.objects.values_list("seats_taken", "limit").get(pk=self.pk)
        waiting = self.seats.waiting()
        if not self.announced_at or self.is_over(at):
            return
        moved = list(waiting if limit is None else waiting[: limit - taken])
        for seat in moved:
            seat.seated_at = at or now()
            seat.save(update_fields=["seated_at"])
            telling_talks.signed_up(seat, at=at)
        if moved:
            Talk.objects.filter(pk=self.pk).update(seats_taken=F("seats_taken") + len(moved))

    def _check_time(self, at: datetime) -> None:
        if not at < self.starts_at <= at + AHEAD:
            raise Refused("Choose a time that is still to come, within two years.", code="day")

    def _standing(self) -> "Talk":
        row = Talk.objects.select_for_update(no_key=True).get(pk=self.pk)
        if row.cancelled_at:
            raise Refused("This talk has been called off.", code="cancelled")
        return row

    def _render(self) -> None:
        try:
            self.about_html = render_markdown(self.about, heading_level=2)
        except RenderError as error:
            raise Refused(str(error), code="about") from error

    def _save_new_address(self, **how: Any) -> None:
        try:
            with transaction.atomic():
                self.save(**how)
        except IntegrityError as error:
            if "talk_length" in str(error):
                raise Refused("A talk ends after it begins, three hours later at most.", code="minutes") from error
            if "slug" not in str(error):
                raise
            raise Refused("Another talk has this address.", code="slug") from error


def digest(secret: str) -> str:
    return sha256(secret.encode("utf-8", "replace")).hexdigest()
