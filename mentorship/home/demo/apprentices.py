"""Two graduates of an earlier cohort: one mentors the stream below, countersigned by Mateo; the other could be asked."""

from datetime import datetime, timedelta

from mentorship.cohorts.graduation import conclude
from mentorship.cohorts.matching import assign
from mentorship.cohorts.models import Application, Apprenticeship, Cohort, Outcome
from mentorship.cohorts.seating import seat
from mentorship.home.demo.cohorts import answers
from mentorship.home.demo.rubric import scores_of
from mentorship.home.demo.work import hand_in, work_for
from mentorship.people.models import User
from projects.draft import Draft, Said
from projects.models import Project, Round, Submission
from streams.models import Stream

GRADUATES = ("gita", "omar")


def make_apprentices(people: dict[str, User], cohort: Cohort, now: datetime) -> None:
    """Gita mentors Ravi: her first review was countersigned, the one of his second round waits for Mateo."""
    ada, mateo, gita = people["ada"], people["mateo"], people["gita"]
    graduate(people, now)
    taken = now - timedelta(weeks=3)
    countersigner = cohort.memberships.mentors().get(person=mateo)
    outcome = Outcome.objects.get(membership__person=gita)
    row = Apprenticeship.take(cohort, outcome=outcome, countersigner=countersigner, capacity=2, by=ada, at=taken)
    ravi = seat(cohort=cohort, person=people["ravi"], by=ada, at=taken)
    assign(mentee=ravi, mentor=row.membership, by=ada, at=taken)
    project = Project.objects.get(item__stream=cohort.stream, retired_at=None)
    work = hand_in(people["ravi"], project, cohort, "When does the monsoon begin?", now - timedelta(days=9))
    said = Draft(
        "changes_requested",
        "You know these data better than most who publish on them. The split has to change before I trust the result.",
        (
            Said(
                "split", "Whole years on either side: two days of one monsoon are not two observations.", blocking=True
            ),
            Said("plot", "The map by decade is the best thing in it. Put it first."),
        ),
    )
    review(work, gita, said, now - timedelta(days=7))
    waiting = work.rounds.get()
    waiting.reviews.get().countersign(by=mateo, at=now - timedelta(days=6, hours=20))
    work.refresh_from_db()
    asked = work.change_requests.get()
    again = work_for(
        project, work.title, second=True, addressed={asked.pk: "Split by year; the error grew by a third."}
    )
    work.hand_in(by=people["ravi"], work=again, at=now - timedelta(hours=30))
    settled = {asked.pk: "accepted"}
    summary = "Now I believe it. What a constant answer scores would be a good first line of the write-up."
    review(work, gita, Draft("accepted", summary, (), settled), now - timedelta(hours=6))


def review(work: Submission, writer: User, said: Draft, at: datetime) -> None:
    """Claim the round that waits and sign its review."""
    waiting = Round.objects.get(submission=work, state="waiting")
    waiting.claim(by=writer, at=at)
    draft = waiting.draft_of(writer)
    scores = scores_of(work.project, second=said.verdict == "accepted")
    said = Draft(said.verdict, said.summary, said.comments, said.decisions, scores)
    draft.save_draft(by=writer, draft=said, version=draft.version, at=at + timedelta(minutes=30))
    draft.publish(by=writer, at=at + timedelta(minutes=40))


def graduate(people: dict[str, User], now: datetime) -> None:
    """Last winter's cohort of the stream above, with its graduates."""
    ada, start = people["ada"], now - timedelta(weeks=40)
    cohort = Cohort.draft(
        by=ada, at=start - timedelta(weeks=8), stream=Stream.objects.get(key="first-ml-job"),
        name="First ML job, last winter", slug="first-ml-job-last-winter", timezone="Asia/Kolkata", seats=6,
        hours_a_week=12, about="A first group, mornings in Europe, evenings in India.",
        starts_on=start.date(), ends_on=(start + timedelta(weeks=22)).date(), applications_close_on=start.date(),
    )  # fmt: skip
    cohort.open(by=ada, at=start - timedelta(weeks=8))
    for name in GRADUATES:
        applied = start - timedelta(weeks=4)
        said = answers("liam")
        row = Application.apply(cohort=cohort, person=people[name], answers=said, charter=1, at=applied)
        row.accept(by=ada, at=applied + timedelta(days=3))
    cohort.refresh_from_db()
    cohort.start(by=ada, at=start)
    end = start + timedelta(weeks=22)
    results = dict.fromkeys(cohort.memberships.mentees().values_list("pk", flat=True), Outcome.Result.GRADUATED)
    reasons = dict.fromkeys(results, "They finished before the program kept what was done.")
    conclude(cohort, results=results, by=ada, reasons=reasons, at=end)
    cohort.finish(by=ada, at=end)
