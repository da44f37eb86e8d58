"""Each mistake in the library's files is named by file, line and reason; spellings of an address are one address."""

import pytest

from mentorship.study.library.addresses import same_address
from mentorship.study.library.reading import read_library
from streams.loading.reader import CurriculumInvalid

FILES = {
    "sources.yaml": """\
sources:
  - {key: notes, title: Notes, author: Somebody, about: Notes of somebody.}
""",
    "resources/some.yaml": """\
resources:
  - key: a-book
    title: A book
    url: https://example.org/book/
    kind: book
    topic: data
    level: 2
    cost: paid
    sources: [notes]
    was: [https://short.example/b]
  - {key: a-person, title: A person, kind: person, topic: community, level: 1, cost: free, sources: [notes]}
""",
    "roadmaps/path.yaml": """\
roadmap: {key: path, title: A path, source: notes, position: 1, about: From here to there.}
steps:
  - {key: read, title: Read, resources: [a-book], items: [basics.intro], weeks_min: 1, weeks_max: 2.5}
""",
    "links.yaml": """\
links:
  - source: notes
    addresses:
      - {url: "http://www.example.org/book?utm_source=x", resource: a-book}
      - {url: https://short.example/b, resource: a-book}
      - {url: https://example.org/picture.png, reason: image}
""",
}


@pytest.fixture
def directory(tmp_path):
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return tmp_path


def test_good_files_are_read(directory):
    library = read_library(directory, items={"basics.intro"})
    book, person = library.resources
    assert (book.key, book.level, book.addresses) == (
        "a-book",
        2,
        ("https://example.org/book/", "https://short.example/b"),
    )
    assert (person.url, person.addresses) == ("", ())
    assert [step.resources for step in library.roadmaps[0].steps] == [("a-book",)]


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        ("resources/some.yaml", "kind: book", "kind: boook", "resources/some.yaml:5: 'kind' must be one of course"),
        ("resources/some.yaml", "level: 2", "level: 4", "resources/some.yaml:7: 'level' must be from 1 to 3"),
        ("resources/some.yaml", "cost: paid", "price: paid", "resources/some.yaml:8: unknown field 'price'"),
        ("resources/some.yaml", "[notes]\n", "[nobody]\n", "resources/some.yaml:2: there is no source 'nobody'"),
        ("resources/some.yaml", "[https://short.example/b]", "[short]", "resources/some.yaml:10: 'was' must be an"),
        ("resources/some.yaml", "key: a-person", "key: a-book", "some.yaml:11: 'a-book' is used already at"),
        (
            "resources/some.yaml",
            "title: A person,",
            'title: A person, url: "http://www.example.org/book#two",',
            "resources/some.yaml:11: http://www.example.org/book#two belongs already to 'a-book'",
        ),
        ("roadmaps/path.yaml", "[a-book]", "[a-bok]", "roadmaps/path.yaml:3: there is no resource 'a-bok'"),
        ("roadmaps/path.yaml", "[basics.intro]", "[basics.x]", "path.yaml:3: the curriculum has no item 'basics.x'"),
        ("roadmaps/path.yaml", "weeks_min: 1", "weeks_min: 3", "path.yaml:3: weeks_min 3 is more than weeks_max 2.5"),
        ("roadmaps/path.yaml", "weeks_min: 1, ", "", "roadmaps/path.yaml:3: 'weeks_min' and 'weeks_max' go together"),
        ("links.yaml", "b, resource: a-book", "c, resource: a-book", "links.yaml:5: https://short.example/c is not"),
        (
            "links.yaml",
            "picture.png, reason: image",
            "book, reason: image",
            "links.yaml:6: https://example.org/book",
        ),
        ("links.yaml", ", reason: image", "", "links.yaml:6: an address has either a 'resource' or a 'reason'"),
    ],
)
def test_a_mistake_is_named(directory, file, old, new, problem):
    assert FILES[file].count(old) >= 1
    (directory / file).write_text(FILES[file].replace(old, new, 1))
    with pytest.raises(CurriculumInvalid) as invalid:
        read_library(directory, items={"basics.intro"})
    assert problem in str(invalid.value)


def test_a_missing_directory_is_a_problem(tmp_path):
    with pytest.raises(CurriculumInvalid) as invalid:
        read_library(tmp_path / "none")
    assert "there is no such file" in str(invalid.value)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://www.example.org/a/", "https://example.org/a"),
        ("https://EXAMPLE.org/a?utm_medium=x&ref=y", "https://example.org/a#part"),
        ("https://www.youtube.com/redirect?event=x&q=https%3A%2F%2Fexample.org%2Fa&v=Z", "https://example.org/a"),
        ("https://youtu.be/abc?t=4", "https://www.youtube.com/watch?v=abc&ab_channel=Somebody"),
        ("https://www.youtube.com/embed/abc", "https://youtu.be/abc"),
        ("https://www.youtube.com/watch?v=abc&list=L&index=1", "https://www.youtube.com/playlist?list=L"),
    ],
)
def test_spellings_of_one_address(one, other):
    assert same_address(one) == same_address(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/a", "https://example.org/A"),
        ("https://example.org/a?id=1", "https://example.org/a?id=2"),
        ("https://www.youtube.com/watch?v=abc", "https://www.youtube.com/watch?v=abd"),
        ("https://a.example.org/", "https://example.org/"),
    ],
)
def test_different_addresses(one, other):
    assert same_address(one) != same_address(other)
