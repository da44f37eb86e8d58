"""What a person may do with a post as it stands: the one place that says so."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from blog.models.scopes import MENTORS_SEE
from mentorship.cohorts import roles

if TYPE_CHECKING:
    from blog.models.post import Post


class Sides:
    """What `person` is to `post`."""

    def __init__(self, post: Post, person: Any) -> None:
        self.post, self.person = post, person
        self.author, self.admin, self.editor = post.author_id == person.pk, person.is_admin, person.is_editor

    @cached_property
    def writes(self) -> bool:
        """Author, or co-author."""
        return self.author or self.post.is_written_by(self.person)

    @cached_property
    def mentor(self) -> bool:
        """The author's mentor, where that adds anything: editors may do all of it already."""
        if self.editor or self.post.state not in MENTORS_SEE or self.writes:
            return False
        return vars(self.post).get("of_mentee", False) or roles.mentors(self.person, self.post.author_id)

    @cached_property
    def free(self) -> bool:
        """Whether no other one has taken it."""
        return self.post.editor_id in (None, self.person.pk)

    @cached_property
    def judges(self) -> bool:
        """An editor, not of what they write; except an admin, so that a program with one editor is not stuck."""
        return self.editor and (self.admin or not self.writes)


def may_edit(person: Any) -> bool:
    """Whether there is a board of what `person` may edit: for editors and mentors."""
    return person.is_authenticated and (person.is_editor or roles.mentors_somewhere(person))


def verbs_of(post: Post, person: Any) -> frozenset[str]:
    """The names of the verbs that `person` may call on `post` now."""
    who = Sides(post, person)
    verbs = set(VERBS[post.state](post, who))
    if post.state in ("idea", "draft", "in_editing") and who.writes:
        verbs |= {"revise"}
    if post.state in ("draft", "in_editing") and post.asked_at and who.writes:
        verbs |= {"decide"}
    if post.state not in ("idea", "draft") and (who.editor or who.writes or who.mentor):
        verbs |= {"comment"}
    return frozenset(verbs)


def _of_idea(post: Post, who: Sides) -> set[str]:
    return {"revise", "start", "discard"} if who.author else {"revise"} if who.admin else set()


def _of_draft(post: Post, who: Sides) -> set[str]:
    verbs = {"revise"} if who.author or who.admin else set()
    if who.author:
        verbs |= {"ask_for_editing"}
        verbs |= {"discard"} if post.published_at is None else set()
    return verbs


def _in_editing(post: Post, who: Sides) -> set[str]:
    """One person has it: an editor, or the author's mentor. Publishing is the editors' alone."""
    has_it = post.editor_id == who.person.pk
    verbs = {"revise"} if who.author or who.admin or (has_it and (who.editor or who.mentor)) else set()
    if (who.editor or who.mentor) and not who.writes:
        verbs |= {"suggest"}
    if (who.judges and (who.free or who.admin)) or (who.mentor and who.free):
        verbs |= {"give_back", "mark_ready"}
        verbs |= {"publish"} if who.editor else set()
        verbs |= {"take"} if not has_it else set()
    elif who.judges and post.by_mentor:
        verbs |= {"take"}
    return verbs


def _of_ready(post: Post, who: Sides) -> set[str]:
    """What a mentor called ready any editor publishes."""
    edits = who.judges and (who.free or who.admin or post.by_mentor)
    verbs = {"reopen"} if who.author or edits or (who.mentor and who.free) else set()
    return verbs | ({"schedule", "publish"} if edits else set())


def _of_published(post: Post, who: Sides) -> set[str]:
    if not who.editor:
        return set()
    return {"revise", "unpublish", "move"} | ({"unfeature"} if post.featured_at else {"feature"})


VERBS = {
    "idea": _of_idea,
    "draft": _of_draft,
    "in_editing": _in_editing,
    "ready": _of_ready,
    "scheduled": _of_ready,
    "published": _of_published,
}
STANDS = {
    "idea": "is an idea",
    "draft": "is a draft",
    "in_editing": "is in editing",
    "ready": "is ready",
    "scheduled": "is scheduled",
    "published": "is published",
}


def why_not(post: Post, verb: str, by: Any) -> str:
    """A sentence for somebody who may not do `verb` (any more)."""
    if verb in ("take", "give_back", "mark_ready", "publish") and post.state == "in_editing":
        if post.editor_id == by.pk and verb == "publish":
            return "An editor publishes it; say that it is ready."
        if post.editor_id == by.pk:
            return "You have this post already."
        if post.editor is not None:
            return f"{post.editor.name} edits this post."
        return "An editor who did not write it has to edit this post."
    if verb == "decide":
        return "Who wrote the post decides on suggestions."
    if verb == "suggest":
        return "Suggestions are made while a post is in editing, by an editor or the author's mentor."
    return f"This post {STANDS[post.state]}, so that is not possible (any more)."
