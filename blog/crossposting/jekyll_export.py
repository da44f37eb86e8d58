"""A post as files of a Jekyll blog. Pure: from a post and its figures to bytes, nothing is asked outside."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape
from typing import Any

import yaml

from blog.crossposting.destination import File, Trouble
from blog.crossposting.kramdown import to_kramdown
from blog.crossposting.permalink import permalink

LAYOUT = "article"
# What the export says itself; of an imported post's other keys those are kept that move and run nothing.
OURS = ("layout", "title", "categories", "tags", "author", "canonical_url", "image", "comments", "description")
NEVER = ("category", "permalink", "published", "date", "slug", "redirect_from", "redirect_to", "render_with_liquid")
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,40}")
_SPOKEN = re.compile(r"https?://[\w./:-]+|[A-Za-z][\w ./,()-]*")
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,40}")


class Plain(yaml.SafeDumper):
    """YAML for Ruby's reader too, to which `:word` is a symbol: a text of other than plain words is quoted."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = None if _SPOKEN.fullmatch(text) else "'"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


Plain.add_representer(str, _text)


@dataclass(frozen=True)
class Picture:
    """An image of the post: where it is shown here, its file's name, and its bytes."""

    address: str
    name: str
    content: bytes


@dataclass(frozen=True)
class Source:
    """What of a post is exported."""

    title: str
    slug: str
    body: str
    authors: list[str]
    canonical_url: str
    published_at: datetime
    category: str = ""
    tags: list[str] = field(default_factory=list)
    summary: str = ""
    front_matter: dict[str, Any] = field(default_factory=dict)
    pictures: list[Picture] = field(default_factory=list)


def export(source: Source, *, base: str, images_at: str = "") -> list[File]:
    """The post's file, then its images. `base` is this site's address, `images_at` what the target's lies below."""
    folder = f"images/{source.slug}"
    shown = [picture for picture in source.pictures if picture.address in source.body]
    places = {picture.address: f"{images_at}/{folder}/{picture.name}" for picture in shown}
    front = front_matter(source, shown)
    head = yaml.dump(front, Dumper=Plain, allow_unicode=True, sort_keys=False, width=10_000)
    text = f"---\n{head}---\n\n{to_kramdown(source.body, places, base)}"
    files = [File(post_path(source), text.encode())]
    files += [File(f"{folder}/{picture.name}", picture.content, picture.address) for picture in shown]
    for file in files:
        check_path(file.path, source.slug)
    return files


def post_path(source: Source) -> str:
    return f"_posts/{source.published_at.astimezone(UTC):%Y-%m-%d}-{source.slug}.md"


def check_path(path: str, slug: str) -> None:
    """Trouble for any path but the post's own file and one folder of images."""
    allowed = (
        rf"_posts/\d{{4}}-\d\d-\d\d-{re.escape(slug)}\.md|images/{re.escape(slug)}/[a-z0-9][a-z0-9-]*\.[a-z]{{3,4}}"
    )
    if not re.fullmatch(allowed, path) or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug):
        raise Trouble(f"Nothing is written to {path[:100]}: a post has its own file and one folder of images.")


def front_matter(source: Source, shown: list[Picture]) -> dict[str, Any]:
    """Its front matter. What people typed is escaped: the target's theme prints it as HTML."""
    kept = source.front_matter
    front: dict[str, Any] = {
        "layout": kept["layout"] if _WORD.fullmatch(str(kept.get("layout", ""))) else LAYOUT,
        "title": safe(source.title),
        "categories": source.category or _categories(kept),
        "author": safe(", ".join(source.authors)),
        "canonical_url": source.canonical_url,
    }
    image = kept.get("image") or ({"teaser": f"{source.slug}/{shown[0].name}"} if shown else None)
    if image:
        front["image"] = _safe(image)
    comments = kept.get("comments", True)
    front["comments"] = comments if isinstance(comments, bool) else True
    if source.tags:
        front["tags"] = list(source.tags)
    if source.summary:
        front["description"] = safe(source.summary)
    for key, value in kept.items():
        if key not in OURS and key not in NEVER and _KEY.fullmatch(key):
            front[key] = _safe(value)
    return front


def _categories(kept: dict[str, Any]) -> str | list[str]:
    """Those of an imported post that are plain words."""
    found = kept.get("categories") or kept.get("category") or []
    names = found.split() if isinstance(found, str) else found if isinstance(found, list) else []
    plain = [str(name) for name in names if _WORD.fullmatch(str(name))]
    return plain[0] if len(plain) == 1 else plain


def safe(text: str) -> str:
    """`text` for a theme that prints it as it is: no tag, no end of an attribute, no Liquid."""
    text = escape(text, quote=False).replace('"', "&quot;")
    return text.replace("{{", "&#123;&#123;").replace("{%", "&#123;%")


def _safe(value: Any) -> Any:
    """The same for every text in plain data."""
    if isinstance(value, dict):
        return {str(key): _safe(one) for key, one in value.items() if _KEY.fullmatch(str(key))}
    if isinstance(value, list):
        return [_safe(one) for one in value]
    return safe(value) if isinstance(value, str) else value


def address_of(source: Source, style: str) -> str:
    """Where the target will show it."""
    return permalink(post_path(source), {"categories": source.category or _categories(source.front_matter)}, style)
