"""What stands beside the text of a post: suggestions and threads in the order of their passages."""

from typing import Any

from blog.models import EditorComment, Post, Suggestion
from blog.words import Piece, difference
from mentorship.people.models import User

AROUND = 60  # characters of the text that are shown on both sides of a change
LONGEST_SHOWN = 600  # of a quote
DECIDED = 30  # that are shown, the latest ones
LAST = 10**9  # where those stand whose place is gone


def passages_of(post: Post, person: User, verbs: frozenset[str]) -> dict[str, Any]:
    """`open` (suggestions and unresolved threads), `done` (decided ones, resolved threads), and the `source`."""
    suggestions = list(post.suggestions.select_related("by", "decided_by").order_by("-pk")[:300])
    threads = _threads(post)
    waiting = [_suggestion(one, person, verbs) for one in suggestions if one.state in ("open", "outdated")]
    waiting += [_thread(one, post, verbs) for one in threads if one.resolved_at is None]
    waiting.sort(key=lambda row: (row["at"], row["pk"]))
    decided = [_suggestion(one, person, verbs) for one in suggestions if one.decided_at][:DECIDED]
    resolved = [_thread(one, post, verbs) for one in threads if one.resolved_at]
    return {
        "waiting": waiting,
        "done": decided + resolved,
        "undecided": sum(one.state == "open" for one in suggestions),
        "source": marked(post.body, [row for row in waiting if row["at"] < LAST]),
        "may_begin": bool(verbs & {"suggest", "comment"}),
    }


def _threads(post: Post) -> list[EditorComment]:
    """Those at a passage, each with its `answers`."""
    rows = list(post.editor_comments.select_related("author", "resolved_by").order_by("pk")[:1000])
    found = {row.pk: row for row in rows if row.parent_id is None and row.quote}
    for row in found.values():
        row.answers = [one for one in rows if one.parent_id == row.pk]  # type: ignore[attr-defined]
    return list(found.values())


def _suggestion(one: Suggestion, person: User, verbs: frozenset[str]) -> dict[str, Any]:
    body = one.post.body
    passage = one.passage_in(body) if one.state == "open" else None
    now = one.quote if passage is None else passage
    around = (one.prefix, one.suffix)
    if passage is not None and one.start is not None and one.end is not None:
        around = (_before(body, one.start), _after(body, one.end))
    changes = difference(now, one.replacement)
    pieces: list[Piece] = [("near", around[0]), *changes, ("near", around[1])]
    undecided = one.state in ("open", "outdated")
    return {
        "kind": "suggestion",
        "pk": one.pk,
        "at": one.start if one.state == "open" and one.start is not None else LAST,
        "one": one,
        "what": "Insert" if not one.quote else "Delete" if not one.replacement else "Replace",
        "line": None if passage is None else body.count("\n", 0, one.start) + 1,
        "pieces": [piece for piece in pieces if piece[1]],
        "passage": now,
        "changed": passage is not None and passage != one.quote,
        "outdated": one.state == "outdated",
        "may_decide": undecided and "decide" in verbs,
        "may_accept": one.state == "open" and "decide" in verbs,
        "may_withdraw": undecided and "suggest" in verbs and one.by_id == person.pk,
    }


def _before(body: str, start: int) -> str:
    """What stands before a passage in its paragraph, from the beginning of a word."""
    near = body[max(0, start - AROUND) : start].rpartition("\n\n")[2]
    return near if start <= AROUND or len(near) < AROUND else f"…{near[near.find(' ') + 1 :]}"


def _after(body: str, end: int) -> str:
    near = body[end : end + AROUND].partition("\n\n")[0]
    return near if end + AROUND >= len(body) or len(near) < AROUND else f"{near[: near.rfind(' ') + 1]}…"


def _thread(one: EditorComment, post: Post, verbs: frozenset[str]) -> dict[str, Any]:
    passage = one.passage_in(post.body)
    return {
        "kind": "thread",
        "pk": one.pk,
        "at": LAST if one.start is None else one.start,
        "one": one,
        "line": None if passage is None else post.body.count("\n", 0, one.start) + 1,
        "quote": one.quote[:LONGEST_SHOWN],
        "changed": passage is not None and passage != one.quote,
        "answers": one.answers,  # type: ignore[attr-defined]
        "may_answer": "comment" in verbs,
    }


def marked(body: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The source cut into pieces; `row` where one begins at which something is said. What overlaps is marked once."""
    pieces: list[dict[str, Any]] = []
    done = 0
    for row in rows:
        start, end = row["one"].start, row["one"].end
        if start < done:
            continue
        pieces += [{"text": body[done:start]}, {"text": body[start:end], "row": row}]
        done = end
    return [piece for piece in [*pieces, {"text": body[done:]}] if piece["text"] or "row" in piece]
