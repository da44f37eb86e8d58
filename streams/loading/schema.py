"""The format of streams/curriculum/*.yaml, checked while it is read.

    stream:  key number title tagline summary audience
    units:   list of  key title summary? items
    items:   list of  key kind title summary? note? url? optional?
                      hours + estimate (ours | program)   a leaf that is no project
                      items                               a parent: hours and state follow from its parts
                      project                             exactly when kind is project
    project: label focus requirements  hours_min? hours_max? hours_note? team_min? team_max?
             replicates? (true: of a paper)  builds_on? (the item key of a project that is accepted first)
             criteria (key question guidance? source?)  criteria_from (another project's item key)

Nothing here touches the database. A project's key is its item's key.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from yaml.nodes import Node

from streams.loading.reader import CurriculumInvalid, Fields, Problem, Reader, compose
from streams.loading.spec import CriterionSpec, ItemSpec, ProjectSpec, StreamSpec, UnitSpec

KINDS = ("topic", "reading", "video", "practice", "paper", "project", "milestone")
ESTIMATES = ("ours", "program")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
KEY = re.compile(rf"{SLUG.pattern}(?:\.{SLUG.pattern})*")
WORDS = "lower-case words joined by hyphens"
DOTTED = "lower-case words joined by hyphens and dots"
MOST_HOURS = 2000
MOST_PEOPLE = 20


def read_curriculum(directory: Path) -> list[StreamSpec]:
    """Read and check every *.yaml of the directory.

    Returns the streams by number, criteria_from expanded. Raises CurriculumInvalid with every problem found.
    A directory without files is a problem as well, so that a wrong path cannot retire everything.
    """
    paths = sorted(directory.glob("*.yaml")) if directory.is_dir() else []
    if not paths:
        raise CurriculumInvalid([Problem(str(directory), 0, "there is no .yaml file here")])
    problems: list[Problem] = []
    streams = []
    for path in paths:
        reader = Reader(path.name, problems)
        root = compose(path, reader)
        if root is not None and (stream := _stream(reader, root)):
            streams.append(stream)
    problems += _collisions(streams)
    problems += _lost_bases(streams)
    streams = _expand_criteria(streams, problems)
    if problems:
        raise CurriculumInvalid(sorted(problems))
    return sorted(streams, key=lambda stream: stream.number)


def _stream(reader: Reader, node: Node) -> StreamSpec | None:
    top = reader.mapping(node, "the file", required=("stream", "units"))
    head = top.mapping("stream", required=("key", "number", "title", "tagline", "summary", "audience"))
    if head is None:
        return None
    return StreamSpec(
        key=head.matching("key", SLUG, WORDS, longest=50),
        number=head.whole("number", least=1, most=99) or 0,
        title=head.text("title", longest=120),
        tagline=head.text("tagline", longest=200),
        summary=head.text("summary"),
        audience=head.text("audience"),
        units=tuple(
            _unit(unit) for unit in top.mappings("units", required=("key", "title", "items"), optional=("summary",))
        ),
        file=reader.file,
        line=head.line("key"),
    )


def _unit(unit: Fields) -> UnitSpec:
    return UnitSpec(
        key=unit.matching("key", SLUG, WORDS, longest=120),
        title=unit.text("title", longest=160),
        summary=unit.text("summary"),
        items=tuple(_item(item) for item in _items(unit)),
        line=unit.line("key"),
    )


def _items(parent: Fields) -> list[Fields]:
    return parent.mappings(
        "items",
        required=("key", "kind", "title"),
        optional=("summary", "note", "url", "hours", "estimate", "optional", "items", "project"),
    )


def _item(item: Fields) -> ItemSpec:
    key = item.matching("key", KEY, DOTTED, longest=120)
    kind = item.choice("kind", KINDS)
    if item.has("hours") != item.has("estimate"):
        item.problem("hours" if item.has("hours") else "estimate", "'hours' and 'estimate' go together")
    if item.has("hours") and (item.has("items") or item.has("project")):
        item.problem("hours", "hours of a parent follow from its parts, those of a project stand in its brief")
    if item.has("project") and item.has("items"):
        item.problem("items", "a project has no items below it")
    if kind == "project" and "." in key:
        item.problem("key", "a project's key is its address and has no dots")
    if (kind == "project") != item.has("project"):
        item.problem("kind", "kind 'project' and the field 'project' go together")
    return ItemSpec(
        key=key,
        kind=kind,
        title=item.text("title", longest=200),
        summary=item.text("summary"),
        note=item.text("note"),
        url=item.url("url"),
        hours=item.number("hours", most=MOST_HOURS),
        estimate=item.choice("estimate", ESTIMATES) if item.has("estimate") else "",
        optional=item.boolean("optional"),
        items=tuple(_item(child) for child in _items(item)) if item.has("items") else (),
        project=_project(item, key) if item.has("project") else None,
        line=item.line("key"),
    )


def _project(item: Fields, key: str) -> ProjectSpec | None:
    brief = item.mapping(
        "project",
        required=("label", "focus", "requirements"),
        optional=(
            "hours_min",
            "hours_max",
            "hours_note",
            "team_min",
            "team_max",
            "replicates",
            "builds_on",
            "criteria",
            "criteria_from",
        ),
    )
    if brief is None:
        return None
    for low, high in (("hours_min", "hours_max"), ("team_min", "team_max")):
        if brief.has(low) != brief.has(high):
            brief.problem(low if brief.has(low) else high, f"'{low}' and '{high}' go together")
    hours_min, hours_max = (brief.whole(name, least=0, most=MOST_HOURS) for name in ("hours_min", "hours_max"))
    team_min, team_max = (brief.whole(name, least=1, most=MOST_PEOPLE) for name in ("team_min", "team_max"))
    if hours_min is not None and hours_max is not None and hours_min > hours_max:
        brief.problem("hours_min", f"hours_min {hours_min} is more than hours_max {hours_max}")
    if team_min is not None and team_max is not None and team_min > team_max:
        brief.problem("team_min", f"team_min {team_min} is more than team_max {team_max}")
    if not brief.has("criteria") and not brief.has("criteria_from"):
        brief.problem("label", "a project needs 'criteria' or 'criteria_from'")
    return ProjectSpec(
        key=key,
        label=brief.text("label", longest=60),
        focus=brief.text("focus"),
        requirements=tuple(brief.texts("requirements")),
        hours_min=hours_min,
        hours_max=hours_max,
        hours_note=brief.text("hours_note"),
        team_min=team_min or 1,
        team_max=team_max or 1,
        replicates=brief.boolean("replicates"),
        builds_on=brief.matching("builds_on", KEY, "the key of a project") if brief.has("builds_on") else "",
        criteria=tuple(_criteria(brief)) if brief.has("criteria") else (),
        criteria_from=brief.matching("criteria_from", KEY, "the key of a project")
        if brief.has("criteria_from")
        else "",
        line=brief.line("label"),
    )


def _criteria(brief: Fields) -> Iterator[CriterionSpec]:
    for row in brief.mappings("criteria", required=("key", "question"), optional=("guidance", "source")):
        yield CriterionSpec(
            key=row.matching("key", SLUG, WORDS, longest=60),
            question=row.text("question"),
            guidance=row.text("guidance"),
            source=row.choice("source", ESTIMATES) if row.has("source") else "program",
            line=row.line("key"),
        )


def _collisions(streams: list[StreamSpec]) -> Iterator[Problem]:
    """Keys that occur twice, in one file or in two. Empty ones have been complained about already."""
    seen: dict[tuple[str, object], str] = {}
    for stream in streams:
        rows: list[tuple[str, object, int]] = [
            ("stream", stream.key, stream.line),
            ("number", stream.number, stream.line),
        ]
        rows += [("unit", unit.key, unit.line) for unit in stream.units]
        rows += [("item", item.key, item.line) for item in stream.items()]
        for what, key, line in rows:
            if key and (first := seen.setdefault((what, key), f"{stream.file}:{line}")) != f"{stream.file}:{line}":
                yield Problem(stream.file, line, f"{what} '{key}' is used already at {first}")


def _lost_bases(streams: list[StreamSpec]) -> Iterator[Problem]:
    """Projects that build on none, or on one that builds on another: one step is all that there is."""
    bases = {brief.key: brief.builds_on for stream in streams for brief in stream.projects()}
    for stream in streams:
        for brief in stream.projects():
            if brief.builds_on and bases.get(brief.builds_on) != "":
                reason = f"builds_on: there is no project '{brief.builds_on}' that builds on no other"
                yield Problem(stream.file, brief.line, reason)


def _expand_criteria(streams: list[StreamSpec], problems: list[Problem]) -> list[StreamSpec]:
    """Put the criteria that a project takes over from another one in front of its own."""
    briefs = {brief.key: (stream.file, brief) for stream in streams for brief in stream.projects()}

    def criteria_of(key: str, above: tuple[str, ...] = ()) -> tuple[CriterionSpec, ...]:
        file, brief = briefs[key]
        if not brief.criteria_from:
            return brief.criteria
        if brief.criteria_from not in briefs:
            problems.append(Problem(file, brief.line, f"criteria_from: there is no project '{brief.criteria_from}'"))
            return brief.criteria
        if brief.criteria_from in (*above, key):
            problems.append(Problem(file, brief.line, f"criteria_from: '{key}' leads back to itself"))
            return brief.criteria
        return criteria_of(brief.criteria_from, (*above, key)) + brief.criteria

    def expanded(item: ItemSpec, file: str) -> ItemSpec:
        if item.project is None:
            return replace(item, items=tuple(expanded(child, file) for child in item.items))
        criteria = criteria_of(item.key)
        seen = {criterion.key for criterion in criteria[: -len(item.project.criteria) or None]}
        for criterion in item.project.criteria:
            if criterion.key in seen:
                reason = f"criterion '{criterion.key}' occurs twice in '{item.key}'"
                problems.append(Problem(file, criterion.line, reason))
            seen.add(criterion.key)
        return replace(item, project=replace(item.project, criteria=criteria))

    return [
        replace(
            stream,
            units=tuple(
                replace(unit, items=tuple(expanded(item, stream.file) for item in unit.items)) for unit in stream.units
            ),
        )
        for stream in streams
    ]
