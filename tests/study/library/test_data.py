"""The shipped library is sound, and holds every address that its sources name."""

from collections import Counter

import pytest
from django.conf import settings

from mentorship.study.library.addresses import same_address
from mentorship.study.library.reading import read_library
from streams.loading.schema import read_curriculum

SOURCES = {"program", "twelve-months", "interview-notes", "problem-first", "deep-learning-path"}


@pytest.fixture(scope="module")
def library():
    streams = read_curriculum(settings.BASE_DIR / "streams" / "curriculum")
    return read_library(items={item.key for stream in streams for item in stream.items()})


def test_five_sources(library):
    assert {source.key for source in library.sources} == SOURCES


def test_every_link_of_the_sources_is_in_the_library(library):
    addresses = {same_address(url): resource for resource in library.resources for url in resource.addresses}
    for link in library.links:
        if not link.reason:
            resource = addresses[same_address(link.url)]
            assert resource.key == link.resource
            assert link.source in resource.sources, f"{link.url}: {resource.key} is not said to come from {link.source}"


def test_no_address_gets_lost(library):
    """As many as the texts name; the talk names all of its resources without one."""
    assert Counter(link.source for link in library.links) == {
        "program": 56,
        "twelve-months": 1,
        "interview-notes": 261,
        "deep-learning-path": 62,
    }


def test_a_source_gives_each_address_once(library):
    assert not [link for link, times in Counter((link.source, link.url) for link in library.links).items() if times > 1]


def test_the_sources_own_paths_in_their_order(library):
    paths = {roadmap.key: roadmap for roadmap in library.roadmaps}
    assert list(paths)[:4] == ["ladder", "months", "problem-first", "twelve-parts"]
    assert [paths[key].source for key in list(paths)[:4]] == [
        "interview-notes",
        "deep-learning-path",
        "problem-first",
        "twelve-months",
    ]
    parts = list(dict.fromkeys("-".join(step.key.split("-")[:2]) for step in paths["twelve-parts"].steps))
    assert parts == [f"part-{number}" for number in range(1, 13)]


def test_durations_as_the_path_of_months_states_them(library):
    months = next(roadmap for roadmap in library.roadmaps if roadmap.key == "months")
    weeks = {step.key: (step.weeks_min, step.weeks_max) for step in months.steps if step.weeks_min}
    assert {key: (float(least or 0), float(most or 0)) for key, (least, most) in weeks.items()} == {
        "start-syntax": (1, 1),
        "start-kaggle": (1, 2),
        "start-fast-ai": (4.3, 4.3),
        "portfolio-items": (13, 52),
        "theory-basics": (1, 1),
        "theory-recoding": (4.3, 4.3),
        "theory-book": (13, 13),
    }


def test_a_roadmap_names_what_its_own_source_recommends(library):
    sources = {resource.key: resource.sources for resource in library.resources}
    assert not [
        (roadmap.key, step.key, key)
        for roadmap in library.roadmaps
        for step in roadmap.steps
        for key in step.resources
        if roadmap.source not in sources[key]
    ]
