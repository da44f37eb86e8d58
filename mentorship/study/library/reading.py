"""The format of data/, checked while it is read; data/README.md explains it.

    sources.yaml      sources:    key title author about  url? year?
    resources/*.yaml  resources:  key title kind topic level cost sources  author? url? about? was?
    roadmaps/*.yaml   roadmap:    key title source position about  time?
                      steps:      key title  part? about? time? weeks_min? weeks_max? resources? items? optional?
    links.yaml        links:      source  addresses: list of  url and either resource or reason

Nothing here touches the database.
"""

from collections.abc import Callable, Container, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from mentorship.study.library.addresses import same_address
from mentorship.study.library.spec import (
    LibrarySpec,
    LinkSpec,
    ResourceSpec,
    RoadmapSpec,
    SourceSpec,
    StepSpec,
)
from streams.loading.reader import CurriculumInvalid, Fields, Problem, Reader, compose
from streams.loading.schema import DOTTED, KEY, SLUG, WORDS

DATA = Path(__file__).parent / "data"
KINDS = (
    "course",
    "video",
    "book",
    "article",
    "paper",
    "documentation",
    "tool",
    "service",
    "dataset",
    "competition",
    "community",
    "person",
    "organisation",
    "question-bank",
    "repository",
    "collection",
    "blog",
    "newsletter",
    "podcast",
    "event",
    "hardware",
)
TOPICS = (
    "mathematics",
    "programming",
    "software",
    "data",
    "classical",
    "deep-learning",
    "nlp",
    "vision",
    "audio",
    "reinforcement",
    "recommendation",
    "mlops",
    "research",
    "interviews",
    "career",
    "portfolio",
    "hardware",
    "community",
    "learning",
)
COSTS = ("free", "paid", "mixed")
REASONS = ("image", "footnote", "credit", "form", "self")
HARDEST = 3
MOST_WEEKS = 520

Spec = TypeVar("Spec")


def read_library(directory: Path = DATA, *, items: Container[str] | None = None) -> LibrarySpec:
    """Read and check all of the library.

    `items` are the curriculum's keys, to check those that a roadmap names. Raises CurriculumInvalid with every
    problem found; a directory without resources is one, so that a wrong path cannot retire everything.
    """
    problems: list[Problem] = []
    sources = _read(directory, "sources.yaml", problems, _sources)
    resources = _read(directory, "resources/*.yaml", problems, _resources)
    roadmaps = _read(directory, "roadmaps/*.yaml", problems, _roadmap)
    links = _read(directory, "links.yaml", problems, _links)
    if not problems:
        problems += _repeated(sources, resources, roadmaps)
        problems += _unknown_sources({source.key for source in sources}, resources, roadmaps, links)
        problems += _lost_in_roadmaps({resource.key for resource in resources}, items, roadmaps)
        problems += _lost_addresses(resources, links)
    if problems:
        raise CurriculumInvalid(sorted(problems))
    roadmaps.sort(key=lambda roadmap: roadmap.position)
    return LibrarySpec(tuple(sources), tuple(resources), tuple(roadmaps), tuple(links))


def _read(
    directory: Path, pattern: str, problems: list[Problem], read: Callable[[Reader, Fields], Iterable[Spec]]
) -> list[Spec]:
    """What `read` makes of each file that fits the pattern."""
    found: list[Spec] = []
    paths = sorted(directory.glob(pattern))
    if not paths:
        problems.append(Problem(str(directory / pattern), 0, "there is no such file"))
    for path in paths:
        reader = Reader(str(path.relative_to(directory)), problems)
        root = compose(path, reader)
        if root is not None:
            name = path.stem if path.parent == directory else path.parent.name
            fields = ("roadmap", "steps") if name == "roadmaps" else (name,)
            found += read(reader, reader.mapping(root, "the file", required=fields))
    return found


def _sources(reader: Reader, top: Fields) -> Iterator[SourceSpec]:
    for row in top.mappings("sources", required=("key", "title", "author", "about"), optional=("url", "year")):
        yield SourceSpec(
            key=row.matching("key", SLUG, WORDS, longest=50),
            title=row.text("title", longest=200),
            author=row.text("author", longest=120),
            url=row.url("url"),
            year=row.whole("year", least=1990, most=2100),
            about=row.text("about", longest=600),
            file=reader.file,
            line=row.line("key"),
        )


def _resources(reader: Reader, top: Fields) -> Iterator[ResourceSpec]:
    required = ("key", "title", "kind", "topic", "level", "cost", "sources")
    for row in top.mappings("resources", required=required, optional=("author", "url", "about", "was")):
        yield ResourceSpec(
            key=row.matching("key", SLUG, WORDS, longest=80),
            title=row.text("title", longest=200),
            author=row.text("author", longest=160),
            url=row.url("url"),
            kind=row.choice("kind", KINDS),
            topic=row.choice("topic", TOPICS),
            level=row.whole("level", least=1, most=HARDEST) or 1,
            cost=row.choice("cost", COSTS),
            sources=tuple(row.texts("sources")),
            about=row.text("about", longest=400),
            was=tuple(row.urls("was")),
            file=reader.file,
            line=row.line("key"),
        )


def _roadmap(reader: Reader, top: Fields) -> Iterator[RoadmapSpec]:
    head = top.mapping("roadmap", required=("key", "title", "source", "position", "about"), optional=("time",))
    if head is None:
        return
    steps = tuple(_step(row) for row in _steps(top))
    for step, earlier in ((step, steps[:place]) for place, step in enumerate(steps)):
        if any(step.key == other.key for other in earlier):
            reader.problem(step.line, f"step '{step.key}' occurs twice")
    yield RoadmapSpec(
        key=head.matching("key", SLUG, WORDS, longest=50),
        title=head.text("title", longest=160),
        source=head.text("source"),
        position=head.whole("position", least=1, most=999) or 1,
        about=head.text("about", longest=1000),
        time=head.text("time", longest=120),
        steps=steps,
        file=reader.file,
        line=head.line("key"),
    )


def _steps(top: Fields) -> list[Fields]:
    optional = ("part", "about", "time", "weeks_min", "weeks_max", "resources", "items", "optional")
    return top.mappings("steps", required=("key", "title"), optional=optional)


def _step(row: Fields) -> StepSpec:
    if row.has("weeks_min") != row.has("weeks_max"):
        row.problem("weeks_min" if row.has("weeks_min") else "weeks_max", "'weeks_min' and 'weeks_max' go together")
    weeks_min, weeks_max = (row.number(name, most=MOST_WEEKS) for name in ("weeks_min", "weeks_max"))
    if weeks_min is not None and weeks_max is not None and weeks_min > weeks_max:
        row.problem("weeks_min", f"weeks_min {weeks_min} is more than weeks_max {weeks_max}")
    return StepSpec(
        key=row.matching("key", SLUG, WORDS, longest=80),
        part=row.text("part", longest=120),
        title=row.text("title", longest=200),
        about=row.text("about", longest=1000),
        time=row.text("time", longest=120),
        weeks_min=weeks_min,
        weeks_max=weeks_max,
        resources=tuple(row.texts("resources")),
        items=tuple(row.texts("items")),
        optional=row.boolean("optional"),
        line=row.line("key"),
    )


def _links(reader: Reader, top: Fields) -> Iterator[LinkSpec]:
    for group in top.mappings("links", required=("source", "addresses")):
        for row in group.mappings("addresses", required=("url",), optional=("resource", "reason")):
            if row.has("resource") == row.has("reason"):
                row.problem("url", "an address has either a 'resource' or a 'reason' why it is none")
            yield LinkSpec(
                source=group.text("source"),
                url=row.url("url"),
                resource=row.text("resource"),
                reason=row.choice("reason", REASONS),
                file=reader.file,
                line=row.line("url"),
            )


def _repeated(*groups: Iterable[SourceSpec | ResourceSpec | RoadmapSpec]) -> Iterator[Problem]:
    for group in groups:
        seen: dict[str, str] = {}
        for spec in group:
            place = f"{spec.file}:{spec.line}"
            if (first := seen.setdefault(spec.key, place)) != place:
                yield Problem(spec.file, spec.line, f"'{spec.key}' is used already at {first}")


def _unknown_sources(
    known: Container[str], resources: list[ResourceSpec], roadmaps: list[RoadmapSpec], links: list[LinkSpec]
) -> Iterator[Problem]:
    named = [(row.file, row.line, key) for row in resources for key in row.sources]
    named += [(row.file, row.line, row.source) for row in roadmaps]
    named += [(row.file, row.line, row.source) for row in links]
    for file, line, key in named:
        if key not in known:
            yield Problem(file, line, f"there is no source '{key}'")


def _lost_in_roadmaps(
    resources: Container[str], items: Container[str] | None, roadmaps: list[RoadmapSpec]
) -> Iterator[Problem]:
    for roadmap in roadmaps:
        for step in roadmap.steps:
            for key in step.resources:
                if key not in resources:
                    yield Problem(roadmap.file, step.line, f"there is no resource '{key}'")
            for key in step.items:
                if not KEY.fullmatch(key):
                    yield Problem(roadmap.file, step.line, f"'{key}' must be {DOTTED}")
                elif items is not None and key not in items:
                    yield Problem(roadmap.file, step.line, f"the curriculum has no item '{key}'")


def _lost_addresses(resources: list[ResourceSpec], links: list[LinkSpec]) -> Iterator[Problem]:
    """Addresses that two resources share, and links that do not lead to the resource they name."""
    owners: dict[str, ResourceSpec] = {}
    for resource in resources:
        for url in dict.fromkeys(resource.addresses):
            owner = owners.setdefault(same_address(url), resource)
            if owner is not resource:
                yield Problem(resource.file, resource.line, f"{url} belongs already to '{owner.key}'")
    for link in links:
        found = owners.get(same_address(link.url))
        if link.resource and (found is None or found.key != link.resource):
            whose = f"it is that of '{found.key}'" if found else "no resource has it"
            yield Problem(link.file, link.line, f"{link.url} is not an address of '{link.resource}': {whose}")
        if found and link.reason not in ("", "footnote"):  # a footnote's page may well be one
            yield Problem(link.file, link.line, f"{link.url} is an address of '{found.key}'")
