"""What could become a post: a person's gaps, their accepted projects, and what reviews praised."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from blog.ideas import begun_from, from_note, idea
from blog.models import Post
from mentorship.common.rendering.markdown import excerpt
from mentorship.people.models import User
from mentorship.study.models import Note
from projects.models import Review, Submission
from projects.models.rubric import Level

SHOWN = 12  # of each kind


@dataclass
class Offer:
    """Something that could become a post, and the post if it did."""

    source: str
    kind: str
    title: str
    url: str
    about: str
    post: Post | None = None


def gaps_of(person: User) -> Any:
    return Note.objects.visible_to(person).gaps().select_related("item__stream").newest_first()


def projects_of(person: User) -> Any:
    return Submission.objects.accepted_of(person)


def praise_of(person: User) -> Any:
    """Published reviews of their work that saw something go beyond what was asked, the latest first."""
    rows = Review.objects.published().filter(
        round__submission__in=Submission.objects.by(person), scores__level=Level.BEYOND
    )
    return rows.distinct().select_related("mentor", "round__submission__project").order_by("-published_at", "-pk")


def offers_of(person: User) -> list[Offer]:
    """Everything that `person` could make a post of, each with its post if there is one; a few of each kind."""
    found = [note_offer(row) for row in gaps_of(person)[:SHOWN]]
    found += [project_offer(row) for row in projects_of(person)[:SHOWN]]
    found += [praise_offer(row) for row in praise_of(person).prefetch_related("scores__criterion")[:SHOWN]]
    return with_posts(found, person)


def offers_of_submission(submission: Submission, person: User) -> list[Offer]:
    """The same of one accepted work: itself, and what its reviews praised. Until then the board offers the praise."""
    if submission.state != Submission.State.ACCEPTED:
        return []
    found = [project_offer(row) for row in projects_of(person).filter(pk=submission.pk)]
    praise = praise_of(person).filter(round__submission=submission).prefetch_related("scores__criterion")
    return with_posts(found + [praise_offer(row) for row in praise[:SHOWN]], person)


def with_posts(offers: list[Offer], person: User) -> list[Offer]:
    posts = begun_from([offer.source for offer in offers], person)
    for offer in offers:
        offer.post = posts.get(offer.source)
    return offers


def note_offer(note: Note) -> Offer:
    about = f"On {note.item.title}" if note.item else "A note in general"
    return Offer(f"note:{note.pk}", "A gap", excerpt(note.text, words=14), note.get_absolute_url(), about)


def project_offer(work: Submission) -> Offer:
    return Offer(f"project:{work.pk}", "Accepted project", work.title, work.get_absolute_url(), str(work.project))


def praise_offer(review: Review) -> Offer:
    work = review.round.submission
    praised = "; ".join(praised_in(review))
    return Offer(f"review:{review.pk}", f"{review.mentor} praised", praised, work.get_absolute_url(), work.title)


def praised_in(review: Review) -> list[str]:
    """The questions that the work answered beyond what was asked."""
    return [score.criterion.question for score in review.scores.all() if score.level == Level.BEYOND]


def from_project(work: Submission, *, by: User) -> Post:
    tried = f"“{work.title}” ({work.project}), a project that was accepted."
    return idea(
        by=by, title=work.title, origin=Post.Origin.PROJECT, source=f"project:{work.pk}",
        url=work.get_absolute_url(), tried=tried,
    )  # fmt: skip


def from_praise(review: Review, *, by: User) -> Post:
    work, praised = review.round.submission, praised_in(review)
    said = "\n".join(f"- {question}" for question in praised)
    tried = f"In “{work.title}” this went beyond what was asked, says {review.mentor}:\n\n{said}"
    return idea(
        by=by, title=f"{work.title}: {praised[0]}" if praised else work.title, origin=Post.Origin.REVIEW,
        source=f"review:{review.pk}", url=work.get_absolute_url(), tried=tried,
    )  # fmt: skip


# By the first word of a source: whose things it may name, and what is begun from one.
WAYS: dict[str, tuple[Callable[[User], Any], Callable[..., Post]]] = {
    "note": (gaps_of, from_note),
    "project": (projects_of, from_project),
    "review": (praise_of, from_praise),
}


def begin_from(source: str, *, by: User) -> Post | None:
    """The idea that `source` ('note:12') becomes, or became before; None for what is not there or not theirs."""
    kind, _, key = source.partition(":")
    if kind not in WAYS or not (key.isascii() and key.isdigit() and len(key) < 19):
        return None
    rows, begin = WAYS[kind]
    found = rows(by).filter(pk=int(key)).first()
    return begin(found, by=by) if found is not None else None
