"""Beginning a post and saving its text, so that nothing that somebody typed is lost."""

import re
import uuid
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from blog.models import Address, Post, Revision
from blog.models.anchored import follow
from blog.models.revision import ONE_SITTING
from blog.text import (
    RESERVED_SLUGS,
    clean_body,
    clean_category,
    clean_line,
    clean_tags,
    count_words,
    render,
    slug_from,
    slug_number,
    summary_of,
)
from mentorship.common import clock
from mentorship.common.enqueue import enqueue
from mentorship.common.errors import Refused
from mentorship.people.events import record
from mentorship.people.models import User

# What a revision keeps besides title, summary and text.
MORE = ("canonical_url", "slug", "category", "tags", "front_matter")
ATTEMPTS = 20  # addresses tried when others begin posts of the same title at the same moment

SLUG_TAKEN = "Another page has this address. Choose another one."


@dataclass(frozen=True)
class Text:
    """What an author types into the form. An empty `slug` follows the title."""

    title: str
    summary: str = ""
    body: str = ""
    canonical_url: str = ""
    slug: str = ""
    category: str = ""
    tags: tuple[str, ...] = ()
    front_matter: dict[str, Any] = field(default_factory=dict)

    def cleaned(self) -> "Text":
        return Text(
            clean_line(self.title),
            clean_line(self.summary),
            clean_body(self.body),
            self.canonical_url.strip(),
            self.slug.strip(),
            clean_category(self.category),
            clean_tags(self.tags),
            self.front_matter,
        )


@dataclass(frozen=True)
class Source:
    """What a post begins from. One `key` begins one post a person; `as_idea` leaves it an idea with its `pitch`."""

    origin: str = Post.Origin.HAND
    key: str = ""
    url: str = ""
    pitch: str = ""
    as_idea: bool = False


class ChangedMeanwhile(Refused):
    """Somebody saved another text after the one that this change began from; the post holds theirs."""

    def __init__(self) -> None:
        super().__init__(
            "This post was saved elsewhere meanwhile. Compare both texts, then save again.", code="changed_meanwhile"
        )


def begin(
    *, by: User, text: Text, key: uuid.UUID | None = None, source: Source | None = None, at: datetime | None = None
) -> Post:
    """A new draft of `by`, or an idea. The same `key`, or a source with the same key, gives the post it made first."""
    source = source or Source()
    now, text, key = at or clock.now(), text.cleaned(), key or uuid.uuid4()
    html = render(text.body)
    for _ in range(ATTEMPTS):
        same = Q(key=key) | Q(origin_key=source.key) if source.key else Q(key=key)
        before = Post.objects.filter(same, author=by).first()
        if before is not None:
            return before
        try:
            with transaction.atomic():
                return _insert(by, text, html, key, source, now)
        except IntegrityError as error:
            _translate(error, text.slug)
    raise Refused("Too many posts have this title. Choose another one.", code="slug_taken")


def _insert(by: User, text: Text, html: str, key: uuid.UUID, source: Source, now: datetime) -> Post:
    post = Post.objects.create(
        author=by,
        key=key,
        slug=_slug_for(None, text),
        state=Post.State.IDEA if source.as_idea else Post.State.DRAFT,
        origin=source.origin,
        origin_key=source.key,
        origin_url=source.url,
        pitch=clean_body(source.pitch).strip(),
        created_at=now,
        updated_at=now,
        **_stored(text, html),
    )
    _append(post, by, by_itself=False, before=0, now=now)
    record(actor=by, verb="began", subject=post, at=now)
    return post


def revise(
    post: Post,
    *,
    by: User,
    version: int,
    text: Text,
    by_itself: bool = False,
    restored: int = 0,
    at: datetime | None = None,
) -> None:
    """Save `text` over the version that its writer saw, as a new version with its revision.

    Raises ChangedMeanwhile, with `post` refreshed to what the other one saved, when `version` is no longer the
    newest; Refused when `by` may not change it now. Saving what is already there changes nothing. `restored`: the
    version whose text it is again.
    """
    now, text = at or clock.now(), text.cleaned()
    html = render(text.body, post.shown_figures())  # before the row is locked: it may take seconds
    for _ in range(ATTEMPTS):
        try:
            with transaction.atomic():
                return _save(post, by, version, text, html, by_itself, restored, now)
        except IntegrityError as error:
            _translate(error, text.slug)
    raise Refused("Too many posts have this title. Choose another one.", code="slug_taken")


def _save(
    post: Post, by: User, version: int, text: Text, html: str, by_itself: bool, restored: int, now: datetime
) -> None:
    post.lock_for("revise", by)
    slug = _slug_for(post, text)
    new = _stored(text, html)
    if slug == post.slug and all(getattr(post, name) == value for name, value in new.items()):
        return
    if version != post.version:
        raise ChangedMeanwhile
    _store(post, new, now, slug=slug)
    _append(post, by, by_itself, before=version, now=now)
    if not by_itself:
        enqueue("blog.check_links", post.pk)
    if restored:
        record(actor=by, verb="restored", subject=post, detail={"version": post.version, "of": restored}, at=now)
    elif not by_itself:
        record(actor=by, verb="revised", subject=post, detail={"version": post.version}, at=now)


def put_in(post: Post, *, by: User, body: str, html: str, suggested_by: User, now: datetime) -> None:
    """Save `body`, which `by` took over from a suggestion, as a new version. The caller has locked the post."""
    before = post.version
    _store(post, _stored(replace(text_of(post), body=body), html), now)
    _append(post, by, by_itself=False, before=before, now=now, suggested_by=suggested_by)


def _store(post: Post, new: dict[str, Any], now: datetime, **more: Any) -> None:
    """The next version of the locked row; what is said of its passages moves along."""
    before = post.body
    for name, value in (new | more).items():
        setattr(post, name, value)
    post.version, post.updated_at = post.version + 1, now
    post.save(update_fields=[*new, *more, "version", "updated_at"])
    follow(post, before)


def _stored(text: Text, html: str) -> dict[str, Any]:
    return {
        "title": text.title,
        "summary": text.summary,
        "body": text.body,
        "body_html": html,
        "teaser": summary_of(text.summary, text.body),
        "words": count_words(text.body),
        "canonical_url": text.canonical_url,
        "category": text.category,
        "tags": list(text.tags),
        "front_matter": text.front_matter,
    }


def _append(
    post: Post, by: User, by_itself: bool, before: int, now: datetime, suggested_by: User | None = None
) -> None:
    """The revision of what was just saved: a new row, or the one that this sitting's typing already has."""
    kept = {
        "version": post.version, "title": post.title, "summary": post.summary, "body": post.body, "saved_at": now,
        "more": {name: value for name, value in vars(text_of(post)).items() if name in MORE},
    }  # fmt: skip
    same_sitting = by_itself and Revision.objects.filter(
        post=post, version=before, saved_by=by, by_itself=True, begun_at__gt=now - ONE_SITTING
    ).update(**kept)
    if not same_sitting:
        Revision.objects.create(
            post=post, saved_by=by, by_itself=by_itself, begun_at=now, suggested_by=suggested_by, **kept
        )


def _slug_for(post: Post | None, text: Text) -> str:
    """The address that the post gets with `text`. Refused if it is frozen, or asked for and not free."""
    if post is not None and post.published_at is not None:
        if text.slug not in ("", post.slug):
            raise Refused("A post that was published keeps its address.", code="slug_frozen")
        return post.slug
    if text.slug:
        others = Post.objects.filter(slug=text.slug).exclude(pk=post.pk if post else 0)
        left = Address.objects.filter(slug=text.slug)
        if text.slug in RESERVED_SLUGS or others.exists() or left.exists():
            raise Refused(SLUG_TAKEN, code="slug_taken")
        return text.slug
    base = slug_from(text.title)
    if post is not None and _is_of(post.slug, base):
        return post.slug
    slugs = (rows.filter(slug__startswith=base[:60]).values_list("slug") for rows in (Post.objects, Address.objects))
    taken = {slug for (slug,) in next(slugs).union(next(slugs))}
    return next(slug for number in range(1, len(taken) + 2) if (slug := slug_number(base, number)) not in taken)


def _is_of(slug: str, base: str) -> bool:
    """Whether `slug` is what a title that asks for `base` gets: itself, or with a number."""
    number = re.search(r"-(\d+)$", slug)
    return slug == base or (number is not None and slug == slug_number(base, int(number[1])))


def chosen_slug(post: Post) -> str:
    """The address that somebody chose for the post; '' while it follows the title."""
    return "" if _is_of(post.slug, slug_from(post.title)) else post.slug


def text_of(post: Post) -> Text:
    """What an author would type for the post as it stands."""
    return Text(
        post.title,
        post.summary,
        post.body,
        post.canonical_url,
        chosen_slug(post),
        post.category,
        tuple(post.tags),
        post.front_matter,
    )


def text_in(revision: Revision, post: Post) -> Text:
    """What was typed for a revision. What was not kept with it in early ones is as the post has it now."""
    kept = {name: revision.more.get(name, value) for name, value in vars(text_of(post)).items() if name in MORE}
    return Text(revision.title, revision.summary, revision.body, **kept | {"tags": tuple(kept["tags"])})


def restore(post: Post, *, by: User, version: int, revision: Revision, at: datetime | None = None) -> None:
    """Save the text of an earlier revision as a new one; `version` is the newest that `by` saw, as in `revise`."""
    text = replace(text_in(revision, post), slug=chosen_slug(post))
    revise(post, by=by, version=version, text=text, restored=revision.version, at=at)


def _translate(error: IntegrityError, wished_slug: str) -> None:
    """Refused for a wished address that was just taken; nothing, so that the caller tries again, otherwise."""
    names = str(error)
    if "post_slug_unique" in names or "post_address_taken" in names:
        if wished_slug:
            raise Refused(SLUG_TAKEN, code="slug_taken") from None
    elif "post_begun_once" not in names and "post_one_of_origin" not in names:
        raise error
