"""A team hands in: one of its group, for all of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from mentorship.cohorts.models import Group, Membership
from mentorship.common.errors import Refused
from mentorship.notifications.outbox import tell_all
from mentorship.people.models import User
from projects.models.shared import SharedDraft
from projects.models.submission import Submission
from projects.models.team import TeamMember
from streams.marking import Beginning

if TYPE_CHECKING:
    from projects.models.project import Project
    from projects.models.round import Round


@dataclass
class Team:
    """A group that hands in, held by its lock until the transaction ends."""

    group: Group
    draft: SharedDraft | None
    people: list[Membership]

    @classmethod
    def enter(cls, project: "Project", *, by: User, group: Group | None, version: int | None = None) -> "Team | None":
        """The team as whose member `by` hands in; None where a project is done alone.

        Refused without a group of the project's size, and raises `DraftChanged` when another member has saved the
        shared draft after `version`.
        """
        low, high = project.team_min, project.team_max
        if high == 1 or (group is None and low == 1):
            return None
        if group is None:
            message = f"This project is done by a team of {low} to {high}. Form a capstone team in your cohort first."
            raise Refused(message, code="needs_team")
        group = Group.objects.select_for_update(no_key=True, of=("self",)).select_related("cohort").get(pk=group.pk)
        people = [row.membership for row in group.joined()]
        if by.pk not in [member.person_id for member in people]:
            raise Refused("Only members of the team hand in its work.", code="not_a_member")
        if not low <= len(people) <= high:
            message = f"A team of {low} to {high} hands this in; {len(people)} have joined yours so far."
            raise Refused(message, code="team_size")
        draft = SharedDraft.objects.select_for_update(no_key=True).filter(group=group, project=project).first()
        if draft and version is not None:
            draft.refuse_unless(version)
        return cls(group, draft, people)

    def handed_in(self, submission: Submission, round: "Round", *, by: User, at: datetime) -> None:
        """What follows for a team: who is in it now, their progress, word to the others; the draft is used."""
        ids = [member.pk for member in self.people]
        known = {row.membership_id: row for row in submission.team.all()}
        TeamMember.objects.bulk_create(
            TeamMember(submission=submission, membership=member, person_id=member.person_id, joined_at=at)
            for member in self.people
            if member.pk not in known
        )
        submission.team.filter(left_at=None).exclude(membership__in=ids).update(left_at=at)
        submission.team.filter(membership__in=ids).update(left_at=None)
        others = [member.person for member in self.people if member.person_id != by.pk]
        for person in sorted(others, key=lambda person: person.pk):  # their locks, always in this order
            Beginning(submission.project.item, by=person).write(at=at, cause="handed_in")
        if self.draft:
            self.draft.use(at=at)
        title = f"{by} handed in {submission.project.label}, round {round.number}, for your team"
        tell_all(others, "team_handed_in", subject=round, title=title, url=submission.get_absolute_url(), at=at)


def group_of(membership: Membership) -> Group | None:
    """The capstone team that a mentee is in now."""
    rows = Group.objects.filter(
        kind=Group.Kind.CAPSTONE,
        members__membership=membership,
        members__left_at=None,
        members__joined_at__isnull=False,
    )
    return rows.select_related("cohort").first()
