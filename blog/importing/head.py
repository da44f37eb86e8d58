"""Front matter read: YAML, safely, with the line where it went wrong."""

import re
from typing import Any

import yaml

from mentorship.common.rendering.errors import RenderError

LARGEST = 20_000
NO_ALIASES = "aliases (*name) are not read here; write the value out"
_HEAD = re.compile(r"\A\s*?---[ \t]*\n(?P<yaml>(?:.*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")


class HeadError(RenderError):
    """Front matter that cannot be read; says the line, as an editor counts it, and why."""


class _Loader(yaml.SafeLoader):
    """Plain data only; no aliases, which make little text much data."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            mark = self.peek_event().start_mark
            raise yaml.MarkedYAMLError(problem=NO_ALIASES, problem_mark=mark)
        return super().compose_node(parent, index)

    def _date(self, node: Any) -> Any:
        """A date that no calendar has is text."""
        try:
            return self.construct_yaml_timestamp(node)
        except ValueError:
            return self.construct_scalar(node)

    def _number(self, node: Any) -> Any:
        try:
            return self.construct_yaml_int(node)
        except ValueError:
            return self.construct_scalar(node)


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _Loader._date)
_Loader.add_constructor("tag:yaml.org,2002:int", _Loader._number)


def parted(text: str) -> tuple[dict[Any, Any], str]:
    """The front matter of `text`, if it has any, and what follows. Raises HeadError."""
    found = _HEAD.match(text)
    if found is None:
        return {}, text
    return read(found["yaml"], text[: found.start("yaml")].count("\n")), text[found.end() :]


def read(text: str, before: int = 0) -> dict[Any, Any]:
    """The names and values of front matter without its fences. `before`: how many lines stand above `text`.

    Raises HeadError.
    """
    if len(text) > LARGEST:
        raise HeadError("The front matter is longer than 20,000 characters; no post needs that much.")
    try:
        # A loader of ours that makes plain data only.
        data = yaml.load(text, _Loader)  # noqa: S506
    except yaml.MarkedYAMLError as error:
        raise HeadError(_said(error, before)) from None
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + before + 1
        raise HeadError(f"Front matter, line {line}: there is a character that YAML does not allow.") from None
    except RecursionError:
        raise HeadError("The front matter nests too deeply to be read.") from None
    except (yaml.YAMLError, ValueError, OverflowError, TypeError, AttributeError):
        raise HeadError("The front matter cannot be read as YAML.") from None
    if data is None:
        return {}
    if not isinstance(data, dict):
        raise HeadError(f"Front matter, line {before + 1}: this is no list of names with values (name: value).")
    return data


def _said(error: yaml.MarkedYAMLError, before: int) -> str:
    mark = error.problem_mark or error.context_mark
    line = f", line {mark.line + before + 1}" if mark else ""
    reason = re.sub(r"\s+", " ", error.problem or error.context or "it is not YAML")
    if "could not determine a constructor for the tag" in reason:
        reason = "only plain values are read, no " + reason.rpartition("tag ")[2].strip("'\"").replace(
            "tag:yaml.org,2002:", "!!"
        )
    hint = " A value that holds a colon stands between quotes." if "mapping values are not allowed" in reason else ""
    return f"Front matter{line}: {reason[:200]}.{hint}"
