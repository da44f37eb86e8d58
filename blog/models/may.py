"""What a person may do with a post as it stands: the one place that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from blog.models.post import Post


def verbs_of(post: Post, person: Any) -> frozenset[str]:
    """The names of the verbs that `person` may call on `post` now."""
    author, admin, editor = post.author_id == person.pk, person.is_admin, person.is_editor
    # Nobody edits their own post alone, except an admin, so that a program with one editor is not stuck.
    edits = editor and (admin or (not author and post.editor_id in (None, person.pk)))
    verbs = set(VERBS[post.state](post, person, author, admin, editor, edits))
    if post.state not in ("idea", "draft") and (author or editor):
        verbs |= {"comment"}
    return frozenset(verbs)


def _of_idea(post: Post, person: Any, author: bool, admin: bool, editor: bool, edits: bool) -> set[str]:
    return {"revise", "start", "discard"} if author else {"revise"} if admin else set()


def _of_draft(post: Post, person: Any, author: bool, admin: bool, editor: bool, edits: bool) -> set[str]:
    verbs = {"revise"} if author or admin else set()
    if author:
        verbs |= {"ask_for_editing"}
        verbs |= {"discard"} if post.published_at is None else set()
    return verbs


def _in_editing(post: Post, person: Any, author: bool, admin: bool, editor: bool, edits: bool) -> set[str]:
    verbs = {"revise"} if author or admin or (editor and post.editor_id == person.pk) else set()
    if edits:
        verbs |= {"give_back", "mark_ready", "publish"}
        verbs |= {"take"} if post.editor_id != person.pk else set()
    return verbs


def _of_ready(post: Post, person: Any, author: bool, admin: bool, editor: bool, edits: bool) -> set[str]:
    verbs = {"reopen"} if author or edits else set()
    return verbs | ({"schedule", "publish"} if edits else set())


def _of_published(post: Post, person: Any, author: bool, admin: bool, editor: bool, edits: bool) -> set[str]:
    if not editor:
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
        if post.editor_id == by.pk:
            return "You have this post already."
        if post.editor is not None:
            return f"{post.editor.name} edits this post."
        return "An editor who did not write it has to edit this post."
    return f"This post {STANDS[post.state]}, so that is not possible (any more)."
