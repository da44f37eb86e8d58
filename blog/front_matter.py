"""Front matter: what stands above the text of a Jekyll post. Keys that we have no field for are kept as they came."""

from typing import Any

import yaml

from blog.text import UNPRINTABLE
from mentorship.common.errors import Refused

MOST_VALUES = 200
LONGEST_VALUE = 2_000
DEEPEST = 5


def checked(found: Any) -> dict[str, Any]:
    """`found` with what can be stored and written back; Refused in words when it is too much or no plain data."""
    if not isinstance(found, dict):
        raise Refused("Front matter is a list of names with values.", code="front_matter")
    count = 0

    def plain(value: Any, depth: int) -> Any:
        nonlocal count
        count += 1
        if count > MOST_VALUES or depth > DEEPEST:
            raise Refused("This front matter is larger than any post needs.", code="front_matter")
        if isinstance(value, dict):
            return {plain(str(key), depth + 1): plain(one, depth + 1) for key, one in value.items()}
        if isinstance(value, (list, tuple)):
            return [plain(one, depth + 1) for one in value]
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, (int, float)) and abs(value) < 1e15:
            return value
        text = UNPRINTABLE.sub("", str(value))
        if len(text) > LONGEST_VALUE:
            raise Refused("A value in the front matter is longer than 2,000 characters.", code="front_matter")
        return text

    return dict(plain(found, 0))


# Keys that the post has fields for, by the name of the field; the first one that says something counts.
OURS = {
    "title": "title",
    "summary": "summary",
    "description": "summary",
    "excerpt": "summary",
    "canonical_url": "canonical_url",
    "categories": "category",
    "category": "category",
    "tags": "tags",
}


def written(found: dict[str, Any]) -> str:
    """`found` as YAML, to be edited; '' for nothing."""
    return yaml.safe_dump(found, allow_unicode=True, sort_keys=False, width=1000) if found else ""


def parted(found: dict[Any, Any]) -> tuple[dict[str, str], dict[Any, Any]]:
    """What goes to fields of ours, as it would be typed there, and the rest. A value that no field holds stays."""
    ours: dict[str, str] = {}
    rest: dict[Any, Any] = {}
    for key, value in found.items():
        field, typed = OURS.get(key), _typed(key, value)
        if field is None or typed is None or field in ours:
            rest[key] = value
        else:
            ours[field] = typed
    return ours, rest


def _typed(key: Any, value: Any) -> str | None:
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        return str(value)
    plain = isinstance(value, list) and value and all(isinstance(one, (str, int, float)) for one in value)
    if not plain or (key != "tags" and len(value) > 1):
        return None
    return ", ".join(str(one) for one in value)
