"""Putting saved replies into a review: which of them suit a question, and with their fields filled in."""

import re
from collections.abc import Iterable
from dataclasses import replace
from html import escape
from typing import Any

from django.db import connection
from django.utils.safestring import SafeString

from mentorship.people.models import User
from projects.draft import Draft, Said, new_key
from projects.models import Criterion, Project, Round
from projects.models.reply import SavedReply

FIELDS = {
    "name": "the mentee's first name",
    "project": "the project's title",
    "round": "the number of the round",
    "criterion": "the question",
}
FIELD = re.compile("{(" + "|".join(FIELDS) + ")}")
OFFERED = 8  # at one question


# As `SavedReplies.visible_to` says it to a mentor, of one project; a queryset took longer to build than to answer.
FOR_PROJECT = """
SELECT s.id, s.shared, s.criterion, s.title, s.text, c.id
FROM projects_savedreply s LEFT JOIN projects_criterion c ON c.project_id = %(project)s AND c.key = s.criterion
WHERE (s.project_id IS NULL OR s.project_id = %(project)s) AND EXISTS (SELECT FROM cohorts_membership m
    WHERE m.person_id = %(mentor)s AND m.role = 'mentor' AND m.left_at IS NULL)
  AND (NOT s.shared AND s.author_id = %(mentor)s OR s.shared AND EXISTS (
    SELECT FROM projects_project p JOIN streams_item i ON i.id = p.item_id
    JOIN cohorts_cohort h ON h.stream_id = i.stream_id JOIN cohorts_membership m ON m.cohort_id = h.id
    WHERE p.id = %(project)s AND p.retired_at IS NULL AND m.person_id = %(mentor)s AND m.role = 'mentor'
      AND m.left_at IS NULL))
ORDER BY s.shared DESC, s.title, s.id
"""


def for_project(mentor: User, project: Project) -> list[Any]:
    """What `mentor` may put in while reviewing `project`, in one query; `on`: the question that a reply is for."""
    with connection.cursor() as cursor:
        cursor.execute(FOR_PROJECT, {"project": project.pk, "mentor": mentor.pk})
        rows = cursor.fetchall()
    found = []
    for *columns, on in rows:
        reply: Any = SavedReply.from_db(connection.alias, ["id", "shared", "criterion", "title", "text"], columns)
        reply.on = on
        found.append(reply)
    return found


def suited(replies: Iterable[Any], criterion: int | None) -> list[Any]:
    """Of `replies` those that suit `criterion` (None: the whole round): those made for it first, then the general."""
    made_for = [reply for reply in replies if criterion is not None and reply.on == criterion]
    general = [reply for reply in replies if not reply.criterion]
    return [*made_for, *general][:OFFERED]


def suggest(mentor: User, project: Project, criterion: Criterion | int | None) -> list[Any]:
    """What `mentor` could say at one question of `project`. For all questions at once: `for_project`, then `suited`."""
    pk = criterion.pk if isinstance(criterion, Criterion) else criterion
    return suited(for_project(mentor, project), pk)


def filled(text: str, *, mentee: str, project: str, number: int, question: str = "") -> str:
    """`text` with its fields filled in, each once: what a name holds is not looked at again."""
    known = {
        "name": mentee.split()[0] if mentee.split() else mentee,
        "project": project,
        "round": str(number),
        "criterion": question or "this question",
    }
    return FIELD.sub(lambda found: known[found[1]], text)


def filled_for(reply: SavedReply, round: Round, question: str = "") -> str:
    submission = round.submission
    return filled(
        reply.text,
        mentee=submission.author.name,
        project=submission.project.title,
        number=round.number,
        question=question,
    )


def picker_html(
    replies: Iterable[Any], round: Round, criterion: int | None, question: str = "", form: str = ""
) -> SafeString:
    """The replies that suit a question, each a button that puts it in; '' when there is none.

    Goes inside the review's form, or says with `form` which one it belongs to. Without JavaScript the button saves
    the draft with one comment more; with it, `static/js/replies.js` puts the text where one writes. `question` is
    plain text.
    """
    rows = "".join([_row_html(reply, round, criterion, question, form) for reply in suited(replies, criterion)])
    if not rows:
        return SafeString("")
    return SafeString(
        '<details class="replies"><summary class="small">Saved replies</summary>'
        f'<ul class="plain">{rows}</ul><p class="small"><a href="/replies/">All your saved replies</a></p></details>\n'
    )


def _row_html(reply: Any, round: Round, criterion: int | None, question: str, form: str) -> str:
    text = filled_for(reply, round, question)
    start = text if len(text) <= 90 else f"{text[:90].rsplit(' ', 1)[0]} …"
    shared = ' <span class="badge">Shared</span>' if reply.shared else ""
    belongs = f' form="{form}"' if form else ""
    return (
        f'<li><button class="reply" type="submit"{belongs} name="reply" value="{reply.pk}-{criterion or ""}" '
        f'data-insert="{escape(text)}"><span class="strong">{escape(reply.title)}</span>{shared}'
        f'<span class="soft small">{escape(start)}</span></button></li>\n'
    )


def put_in(draft: Draft, chosen: str, round: Round, mentor: User) -> Draft:
    """`draft` with the reply that was `chosen` as one comment more: '<reply>-<criterion>', as the picker sends it.

    What cannot be put in changes nothing: the draft is what must not be lost.
    """
    pk, _, criterion = chosen.partition("-")
    if not re.fullmatch("[0-9]{1,18}", pk) or not re.fullmatch("[0-9]{0,18}", criterion):
        return draft
    reply = SavedReply.objects.visible_to(mentor).filter(pk=pk).first()
    asked = Criterion.objects.filter(project=round.submission.project_id, pk=criterion).first() if criterion else None
    if reply is None or (criterion and asked is None):
        return draft
    text = filled_for(reply, round, asked.question if asked else "")
    said = Said(new_key(), text, asked.pk if asked else None)
    return replace(draft, comments=(*draft.comments, said))
