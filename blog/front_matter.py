"""Front matter: what stands above the text of a Jekyll post. Keys that we have no field for are kept as they came."""

from typing import Any

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
