"""Ideas: what a post could begin from, with its pitch, until its author begins to write."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from blog.models import Post
from blog.text import clean_body, clean_line
from blog.writing import ChangedMeanwhile, Source, Text, begin
from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.common.rendering.markdown import excerpt
from mentorship.people.events import record
from mentorship.people.models import User
from mentorship.study.models import Note

# What the program asks of every idea; a pitch is Markdown with these as headings.
QUESTIONS = {
    "for_whom": "For whom is it?",
    "afterwards": "What can they do afterwards?",
    "tried": "What did you try?",
    "missing": "What is missing elsewhere?",
}
LONGEST = 900  # characters an answer, so that a pitch of four is never too long
SENTENCE = re.compile(r"(?<=[.?!])\s")
HEADING = re.compile(r"^## (.+)$", re.MULTILINE)


def pitch_from(answers: Mapping[str, str]) -> str:
    """The answers as one text; those that were left out are not asked there."""
    said = ((question, clean_body(answers.get(name, "")).strip()) for name, question in QUESTIONS.items())
    return "\n\n".join(f"## {question}\n\n{text[:LONGEST]}" for question, text in said if text)


def answers_of(pitch: str) -> dict[str, str]:
    """A pitch taken apart again. What stands under no question of ours is about what is missing."""
    first, *parts = HEADING.split(pitch)
    names = {question: name for name, question in QUESTIONS.items()}
    answers = dict.fromkeys(QUESTIONS, "")
    for heading, text in [("", first), *zip(parts[::2], parts[1::2], strict=True)]:
        name = names.get(heading, "missing")
        answers[name] = f"{answers[name]}\n\n{text.strip()}".strip()
    return answers


def seen(pitch: str) -> str:
    """Names a pitch, so that who changes it says which one they saw."""
    return hashlib.sha256(pitch.encode()).hexdigest()[:16]


@transaction.atomic
def pitch(post: Post, *, by: User, answers: Mapping[str, str], saw: str, at: datetime | None = None) -> None:
    """Answer the questions anew, while it is an idea or a draft.

    ChangedMeanwhile when another answer was saved since the one that `saw` names.
    """
    post.lock_for("revise", by)
    if post.state not in (Post.State.IDEA, Post.State.DRAFT):
        raise Refused("The pitch is of ideas and drafts; this post has come further.", code="cannot_pitch")
    new = pitch_from(answers)
    if new == post.pitch:
        return
    if saw != seen(post.pitch):
        raise ChangedMeanwhile
    post.pitch = new
    post.save(update_fields=["pitch"])
    record(actor=by, verb="pitched", subject=post, at=at)


def idea(
    *, by: User, title: str, source: str = "", origin: str = "hand", url: str = "", at: datetime | None = None,
    key: Any = None, **answers: str,
) -> Post:  # fmt: skip
    """An idea of `by`. What has a `source` begins one post a person: again gives that one."""
    text = Text(title=clean_line(title)[:140] or "An idea")
    came = Source(origin=origin, key=source, url=url, pitch=pitch_from(answers), as_idea=True)
    return begin(by=by, text=text, key=key, source=came, at=at or clock.now())


def from_note(note: Note, *, by: User, at: datetime | None = None) -> Post:
    """The idea that a gap becomes. Refused for a note that is none, or is somebody else's."""
    if note.person_id != by.pk or not note.is_gap:
        raise Refused("Only a gap of your own becomes an idea. Mark the note as one first.", code="no_gap")
    first = SENTENCE.split(excerpt(note.text, words=60))[0]
    title = first if len(first) < 100 else first[:100].rsplit(" ", 1)[0] + "…"
    return idea(
        by=by, title=title, origin=Post.Origin.NOTE, source=f"note:{note.pk}",
        url=note.get_absolute_url(), missing=note.text, at=at,
    )  # fmt: skip


def begun_from(sources: Iterable[str], person: Any) -> dict[str, Post]:
    """By source: the post that `person` began from it. One query, none for nothing."""
    wanted = [source for source in sources if source]
    if not wanted:
        return {}
    rows = Post.objects.filter(author_id=person.pk, origin_key__in=wanted).only("state", "slug", "origin_key", "title")
    return {post.origin_key: post for post in rows}
