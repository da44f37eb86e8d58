"""The reading club of a group: its papers, which one is next, and what its members show of their reading."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Q

from mentorship.cohorts.models.group import OVER, Group, GroupMember
from mentorship.cohorts.models.group_post import of_reader
from mentorship.common.clock import now
from mentorship.common.errors import Refused
from mentorship.people import events
from mentorship.people.models import User
from mentorship.study.models import Paper
from mentorship.study.papers.identity import Identity

MOST_PAPERS = 50


class ClubPaperQuerySet(models.QuerySet["ClubPaper"]):
    def visible_to(self, reader: Any) -> "ClubPaperQuerySet":
        """Those of the groups that one is in; all for admins."""
        if not reader.is_authenticated:
            return self.none()
        return self if reader.is_admin else self.filter(of_reader(reader, "group"))


class ClubPaper(models.Model):
    """A paper that a group reads together. The next one is talked about at the group's next date."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        NEXT = "next", "Next"
        READ = "read", "Talked about"

    group = models.ForeignKey(Group, models.PROTECT, related_name="papers")
    paper = models.ForeignKey("study.Paper", models.PROTECT, related_name="+")
    title = models.CharField(max_length=500, blank=True, help_text="By hand.")
    url = models.URLField(max_length=500)
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=now)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = ClubPaperQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint("group", "paper", name="club_paper_once"),
            models.UniqueConstraint("group", condition=Q(state="next"), name="club_paper_one_is_next"),
            models.CheckConstraint(condition=Q(state__in=["waiting", "next", "read"]), name="club_paper_state_known"),
            models.CheckConstraint(
                condition=Q(state="read", read_at__isnull=False) | (~Q(state="read") & Q(read_at=None)),
                name="club_paper_read_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.paper)

    @classmethod
    def put(
        cls, group: Group, *, by: User, identity: Identity, url: str, title: str = "", at: datetime | None = None
    ) -> "ClubPaper":
        """Put a paper on the group's list; the same one again is the one that is there."""
        moment = at or now()
        with transaction.atomic():
            locked(group, by)
            paper = Paper.named(identity, moment)
            if found := cls.objects.filter(group=group, paper=paper).first():
                return found
            if cls.objects.filter(group=group).count() >= MOST_PAPERS:
                raise Refused(f"A group keeps {MOST_PAPERS} papers at most.", code="too_many")
            row = cls.objects.create(group=group, paper=paper, title=title, url=url, added_by=by, added_at=moment)
            events.record(actor=by, verb="added", subject=row, at=moment)
        return row

    def choose(self, *, by: User, at: datetime | None = None) -> None:
        """Make it the next one; the one that was waits again."""
        with transaction.atomic():
            locked(self.group, by)
            self._refresh()
            if self.state == self.State.NEXT:
                return
            ClubPaper.objects.filter(group=self.group_id, state=self.State.NEXT).update(state=self.State.WAITING)
            self._save(self.State.NEXT, None)
            events.record(actor=by, verb="chosen", subject=self, at=at)

    def talked_about(self, *, by: User, at: datetime | None = None) -> None:
        """It was talked about. Refused for one that was not the next."""
        with transaction.atomic():
            locked(self.group, by)
            self._refresh()
            if self.state != self.State.NEXT:
                raise Refused("Only the next paper can have been talked about.", code="not_next")
            self._save(self.State.READ, at or now())
            events.record(actor=by, verb="talked_about", subject=self, at=at)

    def remove(self, *, by: User, at: datetime | None = None) -> None:
        """Take it off the group's list, as who put it there or an admin. Everybody's own list stays as it is."""
        with transaction.atomic():
            locked(self.group, by)
            self._refresh()
            if by.pk != self.added_by_id and not by.is_admin:
                raise Refused("Who put it on the list takes it off.", code="not_yours")
            events.record(actor=by, verb="removed", subject=self, at=at)
            self.delete()

    def share(self, member: GroupMember, *, summaries: bool, at: datetime | None = None) -> None:
        """Let the group see at which pass one is, and one's summaries if `summaries`; each for themselves."""
        with transaction.atomic():
            self._refresh()
            said = {"summaries": summaries, "since": at or now()}
            try:
                with transaction.atomic():
                    ClubShare.objects.update_or_create(paper=self, member=member, defaults=said)
            except IntegrityError:
                raise Refused("This was done in another window already.", code="done_already") from None
            detail = {"summaries": summaries}
            events.record(actor=member.membership.person, verb="shares_reading", subject=self, detail=detail, at=at)

    def hide(self, member: GroupMember, *, at: datetime | None = None) -> None:
        """Show nothing of one's reading any more, at once."""
        with transaction.atomic():
            if ClubShare.objects.filter(paper=self, member=member).delete()[0]:
                events.record(actor=member.membership.person, verb="hides_reading", subject=self, at=at)

    def _refresh(self) -> None:
        row = ClubPaper.objects.select_for_update(no_key=True).filter(pk=self.pk).first()
        if row is None:
            raise Refused("This paper was taken off the list meanwhile.", code="gone")
        self.state, self.read_at = row.state, row.read_at

    def _save(self, state: str, read_at: datetime | None) -> None:
        self.state, self.read_at = state, read_at
        self.save(update_fields=["state", "read_at"])


class ClubShare(models.Model):
    """What one member shows the group of their reading of one paper. No row: nothing."""

    paper = models.ForeignKey(ClubPaper, models.CASCADE, related_name="shares")
    member = models.ForeignKey(GroupMember, models.PROTECT, related_name="+")
    summaries = models.BooleanField(default=False)
    since = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint("paper", "member", name="club_share_once")]

    def __str__(self) -> str:
        return f"{self.member_id} shows {self.paper_id}"


def locked(group: Group, by: User) -> None:
    """The group, locked until the transaction ends. Refused for who is not in it, and in a cohort that is over."""
    Group.objects.select_for_update(no_key=True).get(pk=group.pk)
    if group.cohort.state in OVER:
        raise Refused("This cohort is over: its groups stay as they are.", code="cohort_over")
    if not by.is_admin and not group.joined().filter(membership__person=by).exists():
        raise Refused("Only its members keep its list.", code="not_a_member")
