"""What a mentor sees while reviewing: the round, what was asked before, and the draft, slot by slot."""

from typing import Any

from django.utils.safestring import SafeString

from mentorship.cohorts.noting import new_form, notes_context
from mentorship.people.models import User
from projects import pages, papers, saved_replies
from projects.cell_slots import place_asked, with_slots
from projects.countersigning import beside_of
from projects.draft import Draft
from projects.in_place import carried_into, earlier_html
from projects.kept import writer_token
from projects.models import ChangeRequest, Review, Round, RoundFile
from projects.reading import Earlier, Reading
from projects.slots import criteria_html, places_html, templates_html
from projects.threads import Reader, place_threads, where_now


def context(reading: Reading, person: User, typed: Draft | None = None, at: str = "") -> dict[str, Any]:
    """The workspace with the draft that is saved, or with what was `typed` when that could not be.

    `at` names a cell, '12-5', on which a place to write is open.
    """
    round, submission = reading.round, reading.submission
    draft = typed if typed is not None else reading.draft
    requests = pages.requests_of(submission) if reading.has_requests else []
    if reading.project.replicates:
        papers.attach([round])
    pages.arrange(round, requests)
    round.shown_files = reading.files  # type: ignore[attr-defined]
    gone = _earlier_in_place(reading, requests, person)
    notebooks, placed = _placed(reading.files, draft, at)
    return (
        {
            "submission": submission,
            "project": reading.project,
            "stream": reading.stream,
            "writer": writer_token(person),
            "version": reading.review.version,
            "keys": "projects/_keys.html",
            "requests": [Asked(request, draft) for request in requests if request.state in pages.UNSETTLED],
            "notebooks": notebooks,
            "gone": gone,
            "poll": "?workspace",
            "beside": beside_of(reading.review) if reading.apprentice else None,
            "earlier": [_earlier(round, row) for row in reading.earlier],
        }
        | claim_context(round, reading.review, person)
        | _slots(reading, draft, person, placed)
        | beside(reading, person)
    )


def _slots(reading: Reading, draft: Draft, person: User, placed: set[int | None]) -> dict[str, Any]:
    """Where `person` writes, beside the work: on each question and on the whole; `placed` files have their own."""
    known = {row.criterion for row in reading.answers}
    general = [said for said in draft.comments if said.criterion not in known and said.file not in placed]
    replies = saved_replies.for_project(person, reading.project)

    def picker(criterion: int | None, question: str) -> str:
        return saved_replies.picker_html(replies, reading.round, criterion, question, form="draft")

    return {
        "draft": draft,
        "verdicts": [(value, label, value == draft.verdict) for value, label in Review.Verdict.choices],
        "criteria": criteria_html(reading.answers, draft, str(reading.submission.author), picker),
        "scored": sum(row.criterion in draft.scores for row in reading.answers),
        "questions": len(reading.answers),
        "on_round": places_html(general, None, "", picker(None, "")),
        "templates": templates_html(),
    }


def _earlier_in_place(reading: Reading, requests: list[Any], person: User) -> list[str]:
    """Put what was said in earlier rounds where its cell went; what is left is said of cells that are gone.

    Each change request gets `now`: a link to where its cell is in this round.
    """
    shown = {file.pk: file for file in reading.files if file.rendering == RoundFile.Rendering.DONE}
    if reading.round.number == 1 or not shown:
        return []
    reader, by_comment = Reader.of(person, reading.submission), {one.comment_id: one for one in requests}
    threads: dict[int, dict[int, list[str]]] = {}
    gone = []
    for row in carried_into(reading.round):
        row.comment.request = request = by_comment.get(row.comment_id)
        if row.cell is None:
            gone.append(earlier_html(row, reader))
        elif row.file_id in shown:
            threads.setdefault(row.file_id, {}).setdefault(row.cell, []).append(earlier_html(row, reader))
        if request is not None:
            request.now = where_now(row, shown.get(row.file_id))
    for pk, by_cell in threads.items():
        place_threads(shown[pk], by_cell)
    return gone


def _placed(files: list[RoundFile], draft: Draft, at: str) -> tuple[list[RoundFile], set[int | None]]:
    """The files that are read here, with the places of `draft` under their cells; and the keys of those shown so."""
    shown = [file for file in files if file.rendering != RoundFile.Rendering.NONE]
    done: set[int | None] = set()
    for file in shown:
        if file.rendering == RoundFile.Rendering.DONE:
            file.rendered_html = with_slots(file, draft, place_asked(at))
            done.add(file.pk)
    return shown, done


def beside(reading: Reading, person: User) -> dict[str, Any]:
    """Of the mentee: how far they are, and what mentors noted about them."""
    submission = reading.submission
    notes = notes_context(submission.membership_id, reading.mentee.slug, person, new_form())
    return {"mentee": reading.mentee} | notes


def claim_context(round: Round, review: Review, person: User) -> dict[str, Any]:
    """Whether `person` may publish what they write, and since when it is saved."""
    return {
        "round": round,
        "here": f"/rounds/{round.pk}/",
        "review": review,
        "mine": round.held_for(person),
        "held_by_other": round.claimed_by if round.held() and round.claimed_by_id != person.pk else None,
        "over": round.state != Round.State.WAITING,
    }


def _earlier(round: Round, row: Earlier) -> dict[str, Any]:
    badge = pages.VERDICT_BADGES.get(row.verdict or "") or ("", row.state.capitalize())
    return {
        "number": row.number,
        "url": f"/rounds/{row.pk}/",
        "difference": f"/rounds/{round.pk}/difference/{row.number}/",
        "badge": badge,
        "mentor": row.mentor,
        "summary": SafeString(row.summary_html or ""),  # rendered and sanitized when it was published
    }


class Asked:
    """A change request that is not settled, and what the draft decides about it."""

    def __init__(self, request: ChangeRequest, draft: Draft) -> None:
        self.request = request
        self.decided = draft.decisions.get(request.pk, "")
        choices = (("", "Still open"), ("accepted", "Accept"), ("waived", "Waive"))
        self.choices = [(value, label, value == self.decided) for value, label in choices]
