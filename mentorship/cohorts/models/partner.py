"""Accountability partners: a goal for the week, and a nudge at most once a day."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q

from mentorship.cohorts import telling_together as telling
from mentorship.cohorts.models.away import today_of
from mentorship.cohorts.models.cohort import Cohort
from mentorship.cohorts.models.group import Group, GroupMember
from mentorship.cohorts.models.pause import Pause
from mentorship.common.clock import now
from mentorship.common.errors import Refused
from mentorship.people import events
from mentorship.people.models import User


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


class WeekGoal(models.Model):
    """What a member of a pair wants to have done by Sunday."""

    member = models.ForeignKey(GroupMember, models.CASCADE, related_name="goals")
    monday = models.DateField()
    text = models.CharField(max_length=200)

    class Meta:
        ordering = ["-monday"]
        constraints = [
            models.UniqueConstraint("member", "monday", name="week_goal_once"),
            models.CheckConstraint(condition=Q(monday__iso_week_day=1), name="week_goal_on_monday"),
        ]

    def __str__(self) -> str:
        return self.text

    @classmethod
    def aim(cls, member: GroupMember, *, by: User, text: str, at: datetime | None = None) -> None:
        """This week's goal, on one's own calendar; an empty one takes it back."""
        if member.membership.person_id != by.pk or member.left_at or not member.joined_at:
            raise Refused("Everybody sets their own goal.", code="not_yours")
        monday, line = monday_of(today_of(by, at)), " ".join(text.replace("\x00", "").split())[:200]
        with transaction.atomic():
            GroupMember.objects.select_for_update(no_key=True).get(pk=member.pk)
            if line:
                cls.objects.update_or_create(member=member, monday=monday, defaults={"text": line})
            else:
                cls.objects.filter(member=member, monday=monday).delete()


class Nudge(models.Model):
    """A kind word from one partner to the other, at most one on a day of the giver's calendar."""

    class Words(models.IntegerChoices):
        HALF_AN_HOUR = 1, "Half an hour today? I sit down for mine as well."
        PROUD = 2, "You have come far already. One small step is enough for today."
        STUCK = 3, "Are you stuck somewhere? Tell me, two heads see more."
        THINKING = 4, "I am thinking of you. How does your week go?"

    group = models.ForeignKey(Group, models.PROTECT, related_name="nudges")
    giver = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    receiver = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    day = models.DateField(help_text="On the giver's calendar.")
    words = models.PositiveSmallIntegerField(choices=Words)
    created_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint("giver", "receiver", "day", name="nudge_once_a_day"),
            models.CheckConstraint(condition=~Q(giver=F("receiver")), name="nudge_another"),
            models.CheckConstraint(condition=Q(words__in=[1, 2, 3, 4]), name="nudge_words_known"),
        ]

    def __str__(self) -> str:
        return f"{self.giver_id} nudges {self.receiver_id}"

    @classmethod
    def give(cls, group: Group, *, by: User, words: int, at: datetime | None = None) -> "Nudge":
        """Nudge one's partner. Refused a second time on the same day, and while the partner is on a pause."""
        members = {row.membership.person_id: row.membership for row in group.joined()}
        others = [seat for key, seat in members.items() if key != by.pk]
        if group.kind != Group.Kind.ACCOUNTABILITY or by.pk not in members or len(others) != 1:
            raise Refused("Only partners of an accountability pair nudge each other.", code="no_partner")
        if group.cohort.state in (Cohort.State.FINISHED, Cohort.State.ARCHIVED):
            raise Refused("This cohort is over.", code="cohort_over")
        partner = others[0].person
        if Pause.objects.active_at(at or now()).filter(membership=others[0]).exists():
            raise Refused(f"{partner} is on a pause.", code="on_pause")
        row = cls(group=group, giver=by, receiver=partner, day=today_of(by, at), words=words, created_at=at or now())
        try:
            with transaction.atomic():
                row.save(force_insert=True)
                events.record(actor=by, verb="nudged", subject=row, at=at)
                telling.nudged(row, at=at)
        except IntegrityError as error:
            if "nudge_once_a_day" not in str(error):
                raise
            raise Refused(
                f"You nudged {partner} today already. Tomorrow is another day.", code="today_already"
            ) from error
        return row
