"""What a mentor reads while reviewing, in one statement.

The workspace was eight querysets, whose building took most of its time. Who may read it is said here in SQL as
`Rounds.workable_by` says it in querysets; tests hold the two together.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple

from django.db import connection, models

from mentorship.cohorts.models import Membership
from mentorship.common import clock
from mentorship.people.models import User
from projects import mentee
from projects.draft import Draft, Said
from projects.mentee import Mentee, moments
from projects.models import Criterion, Project, Review, Round, RoundFile, Submission
from streams.models import Item, Stream

# Each table's columns that the page shows; all others are deferred, as with `only`.
COLUMNS: tuple[tuple[type[models.Model], str, str], ...] = (
    (
        Round,
        "r",
        "id submission_id number state repository_url commit write_up_html handed_in_at claimed_by_id claimed_until "
        "extensions",
    ),
    (Submission, "s", "id project_id author_id membership_id cohort_id group_id title"),
    (Project, "p", "id item_id key label title replicates"),
    (Stream, "t", "id key number"),
    (User, "author", "id name handle"),
    (User, "holder", "id name handle"),
    (Review, "v", "id round_id mentor_id state version verdict summary saved_at"),
)
WORKSPACE = f"""
WITH seat AS (
  SELECT id, cohort_id FROM cohorts_membership WHERE person_id = %(mentor)s AND role = 'mentor' AND left_at IS NULL
)
SELECT {", ".join(f"{table}.{column}" for _model, table, columns in COLUMNS for column in columns.split())},
  (SELECT json_agg(json_build_array(c.id, c.question, a.html, a.confidence) ORDER BY c.position)
   FROM projects_answer a JOIN projects_criterion c ON c.id = a.criterion_id WHERE a.round_id = r.id),
  (SELECT json_agg(json_build_array(c.key, c.text, c.criterion_id, c.blocking, c.file_id, c.cell, c.line_from,
     c.line_to) ORDER BY c.id)
   FROM projects_comment c WHERE c.review_id = v.id),
  (SELECT json_agg(json_build_array(d.change_request_id, d.settles_as))
   FROM projects_decision d WHERE d.review_id = v.id),
  (SELECT json_agg(json_build_array(c.criterion_id, c.level)) FROM projects_score c WHERE c.review_id = v.id),
  (SELECT json_agg(json_build_array(o.number, o.id, o.state, w.verdict, m.name, w.summary_html) ORDER BY o.number DESC)
   FROM projects_round o LEFT JOIN projects_review w ON w.round_id = o.id AND w.state = 'published'
   LEFT JOIN people_user m ON m.id = w.mentor_id WHERE o.submission_id = s.id AND o.number < r.number),
  EXISTS (SELECT FROM projects_roundfile WHERE round_id = r.id),
  EXISTS (SELECT FROM projects_changerequest WHERE submission_id = s.id),
  ({mentee.SQL.format(person="s.author_id", stream="t.id", item="p.item_id", cohort="s.cohort_id")}),
  EXISTS (SELECT FROM cohorts_apprenticeship WHERE membership_id IN (SELECT id FROM seat))
FROM projects_round r
JOIN projects_submission s ON s.id = r.submission_id
JOIN projects_project p ON p.id = s.project_id
JOIN streams_item i ON i.id = p.item_id
JOIN streams_stream t ON t.id = i.stream_id
JOIN people_user author ON author.id = s.author_id
LEFT JOIN people_user holder ON holder.id = r.claimed_by_id
LEFT JOIN projects_review v ON v.round_id = r.id AND v.mentor_id = %(mentor)s
WHERE r.id = %(round)s AND s.author_id <> %(mentor)s AND EXISTS (SELECT FROM seat)
AND NOT EXISTS (SELECT FROM projects_teammember t WHERE t.submission_id = s.id AND t.person_id = %(mentor)s) AND (
  EXISTS (SELECT FROM cohorts_assignment g JOIN cohorts_membership m ON m.id = g.mentor_id
    WHERE g.mentee_id IN (SELECT s.membership_id UNION ALL
        SELECT t.membership_id FROM projects_teammember t WHERE t.submission_id = s.id)
      AND g.ended_at IS NULL AND m.person_id = %(mentor)s AND m.left_at IS NULL)
  OR s.cohort_id IN (SELECT cohort_id FROM seat) AND (
    EXISTS (SELECT FROM projects_round held
      WHERE held.submission_id = s.id AND held.claimed_by_id = %(mentor)s AND held.state = 'waiting')
    OR EXISTS (SELECT FROM projects_review w JOIN projects_round q ON q.id = w.round_id
      WHERE q.submission_id = s.id AND w.mentor_id = %(mentor)s)))
"""  # noqa: S608 - only names of ours are put in


class Answered(NamedTuple):
    """One question of the round, with what the mentee answered, as HTML, and how sure they are, from 1 to 5."""

    criterion: int
    question: str
    html: str
    confidence: int | None


class Earlier(NamedTuple):
    """A round before this one, and the review that it got: verdict and summary, '' when it got none."""

    number: int
    pk: int
    state: str
    verdict: str | None
    mentor: str | None
    summary_html: str | None


@dataclass(frozen=True)
class Reading:
    """A round with all that its workspace shows."""

    round: Round
    submission: Submission
    project: Project
    stream: Stream
    review: Review
    draft: Draft
    answers: list[Answered]
    earlier: list[Earlier]
    files: list[RoundFile]
    has_requests: bool
    mentee: Mentee
    apprentice: bool  # who writes the review is one in some cohort, or was


def read(pk: int, mentor: User, at: datetime | None = None) -> Reading | None:
    """The round, if `mentor` may write its review; one query, and one more when it has files."""
    with connection.cursor() as cursor:
        cursor.execute(WORKSPACE, {"round": pk, "mentor": mentor.pk} | moments(at or clock.now()))
        row = cursor.fetchone()
    if row is None:
        return None
    values = iter(row)
    round, submission, project, stream, author, holder, review = (
        made(model, names, values) for model, _, names in COLUMNS
    )
    answers, comments, decisions, scores, earlier, has_files, has_requests, about, apprentice = values
    submission.project, submission.author = project, author
    round.submission, round.claimed_by = submission, holder
    if review is None:
        review = Review(round=round, mentor=mentor)
    said = tuple(Said(*comment) for comment in comments or ())
    return Reading(
        round=round,
        submission=submission,
        project=project,
        stream=stream,
        review=review,
        draft=Draft(review.verdict, review.summary, said, dict(decisions or ()), dict(scores or ())),
        answers=[Answered(*answer) for answer in answers or ()],
        earlier=[Earlier(*row) for row in earlier or ()],
        files=list(RoundFile.objects.defer("cells").filter(round=pk)) if has_files else [],
        has_requests=has_requests,
        mentee=mentee.made(about),
        apprentice=apprentice,
    )


def made(model: type[models.Model], names: str, values: Iterator[Any]) -> Any:
    """The next columns as a row of `model`; None when there is none (an outer join without a match)."""
    columns = names.split()
    found = dict(zip(columns, islice(values, len(columns)), strict=True))
    if found["id"] is None:
        return None
    fields = [field.attname for field in model._meta.concrete_fields if field.attname in found]  # as from_db expects
    return model.from_db("default", fields, [found[field] for field in fields])


ENTRANCE_COLUMNS: tuple[tuple[type[models.Model], str, str], ...] = (
    (Project, "p", "id item_id key label title team_min team_max replicates builds_on_id retired_at"),
    (Item, "i", "id stream_id key kind title retired_at"),
    (Stream, "t", "id key number title"),
    (Membership, "seat", "id cohort_id person_id role"),
)
ENTRANCE = f"""
SELECT {", ".join(f"{table}.{column}" for _model, table, columns in ENTRANCE_COLUMNS for column in columns.split())},
  (SELECT json_agg(json_build_array(c.id, c.question, c.guidance) ORDER BY c.position)
   FROM projects_criterion c WHERE c.project_id = p.id AND c.retired_at IS NULL)
FROM projects_project p
JOIN streams_item i ON i.id = p.item_id
JOIN streams_stream t ON t.id = i.stream_id
JOIN LATERAL (
  SELECT m.id, m.cohort_id, m.person_id, m.role
  FROM cohorts_membership m JOIN cohorts_cohort h ON h.id = m.cohort_id
  WHERE m.person_id = %(person)s AND m.role = 'mentee' AND m.left_at IS NULL
    AND h.state = 'running' AND h.stream_id = i.stream_id
  ORDER BY m.id LIMIT 1
) seat ON true
WHERE p.key = %(key)s AND p.retired_at IS NULL AND (i.retired_at IS NULL
  OR EXISTS (SELECT FROM projects_submission s WHERE s.project_id = p.id AND s.author_id = %(person)s))
"""  # noqa: S608 - only names of ours are put in


def entrance(key: str, person: User) -> tuple[Project, Membership, list[Criterion]] | None:
    """The project that `person` may hand in, their seat for it and its questions; None for who may not.

    As `Project.objects.visible_to` and `Project.open_to` say it, in one query.
    """
    with connection.cursor() as cursor:
        cursor.execute(ENTRANCE, {"key": key, "person": person.pk})
        row = cursor.fetchone()
    if row is None:
        return None
    values = iter(row)
    project, item, stream, seat = (made(model, names, values) for model, _, names in ENTRANCE_COLUMNS)
    item.stream, project.item = stream, item
    questions = next(values) or ()
    return project, seat, [made(Criterion, "id question guidance", iter(question)) for question in questions]
