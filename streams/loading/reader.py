"""Read YAML strictly, remembering where everything stands, so that a mistake is named by file and line.

The reader works on YAML's nodes instead of loaded values: nodes know their lines, and a key given twice is
still visible. Problems are collected rather than raised, so that one run shows all of them; what could not be
read comes back empty. Anchors and aliases are refused: without them no nesting runs in a circle or explodes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

DEEPEST = 24
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same in C where it is built in: ten times as fast
TYPE_NAMES = {
    "str": "a text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "null": "nothing",
}


class Problem(NamedTuple):
    """One thing that is wrong, and where. Sorts by file and line."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}" if self.line else f"{self.file}: {self.reason}"


class CurriculumInvalid(Exception):
    """The files cannot be used; `problems` says why."""

    def __init__(self, problems: Sequence[Problem]):
        self.problems = list(dict.fromkeys(problems))
        super().__init__("\n".join(map(str, self.problems)))


class Reader:
    """Reads one file; appends to a list of problems that all files share."""

    def __init__(self, file: str, problems: list[Problem]):
        self.file = file
        self.problems = problems

    def problem(self, line: int, reason: str) -> None:
        self.problems.append(Problem(self.file, line, reason))

    def mapping(self, node: Node, what: str, *, required: Sequence[str] = (), optional: Sequence[str] = ()) -> Fields:
        """The fields of a mapping; complains of unknown, missing and repeated keys."""
        found: dict[str, Node] = {}
        line = _line(node)
        if not isinstance(node, MappingNode):
            self.problem(line, f"{what} must be a mapping of fields, not {_type(node)}")
            return Fields(self, found, line)
        for key_node, value in node.value:
            key = key_node.value if isinstance(key_node, ScalarNode) else ""
            if key not in required and key not in optional:
                known = ", ".join((*required, *optional))
                self.problem(_line(key_node), f"unknown field '{key}' in {what}; known are {known}")
            elif key in found:
                self.problem(_line(key_node), f"'{key}' is given twice in {what}")
            else:
                found[key] = value
        for key in required:
            if key not in found:
                self.problem(line, f"'{key}' is missing in {what}")
        return Fields(self, found, line)


class Fields:
    """The fields of one mapping; each method reads one of them. What is absent or wrong comes back empty."""

    def __init__(self, reader: Reader, nodes: dict[str, Node], line: int):
        self._reader = reader
        self._nodes = nodes
        self._line = line

    def has(self, name: str) -> bool:
        return name in self._nodes

    def line(self, name: str) -> int:
        return _line(self._nodes[name]) if name in self._nodes else self._line

    def problem(self, name: str, reason: str) -> None:
        self._reader.problem(self.line(name), reason)

    def text(self, name: str, *, longest: int = 5000) -> str:
        node = self._nodes.get(name)
        return "" if node is None else self._text(node, name, longest)

    def _text(self, node: Node, name: str, longest: int) -> str:
        value = node.value.strip() if isinstance(node, ScalarNode) and _tag(node) == "str" else None
        if value is None:
            self._reader.problem(_line(node), f"'{name}' must be a text, not {_type(node)}")
        elif not value:
            self._reader.problem(_line(node), f"'{name}' must not be empty")
        elif len(value) > longest:
            self._reader.problem(_line(node), f"'{name}' has {len(value)} characters; {longest} are allowed")
        return value or ""

    def texts(self, name: str) -> list[str]:
        return [self._text(node, name, 2000) for node in self._list(name)]

    def matching(self, name: str, pattern: re.Pattern[str], must_be: str, *, longest: int = 150) -> str:
        value = self.text(name, longest=longest)
        if value and not pattern.fullmatch(value):
            self.problem(name, f"'{name}' must be {must_be}, not '{value}'")
        return value

    def choice(self, name: str, choices: Sequence[str]) -> str:
        value = self.text(name)
        if value and value not in choices:
            self.problem(name, f"'{name}' must be one of {', '.join(choices)}, not '{value}'")
        return value

    def url(self, name: str) -> str:
        """An absolute http or https address of at most 500 characters."""
        node = self._nodes.get(name)
        return "" if node is None else self._url(node, name)

    def urls(self, name: str) -> list[str]:
        return [self._url(node, name) for node in self._list(name)]

    def _url(self, node: Node, name: str) -> str:
        value = self._text(node, name, 500)
        if value and not _is_web_address(value):
            reason = f"'{name}' must be an address that begins with https:// or http://, not '{value}'"
            self._reader.problem(_line(node), reason)
        return value

    def boolean(self, name: str) -> bool:
        node = self._nodes.get(name)
        if node is None:
            return False
        if _tag(node) != "bool":
            self.problem(name, f"'{name}' must be true or false, not {_type(node)}")
        return str(node.value).lower() in ("true", "yes", "on")

    def number(self, name: str, *, most: int) -> Decimal | None:
        """A number from 0 to `most`, with one decimal at most."""
        node = self._nodes.get(name)
        if node is None:
            return None
        try:
            value = Decimal(node.value) if _tag(node) in ("int", "float") else Decimal("NaN")
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite():
            self.problem(name, f"'{name}' must be a number, not {_type(node)}")
        elif not 0 <= value <= most:
            self.problem(name, f"'{name}' must be from 0 to {most}, not {node.value}")
        elif value != round(value, 1):
            self.problem(name, f"'{name}' has more than one decimal")
        else:
            return value
        return None

    def whole(self, name: str, *, least: int, most: int) -> int | None:
        node = self._nodes.get(name)
        if node is None:
            return None
        if _tag(node) != "int" or not re.fullmatch(r"[-+]?[0-9]{1,9}", node.value):
            self.problem(name, f"'{name}' must be a whole number, not {_type(node)}")
        elif not least <= int(node.value) <= most:
            self.problem(name, f"'{name}' must be from {least} to {most}, not {node.value}")
        else:
            return int(node.value)
        return None

    def mapping(self, name: str, *, required: Sequence[str] = (), optional: Sequence[str] = ()) -> Fields | None:
        node = self._nodes.get(name)
        return None if node is None else self._reader.mapping(node, f"'{name}'", required=required, optional=optional)

    def mappings(self, name: str, *, required: Sequence[str] = (), optional: Sequence[str] = ()) -> list[Fields]:
        return [
            self._reader.mapping(node, f"an entry of '{name}'", required=required, optional=optional)
            for node in self._list(name)
        ]

    def _list(self, name: str) -> list[Node]:
        node = self._nodes.get(name)
        if node is None:
            return []
        if not isinstance(node, SequenceNode) or not node.value:
            self.problem(name, f"'{name}' must be a list with at least one entry")
            return []
        return node.value


def compose(path: Path, reader: Reader) -> Node | None:
    """The root node of a file, or None after noting why there is none."""
    try:
        text = path.read_text(encoding="utf-8")
        if problem := _refused(text):
            reader.problem(*problem)
            return None
        root = yaml.compose(text, Loader=LOADER)
    except (OSError, UnicodeDecodeError) as error:
        reader.problem(1, f"cannot be read: {error}")
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reader.problem(mark.line + 1 if mark else 1, f"not valid YAML: {error.problem or error.context}")
    except yaml.YAMLError as error:
        reader.problem(1, f"not valid YAML: {error}")
    else:
        if root is None:
            reader.problem(1, "the file is empty")
        return root
    return None


def _refused(text: str) -> tuple[int, str] | None:
    """Line and reason if the text uses what even valid YAML may not use here."""
    depth = 0
    for event in yaml.parse(text, Loader=LOADER):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            return line, "anchors and aliases are not allowed"
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            return line, f"nested deeper than {DEEPEST} levels"
    return None


def _is_web_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"[\s\"'<>\\]", value)
    except ValueError:
        return False


def _line(node: Node) -> int:
    return node.start_mark.line + 1


def _tag(node: Node) -> str:
    return node.tag.rpartition(":")[2]


def _type(node: Node) -> str:
    if isinstance(node, ScalarNode):
        return TYPE_NAMES.get(_tag(node), _tag(node)) + (f" ({node.value[:40]})" if node.value else "")
    return "a list" if isinstance(node, SequenceNode) else "a mapping"
