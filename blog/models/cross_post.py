"""One post sent to one destination, and where it stands there. What is to be done outside stands in the row: a worker
claims it with a lease, and whoever comes second finds what is there already."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q

from blog.crossposting import sealing
from blog.crossposting.destination import Stands, Trouble
from blog.crossposting.telling import turned
from blog.models.post import Post
from mentorship.common import clock
from mentorship.common.enqueue import enqueue
from mentorship.common.errors import Refused
from mentorship.people.events import record
from mentorship.people.models import User

LIVE = ("queued", "open", "changes_requested", "failed")
THERE = ("open", "changes_requested")
ALREADY = "This post is on its way there already."


class CrossPostQuerySet(models.QuerySet[Any]):
    def live(self) -> "CrossPostQuerySet":
        return self.filter(state__in=LIVE)

    def in_hands_of(self, person: Any) -> "CrossPostQuerySet":
        """Those of posts whose desk `person` may open."""
        return self.filter(post__in=Post.objects.in_hands_of(person))

    def due(self, at: datetime) -> "CrossPostQuerySet":
        """Work that may be done now and that nobody holds."""
        free = Q(claimed_until=None) | Q(claimed_until__lt=at)
        return self.filter(free, due_at__lte=at).exclude(work="").order_by("due_at", "pk")


class CrossPost(models.Model):
    class State(models.TextChoices):
        QUEUED = "queued", "Queued"
        OPEN = "open", "Open"
        CHANGES_REQUESTED = "changes_requested", "Changes requested"
        MERGED = "merged", "Merged"
        CLOSED = "closed", "Closed"
        FAILED = "failed", "Failed"

    class Destination(models.TextChoices):
        JEKYLL = "jekyll", "The program's Jekyll blog"
        DEVTO = "devto", "dev.to"
        HASHNODE = "hashnode", "Hashnode"

    class Way(models.TextChoices):
        PROGRAM = "program", "From the program"
        FORK = "fork", "From the author's fork"
        HAND = "hand", "By hand"
        ACCOUNT = "account", "To the author's account"

    class Work(models.TextChoices):
        SEND = "send", "Send"
        CLOSE = "close", "Close"

    post = models.ForeignKey(Post, models.CASCADE, related_name="cross_posts")
    destination = models.CharField(max_length=10, choices=Destination)
    way = models.CharField(max_length=10, choices=Way)
    turn = models.PositiveSmallIntegerField(default=1, help_text="Which one of this post at this destination.")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False, help_text="Marks what is ours there.")
    state = models.CharField(max_length=20, choices=State, default=State.QUEUED)
    reason = models.CharField(max_length=500, blank=True, help_text="Why it failed, waits or was closed.")
    url = models.URLField(max_length=300, blank=True)
    number = models.PositiveIntegerField(null=True, blank=True, help_text="Of the pull request.")
    remote_id = models.CharField(max_length=80, blank=True, help_text="What the destination calls it.")
    branch = models.CharField(max_length=120, blank=True)
    head = models.CharField(max_length=40, blank=True, help_text="The commit that was pushed last.")
    files = models.JSONField(default=dict, blank=True, help_text="Path and id of the files that were pushed last.")
    sent_version = models.PositiveIntegerField(default=0, help_text="Of the post; 0: nothing was sent yet.")
    with_address = models.BooleanField(default=False, help_text="Whether the commit names the author's address.")
    publication = models.CharField(max_length=100, blank=True, help_text="Which of the author's blogs there.")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="cross_posts_asked"
    )
    created_at = models.DateTimeField(default=clock.now)
    turned_at = models.DateTimeField(default=clock.now, help_text="When its state last changed.")
    looked_at = models.DateTimeField(null=True, blank=True, help_text="When its state there was last asked for.")
    work = models.CharField(max_length=10, choices=Work, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    claim = models.UUIDField(null=True, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    sealed = models.TextField(blank=True, editable=False, help_text="The author's token, for the job only.")

    objects = CrossPostQuerySet.as_manager()

    class Meta:
        ordering = ["-turned_at", "-pk"]
        indexes = [
            models.Index(fields=["due_at"], condition=~Q(work=""), name="cross_post_due"),
            models.Index(fields=["looked_at"], condition=Q(state__in=THERE), name="cross_post_there"),
        ]
        constraints = [
            models.UniqueConstraint(
                "post", "destination", condition=Q(state__in=LIVE), name="cross_post_one_live",
                violation_error_message=ALREADY,
            ),
            models.UniqueConstraint("post", "destination", "turn", name="cross_post_turn_once"),
            models.UniqueConstraint(
                "number", condition=Q(destination="jekyll"), name="cross_post_number_once",
                violation_error_message="Another post has this pull request.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[*LIVE, "merged", "closed"]), name="cross_post_state_known"
            ),
            models.CheckConstraint(
                condition=Q(destination="jekyll", way__in=["program", "fork", "hand"])
                | Q(destination__in=["devto", "hashnode"], way="account"),
                name="cross_post_way_leads_there",
            ),
            models.CheckConstraint(condition=~Q(state__in=THERE) | ~Q(url=""), name="cross_post_open_has_link"),
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(reason=""), name="cross_post_failed_says_why"),
            models.CheckConstraint(condition=~Q(state="queued") | ~Q(work=""), name="cross_post_queued_has_work"),
            models.CheckConstraint(
                condition=Q(work="", claim__isnull=True, claimed_until__isnull=True, sealed="")
                | Q(work__in=["send", "close"], due_at__isnull=False),
                name="cross_post_secret_for_the_job_only",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_destination_display()}: {self.post_id}"

    @property
    def author_id(self) -> int:
        """Whom its history is about."""
        return self.post.author_id

    @property
    def behind(self) -> bool:
        """Whether the post changed after it was last sent."""
        return self.state in (*THERE, "merged") and 0 < self.sent_version < self.post.version

    def verbs_of(self, person: Any) -> frozenset[str]:
        """What `person` may do with it now."""
        if not (person.pk == self.post.author_id or person.is_editor):
            return frozenset()
        verbs = {"withdraw"} if self.state in LIVE else set()
        if self.state == self.State.FAILED:
            verbs |= {"retry"}
        return frozenset(verbs)

    @classmethod
    @transaction.atomic
    def queue(
        cls, post: Post, *, by: User | None, destination: str, way: str, secret: str = "", with_address: bool = False,
        publication: str = "", at: datetime | None = None,
    ) -> "CrossPost":  # fmt: skip
        """Send the post as it is now: a new cross-post, or the one that is open there brought up to date.

        `by` None: the program itself. Refused while it is on its way, and when the same text is there already.
        """
        now = at or clock.now()
        cls._may_queue(post, by, way, secret)
        last = (
            CrossPost.objects.select_for_update(of=("self",))
            .filter(post=post, destination=destination)
            .order_by("-turn")
        )
        row: CrossPost | None = last.first()
        if row is not None and row.state in (cls.State.QUEUED, cls.State.FAILED):
            code, words = ("already_queued", ALREADY) if row.state == "queued" else ("failed_before", "Try it again.")
            raise Refused(words, code=code)
        if row is not None and row.state in (*THERE, "merged") and row.sent_version >= post.version:
            raise Refused("The same text is there already.", code="nothing_changed")
        if row is not None and row.state in THERE and row.way != way:
            raise Refused("It is open there already, sent another way. Change it there, or take it back first.",
                          code="other_way")  # fmt: skip
        if row is None or row.state not in THERE:
            row = CrossPost(post=post, destination=destination, turn=(row.turn if row else 0) + 1, created_at=now,
                      remote_id=row.remote_id if row and destination != "jekyll" else "")  # fmt: skip
        row.post, row.way, row.publication, row.asked_by = post, way, publication, by or row.asked_by
        row.with_address = with_address and by is not None and by.pk == post.author_id
        row._set_to_work(cls.Work.SEND, secret, now)
        try:
            with transaction.atomic():
                row._turn(cls.State.QUEUED, by, "queued", now, told=False)
        except IntegrityError:
            raise Refused(ALREADY, code="already_queued") from None
        return row

    @staticmethod
    def _may_queue(post: Post, by: User | None, way: str, secret: str) -> None:
        post.refresh_from_db(from_queryset=Post.objects.select_for_update(of=("self",)))
        if post.state != Post.State.PUBLISHED:
            raise Refused("Publish the post here first.", code="not_published")
        own = by is not None and by.pk == post.author_id
        if by is not None and not own and not by.is_editor:
            raise Refused("Its author and the editors send a post on.", code="cannot_queue")
        if way in ("fork", "account"):
            if not own:
                raise Refused("Only its author sends it from an account of their own.", code="not_yours")
            if not secret:
                raise Refused("Paste the token; it is kept for this job only.", code="token_missing")
        if way == "program" and not settings.CROSSPOST_JEKYLL_URL:
            raise Refused("This program has no Jekyll blog to send to yet.", code="not_configured")

    @classmethod
    @transaction.atomic
    def opened_by_hand(cls, post: Post, *, by: User, url: str, number: int, at: datetime | None = None) -> "CrossPost":
        """Somebody opened the pull request themselves and says where; from then on it is looked at as any other."""
        now = at or clock.now()
        cls._may_queue(post, by, cls.Way.HAND, "")
        last = cls.objects.filter(post=post, destination="jekyll").order_by("-turn").first()
        row = cls(post=post, destination="jekyll", way=cls.Way.HAND, turn=(last.turn if last else 0) + 1, url=url,
                  number=number, sent_version=post.version, asked_by=by, created_at=now)  # fmt: skip
        try:
            with transaction.atomic():
                row._turn(cls.State.OPEN, by, "opened", now)
        except IntegrityError as error:
            if "cross_post_number_once" in str(error):
                raise Refused("Another post has this pull request.", code="number_taken") from None
            raise Refused(ALREADY, code="already_queued") from None
        return row

    @transaction.atomic
    def retry(self, *, by: User, secret: str = "", at: datetime | None = None) -> None:
        """Try a failed one again; what is there already is found. A token of the author's has to be given again."""
        now = at or clock.now()
        self._lock_for("retry", by)
        self._may_queue(self.post, by, self.way, secret)
        self._set_to_work(self.Work.SEND, secret, now)
        self._turn(self.State.QUEUED, by, "retried", now, told=False)

    @transaction.atomic
    def withdraw(self, *, by: User, at: datetime | None = None) -> None:
        """Take it back; a pull request that the program opened is closed there too."""
        now = at or clock.now()
        self._lock_for("withdraw", by)
        ours = self.number is not None and self.way == self.Way.PROGRAM
        self._set_to_work(self.Work.CLOSE if ours else "", "", now)
        self.reason = f"{by.name} took it back."
        self._turn(self.State.CLOSED, by, "withdrew", now, keep_reason=True)

    def _lock_for(self, verb: str, by: User) -> None:
        self.refresh_from_db(from_queryset=CrossPost.objects.select_for_update(of=("self",)))
        if verb not in self.verbs_of(by):
            raise Refused("That is not possible (any more).", code=f"cannot_{verb}")

    @transaction.atomic
    def stand(self, found: Stands, *, at: datetime | None = None, claim: uuid.UUID | None = None) -> bool:
        """Store what was found of it there, by a worker that holds `claim`, a webhook or a look; whether that changed
        its state. What was merged stays merged."""
        now = at or clock.now()
        if not self._lock_held(claim):
            return False
        named = {"url": found.url, "number": found.number, "remote_id": found.remote_id, "branch": found.branch,
                 "head": found.head, "sent_version": found.version}  # fmt: skip
        for name, value in named.items():
            if value:
                setattr(self, name, value)
        state = found.state or self.state
        final = self.state == self.State.MERGED or (self.state == self.State.CLOSED and self.work == self.Work.CLOSE)
        if claim is not None or state in ("merged", "closed"):
            self._set_to_work("", "", now)
        elif self.state == self.State.QUEUED:
            state = self.state  # it is being brought up to date; what that finds counts
        self.looked_at = now
        changed = not final and state != self.state
        if not final and (changed or claim is not None):
            self.reason = found.reason[:500]
        try:
            with transaction.atomic():
                if changed:
                    # The same text was there before: nobody needs to hear of that.
                    news = state != "merged" or self.number is not None or self.destination != "jekyll"
                    self._turn(state, None, VERBS[state], now, keep_reason=True, told=news)
                else:
                    self.save()
        except IntegrityError as error:
            if claim is not None:
                raise Trouble("Another post of this program has this pull request.") from error
            return False  # opened again there, while another one of this post is open
        return changed

    @transaction.atomic
    def put_off(self, claim: uuid.UUID, reason: str, until: datetime) -> None:
        """The worker could not do it now: once more at `until`."""
        CrossPost.objects.filter(pk=self.pk, claim=claim).update(
            claim=None, claimed_until=None, due_at=until, reason=reason[:500]
        )

    @transaction.atomic
    def fail(self, claim: uuid.UUID, reason: str, at: datetime | None = None) -> None:
        """The worker gives up; the person reads why and may try again."""
        now = at or clock.now()
        if not self._lock_held(claim):
            return
        closing = self.work == self.Work.CLOSE
        self._set_to_work("", "", now)
        self.reason = reason[:500]
        if closing:
            self.save()
        else:
            self._turn(self.State.FAILED, None, "failed", now, keep_reason=True)

    def keep(self, claim: uuid.UUID, **found: Any) -> None:
        """What is done so far, for who comes after a worker that was lost. Refused if another one has the job."""
        if not CrossPost.objects.filter(pk=self.pk, claim=claim).update(**found):
            raise Refused("Another worker has this job.", code="lost_claim")
        for name, value in found.items():
            setattr(self, name, value)

    @classmethod
    def claim_one(cls, pk: int, at: datetime, lease: timedelta) -> "CrossPost | None":
        """The row with a claim of the caller's own, if it is due and free."""
        claim = uuid.uuid4()
        held = {"claim": claim, "claimed_until": at + lease, "tries": F("tries") + 1}
        if not cls.objects.filter(pk=pk).due(at).order_by().update(**held):
            return None
        return cls.objects.select_related("post__author", "post__editor", "asked_by").filter(pk=pk, claim=claim).first()

    def _lock_held(self, claim: uuid.UUID | None) -> bool:
        self.refresh_from_db(from_queryset=CrossPost.objects.select_for_update(of=("self",)))
        return claim is None or self.claim == claim

    def _set_to_work(self, work: str, secret: str, now: datetime) -> None:
        self.work, self.due_at, self.tries = work, now if work else None, 0
        self.claim, self.claimed_until = None, None
        self.sealed = sealing.seal(secret) if secret else ""

    def _turn(
        self, state: str, by: User | None, verb: str, now: datetime, *, told: bool = True, keep_reason: bool = False
    ) -> None:
        before = self.state
        self.state, self.turned_at = state, now
        if not keep_reason:
            self.reason = ""
        self.save()
        if self.work:
            enqueue("blog.cross_post", self.pk)
        detail = {"from": before, "to": state, "destination": self.destination}
        event = record(actor=by, verb=verb, subject=self, detail=detail, at=now)
        if told:
            turned(self, event, now)


VERBS = {
    "queued": "queued", "open": "opened", "changes_requested": "changes_requested", "merged": "merged",
    "closed": "closed", "failed": "failed",
}  # fmt: skip


class CrossPostDelivery(models.Model):
    """One delivery of the destination's webhook; what came once changes nothing a second time."""

    delivery = models.CharField(max_length=80)
    received_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = "delivery of a webhook"
        constraints = [models.UniqueConstraint("delivery", name="cross_post_delivery_once")]

    def __str__(self) -> str:
        return self.delivery


class JekyllTarget(models.Model):
    """What was last read of the Jekyll blog's repository: its configuration, its posts' addresses, its theme."""

    url = models.CharField(max_length=300, unique=True)
    head = models.CharField(max_length=40, blank=True)
    facts = models.JSONField(default=dict)
    reason = models.CharField(max_length=500, blank=True, help_text="Why it could not be read the last time.")
    read_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = "Jekyll blog"

    def __str__(self) -> str:
        return self.url
