"""What can be found: each kind with the rows that a person may open, where their words stand, and where they lead.

A kind's rows come from the person's scope and nothing else. To add one: a function that gives a `Part`, and its line in
`KINDS`; the test of search opens what it finds, as everybody.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Expression, F, Model, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce, NullIf

from blog.models import Post
from mentorship.cohorts.models import Answer, Cohort, CohortQuestion
from mentorship.cohorts.shared_notes import shared_with
from mentorship.common.searching import Words
from mentorship.people.models import User
from mentorship.study.library.models import Resource
from mentorship.study.models import Note
from mentorship.study.papers.models import Reading
from mentorship.study.questions.models import Question
from projects.models import Project, Round, Submission
from streams.models import Item

RANKED = 200  # of more matches than these the newest are ranked
WORD = re.compile(r"\w+")
NOTHING = Value("", output_field=TextField())


def english(asked: str) -> SearchQuery:
    return SearchQuery(asked, config="english", search_type="websearch")


@dataclass(frozen=True)
class Part:
    """The rows of one kind that hold what is asked, the newest `RANKED` of them.

    `title`, `text` and the two `places` are expressions over them; `words` is what the rank goes by.
    """

    rows: QuerySet[Any]
    words: Any
    query: SearchQuery
    title: Any
    text: Any = NOTHING
    places: tuple[Any, Any] = (NOTHING, NOTHING)
    config: str = "english"


@dataclass(frozen=True)
class Kind:
    """`find` gives the part of a person; `url` the address from the key and both places of a row."""

    key: str
    label: str
    find: Callable[[Any, str], Part | None]
    url: Callable[[int, str, str], str]
    signed_in: bool = False  # visitors have none


def newest(rows: QuerySet[Any], **holds: Any) -> QuerySet[Any]:
    """The newest of `rows` for which `holds`; not along the key's index, all of which a rare word would walk."""
    model: type[Model] = rows.model
    keys = rows.filter(**holds).order_by((F("pk") + 0).desc()).values("pk")[:RANKED]
    return model._default_manager.filter(pk__in=keys)


def matching(rows: QuerySet[Any], words: Expression, query: SearchQuery) -> QuerySet[Any]:
    """Of `rows` without a column of words, by the index on the expression."""
    return newest(rows.alias(found_words=words), found_words=query)


def items(person: Any, asked: str) -> Part:
    words, query = Words("title", "summary"), english(asked)
    rows = matching(Item.objects.visible_to(person).exclude(kind=Item.Kind.PROJECT), words, query)
    return Part(rows, words, query, F("title"), F("summary"), (F("stream__key"), F("key")))


def projects(person: Any, asked: str) -> Part:
    words, query = Words("title", "focus"), english(asked)
    rows = matching(Project.objects.visible_to(person), words, query)
    return Part(rows, words, query, F("title"), F("focus"), (F("key"), NOTHING))


def submissions(person: Any, asked: str) -> Part:
    """By their title, and by what was written to any round."""
    words, query = Words("title"), english(asked)
    titled = Submission.objects.alias(found_words=words).filter(found_words=query).values("pk")
    said = Round.objects.alias(found_words=Words("write_up")).filter(found_words=query).order_by().values("submission")
    rows = newest(Submission.objects.visible_to(person), pk__in=titled.union(said))
    last = Round.objects.filter(submission=OuterRef("pk")).order_by("-number").values("write_up")[:1]
    text = Coalesce(Subquery(last, output_field=TextField()), NOTHING)
    return Part(rows, words, query, F("title"), text)


def drafts(person: Any, asked: str) -> Part:
    """What one writes and has not published; published posts have an index of their own, see finding.py."""
    words, query = Words("title", "body"), english(asked)
    rows = matching(Post.objects.of_writer(person).exclude(state="published"), words, query)
    return Part(rows, words, query, F("title"), F("body"))


def notes(person: Any, asked: str) -> Part:
    return _notes(Note.objects.visible_to(person), asked)


def shared_notes(person: Any, asked: str) -> Part:
    """What others share with one."""
    return _notes(shared_with(person), asked)


def _notes(rows: QuerySet[Any], asked: str) -> Part:
    """A note without a title is called by its text."""
    query = english(asked)
    title = Coalesce(NullIf(F("title"), Value("")), F("text"), output_field=TextField())
    return Part(newest(rows, words=query), F("words"), query, title, F("text"))


def asked_in_cohorts(person: Any, asked: str) -> Part:
    """By the question, and by its answers."""
    query = english(asked)
    own = CohortQuestion.objects.filter(words=query).order_by().values("pk")
    answered = Answer.objects.filter(words=query, deleted_at=None).order_by().values("question")
    rows = newest(CohortQuestion.objects.visible_to(person).standing(), pk__in=own.union(answered))
    # Who found it in a later cohort reads it there.
    mine = Cohort.objects.of(person)
    there = mine.filter(stream=OuterRef("cohort__stream")).order_by("-pk").values("slug")[:1]
    here = mine.filter(pk=OuterRef("cohort")).values("slug")[:1]
    place = Coalesce(Subquery(here), Subquery(there), F("cohort__slug"))
    return Part(rows, F("words"), query, F("title"), F("text"), (place, NOTHING))


def interview_questions(person: Any, asked: str) -> Part:
    words, query = Words("text"), english(asked)
    rows = matching(Question.objects.asked_of(person), words, query)
    return Part(rows, words, query, F("text"), F("text"))


def papers(person: Any, asked: str) -> Part:
    """On one's own reading list, so few that no index is needed: by title, authors and abstract."""
    words, query = Words("title", "paper__title", "paper__authors", "paper__abstract"), english(asked)
    rows = matching(Reading.objects.visible_to(person), words, query)
    title = Coalesce(NullIf(F("title"), Value("")), NullIf(F("paper__title"), Value("")), F("paper__key"))
    return Part(rows, words, query, title, F("paper__abstract"))


def resources(person: Any, asked: str) -> Part:
    query = english(asked)
    rows = newest(Resource.objects.visible_to(person).filter(retired_at=None), words=query)
    return Part(rows, F("words"), query, F("title"), F("about"), (F("key"), NOTHING))


def people(person: Any, asked: str) -> Part | None:
    """By name and handle, from the first letters of each word on; no word of a name is too common."""
    found = list(dict.fromkeys(WORD.findall(asked.lower())))[:8]
    if not found:
        return None
    words = Words("name", "handle", config="simple")
    query = SearchQuery(" & ".join(f"'{word}':*" for word in found), config="simple", search_type="raw")
    rows = matching(User.objects.profiles_visible_to(person), words, query)
    return Part(rows, words, query, F("name"), F("headline"), (F("handle"), NOTHING), "simple")


def cohorts(person: Any, asked: str) -> Part:
    words, query = Words("name", "about"), english(asked)
    rows = matching(Cohort.objects.visible_to(person), words, query)
    return Part(rows, words, query, F("name"), F("about"), (F("slug"), NOTHING))


KINDS = (
    Kind("items", "Items", items, lambda pk, stream, key: f"/streams/{stream}/items/{key}/"),
    Kind("projects", "Projects", projects, lambda pk, key, _: f"/projects/{key}/"),
    Kind("submissions", "Work", submissions, lambda pk, *_: f"/submissions/{pk}/", signed_in=True),
    Kind("drafts", "Your drafts", drafts, lambda pk, *_: f"/blog/{pk}/edit/", signed_in=True),
    Kind("notes", "Notes", notes, lambda pk, *_: f"/study/notes/{pk}/", signed_in=True),
    Kind("shared", "Shared with you", shared_notes, lambda pk, *_: f"/study/notes/shared/{pk}/", signed_in=True),
    Kind(
        "questions", "Questions of cohorts", asked_in_cohorts, lambda pk, slug, _: f"/cohorts/{slug}/asked/{pk}/",
        signed_in=True,
    ),
    Kind(
        "interviews", "Interview questions", interview_questions, lambda pk, *_: f"/study/questions/{pk}/",
        signed_in=True,
    ),
    Kind("resources", "Library", resources, lambda pk, key, _: f"/study/library/resources/{key}/"),
    Kind("papers", "Papers", papers, lambda pk, *_: f"/study/papers/{pk}/", signed_in=True),
    Kind("cohorts", "Cohorts", cohorts, lambda pk, slug, _: f"/cohorts/{slug}/"),
    Kind("people", "People", people, lambda pk, handle, _: f"/people/{handle}/"),
)  # fmt: skip
COLUMNS = tuple(f"found_{name}" for name in ("kind", "pk", "title", "place", "other", "shown", "rank"))


def selected(kind: Kind, part: Part, shown: Any, limit: int) -> QuerySet[Any]:
    """The best rows of `part` as values of `COLUMNS`; `shown` makes the passage that is shown from its text."""
    text = {"output_field": TextField()}
    return (
        part.rows.annotate(
            found_kind=Cast(Value(kind.key), **text),
            found_pk=F("pk"),
            found_title=Cast(part.title, **text),
            found_place=Cast(part.places[0], **text),
            found_other=Cast(part.places[1], **text),
            found_shown=shown(part),
            found_rank=SearchRank(part.words, part.query),
        )
        .order_by("-found_rank", "-pk")
        .values_list(*COLUMNS)[:limit]
    )
