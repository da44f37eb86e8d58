"""One Markdown file of a folder of notes, read: its letters, what stands above the text, its tags."""

import re
import uuid
from datetime import date, datetime
from typing import Any

import yaml

from mentorship.common.rendering.errors import FileRefused
from mentorship.study.notes.words import (
    LONGEST,
    LONGEST_TITLE,
    MOST_TAGS,
    clean_tag,
    cleaned,
    line_of,
    printable,
)

LONGEST_HEAD = 4_000
MOST_VALUES, LONGEST_VALUE = 60, 500
OURS = frozenset(["title", "tags", "tag", "key", "version", "created", "changed", "item", "gap", "shared"])
# A fence gives none of its signs back and has twenty at most, or one that is not closed would be sought ever again.
CODE = re.compile(r"^(`{3,20}+(?!`)|~{3,20}+(?!~))[^\n]*\n.*?^\1[^\n]*$|`[^`\n]+`", re.MULTILINE | re.DOTALL)
_HEAD = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|$)", re.MULTILINE | re.DOTALL)
_NO_TAGS = re.compile(r"\[\[[^\]\n]{0,400}\]\]|\]\([^)\n]{0,2000}\)|https?://\S+")
_TAG = re.compile(r"(?<![\w#/&])#(?=[\w/-]*[^\W\d])([\w][\w/-]{0,60})")
_PICTURE = re.compile(
    r"!\[\[[^\]\n|]{1,300}\.(?:png|jpe?g|gif|webp|svg|bmp|pdf)\b|!\[[^\]\n]{0,300}\]\((?!https?:)", re.I
)
# UTF-8 that an earlier program took for the Windows code page.
_GARBLED = re.compile("[ÂÃâðï][\u0080-\u00bfŒœŠšŸŽžƒˆ˜–—‘-„†-•…‰‹›€™]{1,3}")


def note_of(path: str, raw: bytes) -> dict[str, Any]:
    """`raw` as {path, title, text, tags, said, head, rest}; FileRefused says why it is none."""
    text, said = decoded(raw)
    head, body, refused = parted(text)
    if refused:
        said.append(refused)
    body = cleaned(body)
    if not body.strip():
        raise FileRefused("It is empty.")
    if len(body) > LONGEST:
        raise FileRefused("It is longer than the 100,000 characters of a note.")
    title = line_of(str(head.get("title") or "")) or line_of(path.rpartition("/")[2].rpartition(".")[0])
    if len(title) > LONGEST_TITLE:
        said.append(f"Its title was cut to {LONGEST_TITLE} characters.")
        title = title[:LONGEST_TITLE].rstrip()
    tags = list(dict.fromkeys(tag for tag in [*tags_above(head), *tags_in(body)] if tag))
    if len(tags) > MOST_TAGS:
        said.append(f"It has {len(tags)} tags; the first {MOST_TAGS} were kept.")
    if pictures := len(_PICTURE.findall(body)):
        said.append(f"{pictures} image{'' if pictures == 1 else 's'} that it shows stayed out.")
    named = ((line_of(str(key))[:60], _plain(value)) for key, value in head.items() if key not in OURS)
    rest = {name: plain for name, plain in named if name and plain != ""}
    kept = dict(list(rest.items())[:MOST_VALUES])
    return {
        "path": path, "title": title, "text": body, "tags": tags[:MOST_TAGS], "said": said, "rest": kept,
        "key": _key(head.get("key")), "version": _number(head.get("version")), "created": _plain(head.get("created")),
        "item": line_of(str(head.get("item") or ""))[:120], "gap": head.get("gap") is True,
    }  # fmt: skip


def decoded(raw: bytes) -> tuple[str, list[str]]:
    """The text, and what its author should know of its letters."""
    said: list[str] = []
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = raw.decode("utf-16", "replace")
    else:
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("cp1252", "replace")
            said.append("It was not in UTF-8 and was read as Windows text; look whether its letters are right.")
    if "\x00" in text:
        raise FileRefused("It is not text.")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    mended = _GARBLED.sub(_mended, text)
    if mended != text:
        said.append("Letters that an earlier program had garbled were mended.")
    return printable(mended), said


def _mended(match: re.Match[str]) -> str:
    letters = bytearray()
    for letter in match[0]:
        try:
            letters += letter.encode("cp1252")
        except UnicodeEncodeError:
            letters += letter.encode("latin-1", "replace")
    for end in range(len(letters), 1, -1):  # the last ones may be text of their own
        try:
            return letters[:end].decode("utf-8") + match[0][end:]
        except UnicodeDecodeError:
            continue
    return match[0]


def parted(text: str) -> tuple[dict[Any, Any], str, str]:
    """What stands above the text, the text, and a sentence if the former cannot be read; then it stays in the text."""
    match = _HEAD.match(text[: LONGEST_HEAD + 100]) if text.startswith("---") else None
    if match is None:
        return {}, text, ""
    try:
        found = _load(match[1])
    except (yaml.YAMLError, ValueError, TypeError, OverflowError, RecursionError):
        return {}, text, "What stands above its text could not be read, and stayed in the text."
    return found, text[match.end() :], ""


def _load(source: str) -> dict[Any, Any]:
    if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(source, Loader=yaml.SafeLoader)):
        raise ValueError("aliases")  # little text could be made much
    found = yaml.safe_load(source)
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise TypeError("no mapping")
    return found


def tags_above(head: dict[Any, Any]) -> list[str]:
    said = head.get("tags", head.get("tag"))
    if isinstance(said, str):
        said = re.split(r"[,\s]+", said)
    return [clean_tag(str(tag)) for tag in said[:200]] if isinstance(said, list) else []


def tags_in(body: str) -> list[str]:
    """`#tags` within the text, not those in code, links and addresses."""
    prose = _NO_TAGS.sub(" ", CODE.sub(" ", body))
    return [clean_tag(tag) for tag in _TAG.findall(prose)[:1000]]


def _plain(value: Any) -> Any:
    """A value that can be kept and written back; '' for what cannot."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        return value if abs(value) < 1e15 else ""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, str):
        return printable(value)[:LONGEST_VALUE]
    if isinstance(value, list):
        return [_plain(one) for one in value[:MOST_VALUES] if not isinstance(one, list | dict)]
    return ""


def _key(value: Any) -> str:
    try:
        return str(uuid.UUID(str(value))) if value else ""
    except ValueError:
        return ""


def _number(value: Any) -> int:
    return value if isinstance(value, int) and 0 < value < 2_000_000_000 else 0
