"""How many commits each author made in a team's repository, as the team has uploaded it."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q

from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.people.events import record
from mentorship.people.models import User
from projects.commits import Author, matched
from projects.models.submission import Submission


class CommitLog(models.Model):
    """Commits by author: a hint at who did what, not a measure of it. Uploaded anew it replaces what stood there."""

    class Source(models.TextChoices):
        SHORTLOG = "shortlog", "git shortlog, pasted"
        BUNDLE = "bundle", "a git bundle"

    submission = models.OneToOneField(Submission, models.PROTECT, related_name="commit_log")
    source = models.CharField(max_length=8, choices=Source)
    authors = models.JSONField(default=list, help_text="Each: name, email, commits, member (a team member's id).")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(source__in=["shortlog", "bundle"]), name="commit_log_source_known")
        ]

    def __str__(self) -> str:
        return f"commits of {self.submission_id}"

    @classmethod
    def keep(
        cls, submission: Submission, authors: list[Author], *, by: User, source: str, at: datetime | None = None
    ) -> "CommitLog":
        """Put `authors` in the place of what was uploaded before. Whoever matches a member is taken for them."""
        now = at or clock.now()
        with transaction.atomic():
            Submission.objects.select_for_update(no_key=True).get(pk=submission.pk)
            _refuse_unless_member(submission, by)
            people = {
                member.pk: (member.person.name, {member.person.email, *_addresses(member.person)})
                for member in submission.team.select_related("person").prefetch_related("person__emailaddress_set")
            }
            log, _new = cls.objects.update_or_create(
                submission=submission,
                defaults={
                    "source": source, "authors": matched(authors, people), "uploaded_by": by, "uploaded_at": now,
                },
            )  # fmt: skip
            commits = sum(number for _name, _email, number in authors)
            detail = {"source": source, "authors": len(authors), "commits": commits}
            record(actor=by, verb="uploaded_log", subject=submission, detail=detail, at=now)
        return log

    def match(self, members: Mapping[int, int | None], *, by: User, at: datetime | None = None) -> None:
        """Say who of the team the authors are, by their place in the list; None for nobody of the team."""
        with transaction.atomic():
            Submission.objects.select_for_update(no_key=True).get(pk=self.submission_id)
            _refuse_unless_member(self.submission, by)
            row = CommitLog.objects.get(pk=self.pk)
            known = set(self.submission.team.values_list("pk", flat=True))
            for place, member in members.items():
                if member is not None and member not in known:
                    raise Refused("Choose somebody of the team.", code="not_a_member")
                if 0 <= place < len(row.authors):
                    row.authors[place]["member"] = member
            row.save(update_fields=["authors"])
            record(actor=by, verb="matched_log", subject=self.submission, at=at)
        self.authors = row.authors

    def by_member(self) -> dict[int, int]:
        """Commits of each member that is known among the authors."""
        found: dict[int, int] = {}
        for author in self.authors:
            if author["member"]:
                found[author["member"]] = found.get(author["member"], 0) + author["commits"]
        return found

    def total(self) -> int:
        return sum(author["commits"] for author in self.authors)


def _addresses(person: User) -> set[str]:
    """Those of a person that are verified."""
    return {row.email for row in person.emailaddress_set.all() if row.verified}  # type: ignore[attr-defined]


def _refuse_unless_member(submission: Submission, by: User) -> None:
    if not submission.group_id or not submission.is_by(by):
        raise Refused("Only members of the team upload its log.", code="not_a_member")
