"""The library's files, loaded: twice is once, nothing is lost, what was suggested becomes the file's."""

from dataclasses import replace

import pytest
from django.utils import timezone

from mentorship.study.library.choices import Cost, Kind, Topic
from mentorship.study.library.loading import apply_library
from mentorship.study.library.models import LinkCheck, ListEntry, Resource, RoadmapStep
from mentorship.study.library.reading import COSTS, KINDS, TOPICS
from mentorship.study.library.spec import LibrarySpec, ResourceSpec, RoadmapSpec, SourceSpec, StepSpec

pytestmark = pytest.mark.django_db
SOURCE = SourceSpec("talk", "A talk", "Ana", "", 2020, "About it.", "s.yaml", 1)
BOOK = ResourceSpec(
    "book", "The book", "Ana", "https://book.test/", "book", "data", 1, "free", ("talk",), "", (), "r.yaml", 1
)
STEP = StepSpec("read", "", "Read", "", "", None, None, ("book",), (), False, 1)
ROADMAP = RoadmapSpec("path", "A path", "talk", 1, "", "", (STEP,), "p.yaml", 1)
SPEC = LibrarySpec((SOURCE,), (BOOK,), (ROADMAP,), ())


def load(spec=SPEC) -> list[str]:
    return [str(change) for change in apply_library(spec, at=timezone.now())]


def test_the_words_are_those_of_the_files():
    assert (tuple(Kind.values), tuple(Topic.values), tuple(Cost.values)) == (KINDS, TOPICS, COSTS)


def test_twice_is_once_and_a_change_is_one():
    assert load() == ["added source talk", "added resource book", "added roadmap path", "added step read"]
    assert load() == []
    other = replace(BOOK, title="The other book")
    assert load(replace(SPEC, resources=(other,))) == ["changed resource book (title)"]
    assert Resource.objects.get().link.url == "https://book.test/"


def test_what_leaves_is_retired_and_kept_and_may_return(amara):
    load()
    ListEntry.put(Resource.objects.get(), by=amara)
    without = replace(SPEC, resources=(), roadmaps=(replace(ROADMAP, steps=()),))
    assert load(without) == ["retired resource book", "retired step read"]
    assert not Resource.objects.listed().exists()
    assert not LinkCheck.objects.filter(wanted=True).exists()
    assert ListEntry.objects.count() == RoadmapStep.objects.count() == 1
    assert load() == ["returned resource book", "returned step read"]
    assert LinkCheck.objects.filter(wanted=True).exists()


def test_two_resources_swap_their_addresses():
    film = replace(BOOK, key="film", url="https://film.test/")
    load(replace(SPEC, resources=(BOOK, film)))
    load(replace(SPEC, resources=(replace(BOOK, url=film.url), replace(film, url=BOOK.url))))
    assert dict(Resource.objects.values_list("key", "address")) == {"book": "film.test", "film": "book.test"}


def test_what_a_member_suggested_becomes_the_files(amara, cohort):
    said = {"kind": "video", "topic": "data", "level": 2, "cost": "paid", "about": "It helped."}
    row = Resource.suggest(by=amara, url="http://www.book.test", title="Some book", **said)
    load()
    found = Resource.objects.get()
    assert (found.pk, found.key, found.state, found.suggested_by) == (row.pk, "book", "listed", amara)
    assert load() == []
