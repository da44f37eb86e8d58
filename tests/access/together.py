"""What the access table needs of people being together in a cohort."""

from datetime import timedelta
from types import SimpleNamespace

from mentorship.cohorts.models import Announcement, ClubPaper, CohortQuestion, Departure, GroupLink, GroupPost, Pause
from mentorship.cohorts.models.away import today_of
from mentorship.common.clock import now
from mentorship.study.papers.identity import identify
from tests import factory


def furnish(w: SimpleNamespace) -> None:
    today = today_of(w.people["mentee"])
    days = {"first_day": today - timedelta(days=30), "returns_on": today - timedelta(days=23)}
    w.pause = Pause.objects.create(membership=w.mentee, reason="rest", ended_at=now(), **days)
    left = factory.make_membership(w.other_cohort, w.people["mentee"])
    w.departure = Departure.take(left, by=w.people["mentee"], kind="time")
    by = w.people["mentee"]
    w.group_post = GroupPost.write(w.pair, by=by, text="Shall we begin?")
    w.club_paper = ClubPaper.put(w.pair, by=by, identity=identify("1706.03762"), url="https://arxiv.org/abs/1706.03762")
    w.group_link = GroupLink.share(w.pair, by=by, title="Notes", url="https://example.org/notes")
    mentor = w.people["mentor"]
    w.announcement = Announcement.announce(w.cohort, by=mentor, title="A guest", text="Come early.")
    w.asked = CohortQuestion.ask(w.cohort, by=by, title="How do I split?", text="By time?")
    w.answer = w.asked.answer(by=mentor, text="Forward.")
