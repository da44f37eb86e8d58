"""What the pages of projects, submissions and rounds show, read in few queries and put in order."""

from html import escape
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString

from mentorship.cohorts.models import DueDate, Membership
from mentorship.common.times import exact
from mentorship.people.models import User
from projects import feedback, papers
from projects.belongings import belongings
from projects.expectation import expectation_of
from projects.help_wanted import help_wanted
from projects.hours import Burn, burn
from projects.in_place import show_in_place, show_threads
from projects.models import (
    Answer,
    ChangeRequest,
    Comment,
    Project,
    Response,
    Review,
    Round,
    RoundFile,
    Score,
    Submission,
)
from projects.models.entering import group_of
from projects.models.scopes import mentors_of_cohorts
from projects.movement import movement
from projects.rubric import side_by_side
from projects.threads import BIG, REQUEST_BADGES, Reader, place_link, with_remarks

BADGES = {
    "awaiting_mentor": ("warn", "Waiting for review"),
    "awaiting_mentee": ("accent", "Changes requested"),
    "accepted": ("good", "Accepted"),
    "withdrawn": ("", "Withdrawn"),
}
VERDICT_BADGES = {
    "accepted": ("good", "Accepted"),
    "changes_requested": ("accent", "Changes requested"),
}
UNSETTLED = ("open", "addressed")


def index_context(person: Any) -> dict[str, Any]:
    """Every project by stream, with the state of one's own work on it."""
    mine = {}
    if person.is_authenticated:
        live = Submission.objects.by(person).exclude(state="withdrawn").order_by("pk")
        mine = {row.project_id: row for row in live.only("project", "state", "title", "author")}
    streams: dict[int, dict[str, Any]] = {}
    projects = Project.objects.published().select_related("item__stream")
    for project in projects.order_by("item__stream__number", "item__position"):
        stream = project.item.stream
        group = streams.setdefault(stream.pk, {"stream": stream, "projects": []})
        submission = mine.get(project.pk)
        badge = BADGES[submission.state] if submission else None
        group["projects"].append({"project": project, "hours": hours_of(project), "badge": badge})
    return {"streams": list(streams.values())}


def hours_of(project: Project) -> str:
    """'40 to 60 hours', 'up to 60 hours', or '' when nobody says."""
    low, high = project.hours_min, project.hours_max
    if low and high and low != high:
        return f"{low} to {high} hours"
    return f"{high or low} hours" if high or low else ""


def team_of(project: Project) -> str:
    if project.team_max == 1:
        return "On your own"
    low, high = project.team_min, project.team_max
    return f"A team of {low}" if low == high else f"A team of {low} to {high}"


def project_context(project: Project, person: Any) -> dict[str, Any]:
    seats = list(project.open_to(person))
    mine: list[Any] = []  # submissions, with what the page shows of each
    if person.is_authenticated:
        mine = list(project.submissions.by(person).select_related("cohort").order_by("-created_at"))
    busy = {row.cohort_id for row in mine if row.state != "withdrawn"}
    for submission in mine:
        submission.badge = BADGES[submission.state]
    return {
        "project": project,
        "stream": project.item.stream,
        "item_href": project.item.get_absolute_url(),
        "criteria": list(project.criteria.filter(retired_at=None)),
        "hours": hours_of(project),
        "team": team_of(project),
        "mine": mine,
        "can_hand_in": any(seat.cohort_id not in busy for seat in seats),
        "burn": _burn(project, person, seats),
        "due": due_in(project, [seat for seat in seats if seat.cohort_id not in busy], person),
    }


def due_in(project: Project, seats: list[Membership], person: Any) -> list[dict[str, Any]]:
    """Until when `person` hands the project in, in each cohort where they have not."""
    if not seats:
        return []
    rows = DueDate.objects.filter(item=project.item_id, cohort__in=[seat.cohort_id for seat in seats])
    rows = rows.for_person(person).select_related("cohort").order_by("due_at")
    return [
        {
            "at": row.own_at, "why": str(row.why), "url": row.get_absolute_url(),
            "there": exact(row.own_at, row.cohort.zone), "local": exact(row.own_at),
        }
        for row in rows
    ]  # fmt: skip


def _burn(project: Project, person: Any, seats: list[Membership]) -> Burn | None:
    """The hours of who does this project now; of a team those of all."""
    if not seats:
        return None
    group = group_of(seats[0]) if project.team_max > 1 else None
    people = [row.membership.person_id for row in group.joined()] if group else [person.pk]
    return burn(project, people, seats[0].cohort_id)


def submission_context(submission: Submission, person: User) -> dict[str, Any]:
    """The whole story of a submission: rounds, newest first, with their reviews, and every change request."""
    requests = requests_of(submission)
    rounds = list(in_full(Round.objects.filter(submission=submission)).order_by("-number"))
    if submission.project.replicates:
        papers.attach(rounds)
    reader = Reader.of(person, submission)
    for round in rounds:
        round.submission = submission
        arrange(round, requests)
        show_threads(round, reader)
        show_work(round, "h4")
    last = rounds[0] if rounds else None
    return {
        "submission": submission,
        "project": submission.project,
        "stream": submission.project.item.stream,
        "badge": BADGES[submission.state],
        "rounds": rounds,
        "movement": movement(rounds),
        "requests": requests,
        "unsettled": sum(request.state in UNSETTLED for request in requests),
        "waits": who_waits(submission, person, last),
        "expectation": expectation_of(submission),
        "last": last,
        "help": help_wanted(last, person),
        "feedback": feedback.cards(submission, person),
        "is_author": submission.is_by(person),
        "may": submission.state == Submission.State.AWAITING_MENTEE and submission.is_by(person),
        "work": mentors_way_in(submission, last, person),
    } | belongings(submission, person)


def round_context(round: Round, person: User) -> dict[str, Any]:
    """One round, read `in_full`, with its notebooks as they look, and the review it got."""
    submission = round.submission
    if submission.project.replicates:
        papers.attach([round])
    put_in_place(round, person)
    show_work(round, "h3")
    numbers = submission.rounds.values_list("number", "pk")
    return {
        "submission": submission,
        "project": submission.project,
        "stream": submission.project.item.stream,
        "round": round,
        "notebooks": notebooks_of(round),
        "rubric": side_by_side(round),
        "numbers": [(number, reverse("projects:round", args=[pk]), pk == round.pk) for number, pk in numbers],
        "is_author": submission.is_by(person),
        "expectation": expectation_of(submission) if round.state == Round.State.WAITING else None,
        "work": mentors_way_in(submission, round, person),
    }


def put_in_place(round: Any, person: User) -> None:
    """Arrange a round read `in_full` with its notebooks: what was said of them stands in them."""
    requests, reader = requests_of(round.submission), Reader.of(person, round.submission)
    arrange(round, requests)
    show_threads(round, reader)
    show_in_place(round, requests, reader)


def in_full(rounds: QuerySet[Round], *, rendered: bool = False) -> QuerySet[Round]:
    """Rounds with what was handed in, and what was published about it; `rendered` brings the notebooks' HTML along."""
    answers = Answer.objects.select_related("criterion").order_by("criterion__position")
    files = RoundFile.objects.defer("cells", *(() if rendered else ("rendered_html", "outline")))
    rows = rounds.select_related("claimed_by").prefetch_related(Prefetch("answers", answers), Prefetch("files", files))
    comments = with_remarks(Comment.objects.all())
    scores = Score.objects.select_related("criterion").order_by("criterion__position")
    published = Review.objects.published().select_related("mentor", "countersigned_by")
    published = published.prefetch_related(Prefetch("comments", comments), Prefetch("scores", scores))
    return rows.prefetch_related(Prefetch("reviews", published, to_attr="published"))


def arrange(round: Any, requests: list[ChangeRequest]) -> None:
    """Put each comment of the review where it belongs, with the state of what it asks for."""
    by_comment = {request.comment_id: request for request in requests}
    published = getattr(round, "published", [])
    round.review = published[0] if published else None
    round.general, round.on_cells = [], []
    by_criterion: dict[int, list[Comment]] = {}
    for comment in round.review.comments.all() if round.review else ():
        comment.request = by_comment.get(comment.pk)
        if comment.file_id is not None:
            round.on_cells.append(comment)
        elif comment.criterion_id is None:
            round.general.append(comment)
        else:
            by_criterion.setdefault(comment.criterion_id, []).append(comment)
    round.on_criteria = [(comments[0].criterion, comments) for comments in by_criterion.values()]
    round.met = [
        (request, response)
        for request in requests
        for response in request.responses.all()
        if response.round_id == round.pk
    ]


def show_work(round: Any, heading: str) -> None:
    """What was handed in, ready to print, of a round read `in_full`; questions are headed by `heading`."""
    round.shown_files = list(round.files.all())
    answers = [(answer.criterion.question, answer.html) for answer in round.answers.all()]
    round.answers_html = answers_html(answers, heading)


def answers_html(answers: list[tuple[str, str]], heading: str) -> SafeString:
    """Questions with the answers' HTML, which is safe as it is stored; written out, for there are a dozen."""
    questions = [
        f'<div class="question"><{heading}>{escape(question)}</{heading}>'
        f'<div class="prose" hx-disable>{html}</div></div>\n'
        for question, html in answers
    ]
    if not questions:
        return SafeString("")
    return SafeString(f'<section class="stack" aria-label="Answers">\n{"".join(questions)}</section>')


def requests_of(submission: Submission) -> list[Any]:
    """Every change request, with what was asked, where, and what was said of it since."""
    rows = submission.change_requests.select_related("comment__criterion", "opened_in", "addressed_in", "settled_in")
    rows = rows.select_related("comment__file").defer(*[f"comment__file__{name}" for name in BIG])
    responses = Response.objects.select_related("round")
    requests: list[Any] = list(rows.prefetch_related(Prefetch("responses", responses)))
    for request in requests:
        request.badge = REQUEST_BADGES[request.state]
        request.unsettled = request.state in UNSETTLED
        request.place = place_link(request.comment, request.opened_in_id)
    return requests


def preparable(submission: Submission, pk: int) -> Any:
    """One change request, as its list shows it."""
    return next(request for request in requests_of(submission) if request.pk == pk)


def notebooks_of(round: Round) -> list[RoundFile]:
    return [file for file in round.files.all() if file.rendering != RoundFile.Rendering.NONE]


def who_waits(submission: Submission, person: User, last: Round | None) -> str:
    """'Waits for you', 'Waits for Mateo Rojas': who is to act; the page adds since when."""
    if submission.state == Submission.State.AWAITING_MENTEE:
        return f"Waits for {'you' if submission.is_by(person) else submission.author}"
    if submission.state != Submission.State.AWAITING_MENTOR:
        return ""
    if last and last.held():
        name = "you" if last.claimed_by == person else str(last.claimed_by)
        return f"Waits for {name} (reviewing now)"
    if submission.mentor_id == person.pk:  # type: ignore[attr-defined]
        return "Waits for you"
    return f"Waits for {submission.mentor_name or 'a mentor of the cohort'}"  # type: ignore[attr-defined]


def mentors_way_in(submission: Submission, last: Round | None, person: User) -> dict[str, Any]:
    """What a mentor of the cohort can do with the round that waits; empty for everybody else."""
    if last is None or last.state != Round.State.WAITING or submission.is_by(person):
        return {}
    # Who reads another's work mentors in its cohort, or is an admin, who may do so besides.
    if person.is_admin and not mentors_of_cohorts(person).filter(cohort=submission.cohort_id).exists():
        return {}
    mine = last.held_for(person)
    return {
        "until": last.claimed_until if last.held() else None,
        "holder": last.claimed_by if last.held() and not mine else None,
        "claim": "" if last.held() else reverse("projects:claim", args=[last.pk]),
        "review": reverse("projects:review", args=[last.pk]) if mine else "",
    }
