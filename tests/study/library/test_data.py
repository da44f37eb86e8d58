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


def test_a_source_gives_each_address_once(library):
    assert not [link for link, times in Counter((link.source, link.url) for link in library.links).items() if times > 1]
