"""What Amara reads, where she applies, and the paper that waits on the list of her group."""

from datetime import datetime, timedelta
from typing import Any

from mentorship.cohorts.models import ClubPaper, GroupMember
from mentorship.people.models import User
from mentorship.study.models import Job, Reading, Resume
from mentorship.study.papers.identity import identify

ATTENTION = ("arXiv:1706.03762v7", "Attention Is All You Need", "Ashish Vaswani, Noam Shazeer, Niki Parmar", 2017)
RESIDUAL = ("https://arxiv.org/abs/1512.03385", "Deep Residual Learning for Image Recognition", "Kaiming He", 2015)
ADAM = ("1412.6980", "Adam: A Method for Stochastic Optimization", "Diederik P. Kingma, Jimmy Ba", 2014)
SUMMARY = (
    "Translation without recurrence: every word looks at every other one, with weights $softmax(QK^T/\\sqrt{d})V$."
)


def make_papers(amara: User, now: datetime) -> None:
    attention, residual, adam = (_read(amara, paper, now) for paper in (ATTENTION, RESIDUAL, ADAM))
    attention.move("first_pass", at=now - timedelta(days=15))
    ticked = ["title-abstract", "introduction", "headings", "conclusion"]
    attention.note_pass(1, ticked=ticked, summary=SUMMARY, version=0, at=now - timedelta(days=14))
    attention.move("second_pass", at=now - timedelta(days=6))
    residual.move("first_pass", at=now - timedelta(days=3))
    adam.move("put_aside", at=now - timedelta(days=2))
    _club(amara, attention, now)
    _jobs(amara, now)


def _read(person: User, paper: tuple[str, str, str, int], now: datetime) -> Reading:
    said, title, authors, year = paper
    at = now - timedelta(days=20)
    return Reading.add(by=person, identity=identify(said), title=title, authors=authors, year=year, at=at)[0]


def _club(amara: User, reading: Reading, now: datetime) -> None:
    """The first of her groups reads it next; she shows where she is and what she wrote."""
    places = GroupMember.objects.places_of(amara).filter(group__cohort__state="running")
    place = places.select_related("group__cohort", "membership__person").first()
    if place is None:
        return
    at = now - timedelta(days=5)
    row = ClubPaper.put(
        place.group, by=amara, identity=identify(reading.paper.name), url=reading.link, title=reading.title, at=at
    )
    row.choose(by=amara, at=at)
    row.share(place, summaries=True, at=at)


def _jobs(amara: User, now: datetime) -> None:
    resume = Resume.make(by=amara, name="Forecasting, remote", at=now - timedelta(days=12))
    resume.go_through(["one-page", "fit", "portfolio"], at=now - timedelta(days=12))
    said: dict[str, Any] = {"resume": resume, "fit": Job.Fit.MOSTLY, "fit_note": "They ask for Spark."}
    far = Job.add(by=amara, company="Baobab Energy", role="ML engineer", at=now - timedelta(days=10), **said)
    far.step("apply", at=now - timedelta(days=9))
    far.step("screen", at=now - timedelta(days=2))
    day = (now + timedelta(days=3)).date()
    far.change(version=far.version, next_on=day, next_step="Call with the team's lead")
    Job.add(by=amara, company="Lagos Transit Lab", role="Data scientist", at=now - timedelta(days=1))
