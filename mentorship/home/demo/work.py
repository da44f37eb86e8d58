"""Five weeks of study and of Project 1, each mentee at another place in it."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.core.files.base import ContentFile

from mentorship.cohorts.models import Cohort, Membership
from mentorship.home.demo.calibration import make_calibration
from mentorship.home.demo.notebook import SPLIT, make_notebook
from mentorship.home.demo.replies import make_replies
from mentorship.home.demo.rubric import confidence_of, scores_of
from mentorship.people.models import User
from mentorship.study.models import StudyEntry
from projects import notebooks
from projects.draft import Draft, Said
from projects.models import Project, Round, Submission
from projects.work import NOTEBOOK, Upload, Work
from streams.models import Item

DONE_ITEMS = {"amara": 21, "bela": 17, "chiara": 27, "dmitri": 8, "esi": 13}
REPOSITORY = "https://github.com/example/bike-rentals"
ANSWERS = {
    "why": "For each step I wrote down what I would lose without it. Two steps did not survive that.",
    "worth-solving": "A city that knows tomorrow's rides moves bikes at night and not in traffic. Each van costs about 60 € an hour.",
    "data-preparation": "Hours without rides are missing, not zero; I filled them. I did the same on a weather data set to see that I can.",
    "compare-algorithms": "The linear model explains, the forest follows the rush hours. I chose depth by cross-validation.",
    "transfer": "Electricity by the hour: the same shape of day, another reason for the weekend.",
    "metric": "Errors on a log scale, since 10 rides too many matter at night and not at noon. The alternative is a plain RMSE.",
    "over-fitting": "Training and test error stay within 8 % of each other.",
    "knowledge-gaps": "I could not explain why bagging lowers variance without hiding behind the formula. I reread that chapter.",
    "lessons": "Start from the mean. Write the split down before the first model. Plot what the model gets wrong.",
}


def make_progress(people: dict[str, User], cohort: Cohort, now: datetime) -> None:
    """Items ticked over the weeks, and minutes on most days; Dmitri has been quiet for nine days."""
    leaves = list(Item.objects.published().filter(stream=cohort.stream, children=None).exclude(kind=Item.Kind.PROJECT))
    for name, count in DONE_ITEMS.items():
        begun, days = now - timedelta(weeks=5), 26 if name == "dmitri" else 34
        for number, item in enumerate(leaves[:count]):
            item.mark(by=people[name], state="done", at=begun + timedelta(days=1 + days * number / count))
        log_study(people[name], count, now, quiet=9 if name == "dmitri" else 0)


def log_study(person: User, seed: int, now: datetime, quiet: int) -> None:
    """Entries of the past five weeks; some days are free, the last `quiet` all are. Rows of the past, written as such."""
    entries = []
    for day in range(35, quiet - 1, -1):
        if (day * 7 + seed) % 5 == 0 and day > 3:
            continue
        moment = now - timedelta(days=day, hours=1 + seed % 7)
        minutes = 30 + (day * 13 + seed * 5) % 90
        local = moment.astimezone(person.zone).date()
        entries.append(StudyEntry(person=person, day=local, minutes=minutes, created_at=moment))
    StudyEntry.objects.bulk_create(entries)


def make_work(people: dict[str, User], cohort: Cohort, now: datetime) -> None:
    """Amara has changes to make, Béla has waited five days, Chiara was accepted in her second round."""
    project = Project.objects.get(item__stream=cohort.stream, retired_at=None)
    make_replies(people["mateo"], project)
    make_calibration(people["mateo"], now - timedelta(weeks=6))
    amara = hand_in(people["amara"], project, cohort, "Bike rentals by the hour", now - timedelta(days=6))
    review(amara, people["mateo"], now - timedelta(days=3), accepted=False)
    amara.change_requests.get().prepare(by=people["amara"], text="I split by week now. The error rises; see cell 5.")
    hand_in(people["bela"], project, cohort, "Which bridges need a look first?", now - timedelta(days=5))
    chiara = hand_in(people["chiara"], project, cohort, "House prices, explained twice", now - timedelta(days=16))
    review(chiara, people["mateo"], now - timedelta(days=14), accepted=False)
    request = chiara.change_requests.get()
    again = work_for(
        project, chiara.title, second=True, addressed={request.pk: "Split by month; the error rose by a fifth."}
    )
    chiara.hand_in(by=people["chiara"], work=again, at=now - timedelta(days=9))
    review(chiara, people["mateo"], now - timedelta(days=7), accepted=True)


def hand_in(person: User, project: Project, cohort: Cohort, title: str, at: datetime) -> Submission:
    seat = Membership.objects.get(person=person, cohort=cohort)
    return project.hand_in(by=person, membership=seat, work=work_for(project, title), at=at)


def work_for(project: Project, title: str, second: bool = False, addressed: dict[int, str] | None = None) -> Work:
    notebook = ContentFile(make_notebook(second), name="bike-rentals.ipynb")
    return Work(
        title=title,
        repository_url=REPOSITORY,
        commit="9f3c1d7" if second else "4b825dc",
        write_up=(
            "I followed three public solutions and rebuilt the second one.\n\n"
            "- **Data:** hourly counts of two years, with weather\n- **Model:** from the mean to a forest\n"
            "- **Result:** the forest is 60 % better than the linear model, $p < 0.01$ over ten splits\n"
            + (
                "- **Split:** by time, the last week of each month held back; the error rose by a fifth\n"
                if second
                else ""
            )
        ),
        answers={criterion.pk: ANSWERS[criterion.key] for criterion in project.criteria.filter(retired_at=None)},
        confidence=confidence_of(project, second),
        addressed=addressed or {},
        files=(
            Upload.of(notebook, "bike-rentals.ipynb", NOTEBOOK),
            Upload.of(ContentFile(SPLIT, name="split.py"), "split.py", "text/plain"),
        ),
    )


def review(submission: Submission, mentor: User, at: datetime, *, accepted: bool) -> None:
    """Claim the waiting round, write the draft, publish it."""
    waiting = Round.objects.get(submission=submission, state="waiting")
    waiting.claim(by=mentor, at=at)
    draft = waiting.draft_of(mentor)
    criterion = submission.project.criteria.get(key="over-fitting")
    if accepted:
        settled = {request.pk: "accepted" for request in submission.change_requests.filter(state="addressed")}
        said = Draft(
            "accepted", "The second round answers what I asked, and the write-up is worth publishing.", (), settled
        )
    else:
        notebook = waiting.files.get(name="bike-rentals.ipynb")
        notebooks.render_file(notebook.pk, at=at)  # comments are made on what was read
        comments = (
            Said("line", "Which hours fall into the test part? Print the first and the last, then one sees it.",
                 file=notebook.pk, cell=4, line_from=1, line_to=1),
            Said("split", "Rides of one day are in both parts when you split at random. Split by time, and say what "
                 "that does to the error.", criterion.pk, blocking=True),
            Said("praise", "Starting from the mean is exactly right; keep that table."),
        )  # fmt: skip
        said = Draft(
            "changes_requested", "Good work, clearly told. One thing has to change before I believe it.", comments
        )
    said = replace(said, scores=scores_of(submission.project, second=accepted))
    draft.save_draft(by=mentor, draft=said, version=draft.version, at=at + timedelta(minutes=30))
    draft.publish(by=mentor, at=at + timedelta(minutes=40))
    for comment in draft.comments.filter(key="line"):
        comment.reply(
            by=submission.author,
            text="All of them, mixed: `split` shuffles. I see the point.",
            at=at + timedelta(hours=5),
        )
    submission.refresh_from_db()
