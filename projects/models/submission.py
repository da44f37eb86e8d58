"""One person's or one team's work on one project, from the first round until it is accepted."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import connection, models, transaction
from django.db.models import F, Q
from django.urls import reverse

from mentorship.cohorts.models import Cohort, GroupMember
from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.common.pipeline import Asked
from mentorship.common.searching import Words
from mentorship.notifications.outbox import tell
from mentorship.people.events import record
from mentorship.people.models import User
from projects.models.hand_in_key import HandInKey
from projects.models.scopes import Submissions, mentored_keys, mentors_of_cohorts
from streams.marking import take_back

if TYPE_CHECKING:
    from projects.models.round import Round
    from projects.work import Work

MENTORS = """
WITH own AS (
  SELECT u.id FROM cohorts_assignment a
  JOIN cohorts_membership m ON m.id = a.mentor_id AND m.left_at IS NULL
  JOIN people_user u ON u.id = m.person_id AND u.is_active
  WHERE a.mentee_id = ANY(%(mentees)s) AND a.ended_at IS NULL
)
SELECT DISTINCT id, true FROM own
UNION ALL
SELECT u.id, false FROM cohorts_membership m JOIN people_user u ON u.id = m.person_id AND u.is_active
WHERE m.cohort_id = %(cohort)s AND m.role = 'mentor' AND m.left_at IS NULL AND u.id <> %(author)s
  AND NOT EXISTS (SELECT FROM own)
"""


class Submission(models.Model):
    """One person's work on one project in one cohort, from the first round to acceptance; or one team's.

    A team's has a `group`; its author is whoever handed in the first round, and `team` says who is in it.

    Exactly one of the two `awaiting_…_since` is set while the work goes on, none once it is accepted or withdrawn.
    """

    class State(models.TextChoices):
        AWAITING_MENTOR = "awaiting_mentor", "Waiting for review"
        AWAITING_MENTEE = "awaiting_mentee", "Changes requested"
        ACCEPTED = "accepted"
        WITHDRAWN = "withdrawn"

    project = models.ForeignKey("projects.Project", models.PROTECT, related_name="submissions")
    membership = models.ForeignKey("cohorts.Membership", models.PROTECT, related_name="submissions")
    cohort = models.ForeignKey("cohorts.Cohort", models.PROTECT, related_name="submissions")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="submissions")
    group = models.ForeignKey("cohorts.Group", models.PROTECT, null=True, blank=True, related_name="submissions")
    starts_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="extensions")
    title = models.CharField(max_length=140)
    state = models.CharField(max_length=15, choices=State, default=State.AWAITING_MENTOR)
    rounds_count = models.PositiveSmallIntegerField(default=0)
    awaiting_mentor_since = models.DateTimeField(null=True, blank=True)
    awaiting_mentee_since = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    objects = Submissions.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["cohort", "state", "awaiting_mentor_since"], name="submission_queue"),
            models.Index(fields=["author", "-created_at"], name="submission_of_author"),
            models.Index(fields=["cohort", "-accepted_at"], condition=Q(state="accepted"), name="submission_done"),
            GinIndex(Words("title"), name="submission_words"),
            models.Index(
                fields=["awaiting_mentee_since"],
                condition=Q(state="awaiting_mentee"),
                name="submission_with_mentee",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                "membership",
                "project",
                condition=~Q(state="withdrawn"),
                name="submission_one_live",
                violation_error_message="You have already handed in this project.",
            ),
            models.UniqueConstraint(
                "group",
                "project",
                condition=~Q(state="withdrawn") & Q(group__isnull=False),
                name="submission_one_live_of_team",
                violation_error_message="Your team has already handed in this project.",
            ),
            models.CheckConstraint(condition=~Q(starts_from=F("id")), name="submission_starts_from_another"),
            models.CheckConstraint(
                condition=(
                    Q(
                        state="awaiting_mentor",
                        awaiting_mentor_since__isnull=False,
                        awaiting_mentee_since=None,
                    )
                    | Q(
                        state="awaiting_mentee",
                        awaiting_mentee_since__isnull=False,
                        awaiting_mentor_since=None,
                    )
                    | Q(
                        state="accepted",
                        accepted_at__isnull=False,
                        awaiting_mentor_since=None,
                        awaiting_mentee_since=None,
                    )
                    | Q(state="withdrawn", awaiting_mentor_since=None, awaiting_mentee_since=None)
                ),
                name="submission_state_legal",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("projects:submission", args=[self.pk])

    @property
    def awaiting_since(self) -> datetime | None:
        return self.awaiting_mentor_since or self.awaiting_mentee_since

    def ask_mentors(self) -> Asked:
        """Ask for `mentors`, to read the answer later."""
        mentees = [self.membership_id]
        if self.group_id:
            now = GroupMember.objects.filter(group=self.group_id, left_at=None, joined_at__isnull=False)
            mentees += now.values_list("membership", flat=True)
        return Asked(MENTORS, {"mentees": mentees, "cohort": self.cohort_id, "author": self.author_id})

    def mentors(self, asked: Asked | None = None) -> tuple[list[User], bool]:
        """Who is to be told of this work, and whether it is theirs: its own mentor, or else all of the cohort.

        Of the people only the key is read.
        """
        rows = (asked or self.ask_mentors()).rows()
        return [User.from_db(connection.alias, ["id"], [pk]) for pk, _own in rows], any(own for _pk, own in rows)

    def base(self) -> "Submission":
        """The accepted work that this one, of a project that builds on another, goes on with. Refused without it."""
        done = Submission.objects.accepted_of(self.author).filter(project=self.project.builds_on_id).first()
        if done is None:
            before = self.project.builds_on
            message = f"This goes on with {before}. Hand it in once that one is accepted."
            raise Refused(message, code="needs_accepted")
        return done

    def people(self) -> list[User]:
        """Whose work this is: its author, or everybody who is in its team."""
        if self.group_id is None:
            return [self.author]
        return [member.person for member in self.team.present().select_related("person")]

    def is_by(self, person: Any) -> bool:
        """Whether `person` may act on it as their own: its author, or whoever is in its team."""
        if self.group_id is None:
            return bool(self.author_id == person.pk)
        return self.team.present().filter(person=person).exists()

    def approvable_by(self, person: User) -> bool:
        """Whether `person` says as a mentor who contributed what: theirs to review, and no work of their own."""
        cohorts = tuple(mentors_of_cohorts(person).values_list("cohort", flat=True))
        if not cohorts or self.author_id == person.pk or self.team.filter(person=person).exists():
            return False
        first, *others = mentored_keys(person, cohorts)
        return Submission.objects.filter(pk=self.pk, pk__in=first.union(*others, all=True)).exists()

    def credit(self, *, at: datetime) -> None:
        """Let the acceptance count: the item is done for the author, of a team for everybody whose part is approved."""
        item = self.project.item
        if self.group_id is None:
            item.mark(by=self.author, state="done", cause="accepted", at=at)
            return
        for member in self.team.approved().filter(credited_at=None).select_related("person").order_by("person"):
            item.mark(by=member.person, state="done", cause="accepted", at=at)
            member.credited_at = at
            member.save(update_fields=["credited_at"])

    def discredit(self, *, since: datetime) -> None:
        """Let the acceptance, which was taken back, not count: the item is as it was before `since`."""
        people = [self.author]
        if self.group_id is not None:
            credited = self.team.filter(credited_at__gte=since).select_related("person").order_by("person")
            people = [member.person for member in credited]
            credited.update(credited_at=None)
        for person in people:
            take_back(self.project.item, by=person, since=since)

    def read_by(self, person: User) -> None:
        """Keep that an admin read somebody's work: they may, and it is known."""
        if person.is_admin and not self.is_by(person):
            record(actor=person, verb="read", subject=self)

    def open_requests(self) -> models.QuerySet[Any]:
        """The change requests that are not settled yet, in the order in which they were made."""
        return self.change_requests.filter(state__in=["open", "addressed"])

    def requests_for_form(self) -> models.QuerySet[Any]:
        """The open change requests with what was asked, by whom, and what was said of them before."""
        return (
            self.open_requests()
            .select_related("comment__criterion", "opened_in")
            .prefetch_related("responses__round")
            .order_by("pk")
        )

    def hand_in(
        self, *, by: User, work: "Work", key: str = "", version: int | None = None, at: datetime | None = None
    ) -> "Round":
        """Hand in the next round, with what was done about the change requests that are open.

        Refused unless changes were asked for, the cohort still runs, and `by` is the author, or in the team; for a
        team `version` is that of the shared draft which was read.
        """
        from projects.models.entering import Team
        from projects.models.round import Round

        now = at or clock.now()
        with work.stored(), transaction.atomic():
            done = HandInKey.take(by, key, work.digest("round of", self.pk))
            if done.round:
                return done.round
            current = Submission.objects.select_for_update(no_key=True).get(pk=self.pk)
            if not current.is_by(by) or current.state != self.State.AWAITING_MENTEE:
                raise Refused("A new round can be handed in once changes were requested.", code="not_your_turn")
            if current.membership.left_at or current.cohort.state != Cohort.State.RUNNING:
                raise Refused("This cohort no longer takes work.", code="not_open")
            team = Team.enter(self.project, by=by, group=current.group, version=version) if self.group_id else None
            self.state, self.title = self.State.AWAITING_MENTOR, work.title
            self.rounds_count = current.rounds_count + 1
            self.awaiting_mentor_since, self.awaiting_mentee_since = now, None
            self.save(
                update_fields=["state", "title", "rounds_count", "awaiting_mentor_since", "awaiting_mentee_since"]
            )
            new = Round.make(self, by=by, work=work, at=now)
            assert new is not None  # only a first round may not be
            if team:
                team.handed_in(self, new, by=by, at=now)
            done.keep(new)
        return new

    def withdraw(self, *, by: User, at: datetime | None = None) -> None:
        """Take the work back, with the round that waits. Whoever holds it is told; what was said is kept."""
        from projects.models.signing import drop

        now = at or clock.now()
        with transaction.atomic():
            current = Submission.objects.select_for_update(no_key=True).get(pk=self.pk)
            open_states = (self.State.AWAITING_MENTOR, self.State.AWAITING_MENTEE)
            if not current.is_by(by) or current.state not in open_states:
                raise Refused("Accepted or withdrawn work cannot be withdrawn.", code="not_open")
            for waiting in self.rounds.select_for_update(no_key=True).filter(state="waiting"):
                holder = waiting.claimed_by if waiting.held(now) else None
                waiting.state, waiting.claimed_by, waiting.claimed_until = "withdrawn", None, None
                waiting.save(update_fields=["state", "claimed_by", "claimed_until"])
                drop(waiting, now)
                if holder:
                    title = f"{by} withdrew {self.title}"
                    body = "You held this round; nothing more is to be done. Your draft is kept."
                    url = self.get_absolute_url()
                    tell(holder, "withdrawn", subject=waiting, title=title, body=body, url=url, at=now)
            self.state, self.awaiting_mentor_since, self.awaiting_mentee_since = self.State.WITHDRAWN, None, None
            self.save(update_fields=["state", "awaiting_mentor_since", "awaiting_mentee_since"])
            record(actor=by, verb="withdrew", subject=self, at=now)
