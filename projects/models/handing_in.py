"""The statements of a hand-in: a round with its answers and, the first time, the submission with it."""

from typing import TYPE_CHECKING, Any

from mentorship.common.pipeline import Asked

if TYPE_CHECKING:
    from projects.models.round import Round
    from projects.models.submission import Submission
    from projects.work import Work

SUBMISSION = (
    "project_id",
    "membership_id",
    "author_id",
    "group_id",
    "starts_from_id",
    "title",
    "state",
    "rounds_count",
    "created_at",
)
ROUND = (
    "number",
    "state",
    "repository_url",
    "commit",
    "write_up",
    "write_up_html",
    "handed_in_at",
    "handed_in_by_id",
    "extensions",
)
# Names of the two tables' values do not meet: those of the submission are bound as `of_...`.
# The seat is asked about as `Project.open_to` does. Who hands in twice in the same moment waits here for their first
# one's commit, and finds nothing.
OPENED = """
  INSERT INTO projects_submission
    (project_id, membership_id, cohort_id, author_id, group_id, starts_from_id, title, state, rounds_count,
     awaiting_mentor_since, created_at)
  SELECT p.id, m.id, m.cohort_id, m.person_id, %(of_group_id)s, %(of_starts_from_id)s, %(of_title)s, %(of_state)s,
    %(of_rounds_count)s, %(of_created_at)s, %(of_created_at)s
  FROM projects_project p
  JOIN streams_item i ON i.id = p.item_id
  JOIN cohorts_cohort c ON c.stream_id = i.stream_id AND c.state = 'running'
  JOIN cohorts_membership m ON m.cohort_id = c.id
  WHERE p.id = %(of_project_id)s AND p.retired_at IS NULL
    AND m.id = %(of_membership_id)s AND m.person_id = %(of_author_id)s AND m.role = 'mentee' AND m.left_at IS NULL
  ON CONFLICT DO NOTHING RETURNING id"""
GOES_ON = "SELECT %(of_id)s::bigint AS id"
HAND_IN = f"""
WITH submission AS ({{submission}}
), round AS (
  INSERT INTO projects_round (submission_id, {", ".join(ROUND)})
  SELECT id, {", ".join(f"%({name})s" for name in ROUND)} FROM submission RETURNING id
), answered AS (
  INSERT INTO projects_answer (round_id, criterion_id, text, html, confidence)
  SELECT round.id, said.criterion, said.text, said.html, said.confidence
  FROM round, unnest(%(criteria)s::bigint[], %(texts)s::text[], %(htmls)s::text[], %(confidence)s::smallint[])
    AS said (criterion, text, html, confidence)
)
SELECT submission.id, round.id FROM submission, round
"""  # noqa: S608 - only names of ours are put in
FIRST, NEXT = (HAND_IN.format(submission=said) for said in (OPENED, GOES_ON))


def ask_hand_in(submission: "Submission", round: "Round", work: "Work") -> Asked:
    """Insert `round` with the answers of `work`; and `submission`, if it has no key yet.

    Answers with the keys of both, or with no row where the author may not hand in, or has one that goes on.
    """
    values: dict[str, Any] = {name: getattr(round, name) for name in ROUND} | {
        "criteria": list(work.answers),
        "texts": list(work.answers.values()),
        "htmls": [work.answers_html[criterion] for criterion in work.answers],
        "confidence": [work.confidence.get(criterion) for criterion in work.answers],
    }
    if submission.pk:
        return Asked(NEXT, values | {"of_id": submission.pk})
    return Asked(FIRST, values | {f"of_{name}": getattr(submission, name) for name in SUBMISSION})
