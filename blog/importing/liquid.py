"""Liquid, the templates of Jekyll: what stands in posts becomes Markdown, what we do not know stays and is named."""

import re
from collections.abc import Callable
from urllib.parse import urljoin

# Braces between {% raw %} and {% endraw %} are the author's own: they wait as characters that no text holds.
_KEPT = {"{{": "\ue000", "}}": "\ue001", "{%": "\ue002", "%}": "\ue003"}
_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}([\s\S]*?)\{%-?\s*endraw\s*-?%\}")
_COMMENT = re.compile(r"\{%-?\s*comment\s*-?%\}[\s\S]*?\{%-?\s*endcomment\s*-?%\}")
_HIGHLIGHT = re.compile(
    r"^([ \t]*)\{%-?\s*highlight\s+([\w+#.-]+)[^%\n]*%\}[ \t]*\n?([\s\S]*?)\n?[ \t]*\{%-?\s*endhighlight\s*-?%\}",
    re.MULTILINE,
)
_TAG = re.compile(r"\{%-?\s*([a-z_]+)\s*([^{}\n]*?)\s*-?%\}")
_VALUE = re.compile(r"\{\{-?\s*([^{}\n]*?)\s*-?\}\}")
_NAMED = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S+))""")
_QUOTED = re.compile(r"""(?:"([^"]*)"|'([^']*)')((?:\s*\|\s*(?:relative_url|absolute_url|prepend:\s*site\.\w+))*)""")
_IMAGE = re.compile(r"\.(?:png|jpe?g|gif|webp|svg)$", re.IGNORECASE)
_DATED = re.compile(r"(?:.*/)?\d{4}-\d{1,2}-\d{1,2}-([\w-]+)$")


def without_liquid(text: str, site: str = "") -> tuple[str, list[str]]:
    """`text` as Markdown, and the tags that stand in it as they were. `site`: where the blog stands, or ''."""
    unknown: list[str] = []
    for kept in _KEPT.values():
        text = text.replace(kept, "")
    text = _RAW.sub(lambda match: _held(match[1]), text)
    text = _HIGHLIGHT.sub(_fenced, _COMMENT.sub("", text))
    text = _VALUE.sub(lambda match: _value(match, site, unknown), text)
    text = _TAG.sub(lambda match: _tag(match, site, unknown), text)
    for braces, kept in _KEPT.items():
        text = text.replace(kept, braces)
    return text, list(dict.fromkeys(unknown))


def _held(text: str) -> str:
    for braces, kept in _KEPT.items():
        text = text.replace(braces, kept)
    return text


def _fenced(match: re.Match[str]) -> str:
    """A fence longer than any in the code."""
    indent, language, code = match[1], match[2], match[3]
    longest = max((len(run) for run in re.findall(r"^[ \t]*(`{3,})", code, re.MULTILINE)), default=2)
    fence = "`" * (longest + 1)
    return f"{indent}{fence}{language}\n{_held(code)}\n{indent}{fence}"


def _value(match: re.Match[str], site: str, unknown: list[str]) -> str:
    said = match[1]
    if said in ("site.url", "site.baseurl", "site.github.url"):
        return site.rstrip("/") if said == "site.url" else ""
    if found := _QUOTED.fullmatch(said):
        return found[1] or found[2] or ""
    unknown.append(match[0])
    return match[0]


def _tag(match: re.Match[str], site: str, unknown: list[str]) -> str:
    name, rest = match[1], match[2]
    known = TAGS.get(name)
    found = known(rest) if known else None
    if found is None:
        unknown.append(match[0])
        return match[0]
    return urljoin(site, found) if site and name == "post_url" else found


def _include(rest: str) -> str | None:
    """The images that themes have their own files for."""
    said = {match[1]: match[2] or match[3] or match[4] or "" for match in _NAMED.finditer(rest)}
    source = next((value for value in said.values() if _IMAGE.search(value)), "")
    if not source:
        return None
    words = next((said[name] for name in ("alt", "caption", "description", "title") if said.get(name)), "")
    return f"![{words.replace('[', '').replace(']', '')}]({source.replace(' ', '%20')})"


def _post_url(rest: str) -> str | None:
    found = _DATED.match(rest.strip())
    return f"/{found[1]}/" if found else None


def _gist(rest: str) -> str | None:
    return f"<https://gist.github.com/{rest.split()[0]}>" if re.match(r"[\w/-]+(?:\s|$)", rest) else None


def _nothing(rest: str) -> str | None:
    return ""


TAGS: dict[str, Callable[[str], str | None]] = {
    "include": _include,
    "post_url": _post_url,
    "link": lambda rest: "/" + rest.strip().lstrip("/"),
    "gist": _gist,
    "assign": _nothing,
    "toc": _nothing,
}
