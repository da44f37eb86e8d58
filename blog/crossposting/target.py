"""The Jekyll blog that posts go to, as its repository says it is: what its configuration and theme do with a post."""

from dataclasses import dataclass, field
from typing import Any

import yaml
from django.conf import settings
from dulwich.repo import Repo

from blog.crossposting import git
from blog.crossposting.destination import Note
from blog.crossposting.permalink import permalink, same_place
from blog.models.cross_post import JekyllTarget
from mentorship.common import clock

LARGEST = 300_000
SHOWN = ("permalink", "baseurl", "url", "title", "markdown", "theme", "remote_theme")
DEFAULT_STYLE = "date"
BYLINE = '<p class="byline">{{ page.author | default: site.owner.name }}</p>'
CANONICAL = '<link rel="canonical" href="{{ page.canonical_url | default: page.url | absolute_url }}">'


@dataclass(frozen=True)
class Facts:
    """What was read: the configuration, each post's address with its canonical link, and the theme's pieces."""

    config: dict[str, Any] = field(default_factory=dict)
    posts: dict[str, list[str]] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)
    layouts: list[str] = field(default_factory=list)
    prints: list[str] = field(default_factory=list)
    read: bool = False

    @property
    def style(self) -> str:
        return str(self.config.get("permalink") or DEFAULT_STYLE)

    @property
    def images_at(self) -> str:
        base = str(self.config.get("baseurl") or "").strip("/")
        return f"/{base}" if base else ""


def read(repo: Repo, commit: bytes) -> Facts:
    """What the commit of the target says."""
    texts: dict[str, str] = {}
    for path, sha in git.files_below(repo, commit, wanted):
        content = repo.object_store[sha].as_raw_string()  # type: ignore[index]
        texts[path] = content[:LARGEST].decode("utf-8", "replace")
    config = plain(texts.get("_config.yml", ""))
    style = str(config.get("permalink") or DEFAULT_STYLE)
    posts, pages = {}, {}
    theme = ""
    for path, text in texts.items():
        if "_posts/" in path:
            front = front_matter(text)
            if address := permalink(path, front, style):
                posts[path] = [address, str(front.get("canonical_url") or "")]
        elif path.startswith(("_layouts/", "_includes/")):
            theme += text
        elif path.endswith((".md", ".html", ".markdown")) and text.startswith("---"):
            pages[path] = str(front_matter(text).get("permalink") or "/" + path.rpartition(".")[0])
    prints = [name for name in ("page.author", "canonical_url") if name in theme]
    layouts = [path for path in texts if path.startswith("_layouts/")]
    shown = {name: config[name] for name in SHOWN if isinstance(config.get(name), str)}
    return Facts(shown, posts, pages, layouts, prints, read=True)


def wanted(path: str) -> bool:
    if path == "_config.yml" or path.startswith(("_layouts/", "_includes/")):
        return True
    return path.endswith((".md", ".markdown", ".html")) and ("_posts/" in path or not path.startswith(("_", ".")))


def plain(text: str) -> dict[str, Any]:
    """YAML of other people's; {} when it is none."""
    try:
        found = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def front_matter(text: str) -> dict[str, Any]:
    if not text.startswith("---"):
        return {}
    head, mark, _ = text[3:].partition("\n---")
    return plain(head) if mark and len(head) < 20_000 else {}


def keep(facts: Facts, head: bytes) -> None:
    """For dry runs, which ask nobody outside."""
    said = {"head": head.decode(), "facts": vars(facts), "reason": "", "read_at": clock.now()}
    JekyllTarget.objects.update_or_create(url=settings.CROSSPOST_JEKYLL_URL, defaults=said)


def kept() -> Facts:
    row = JekyllTarget.objects.filter(url=settings.CROSSPOST_JEKYLL_URL).first()
    return Facts(**row.facts) if row and row.facts else Facts()


def refresh() -> Facts:
    """Read the target anew. Raises Trouble or Passing."""
    from blog.crossposting.github import programs_token

    remote = git.Remote(settings.CROSSPOST_JEKYLL_URL, programs_token())
    with git.scratch() as repo:
        _, head = remote.head(remote.refs())
        known = JekyllTarget.objects.filter(url=remote.url, head=head.decode()).first()
        if known is not None:
            return Facts(**known.facts)
        remote.read(repo, [head])
        facts = read(repo, head)
    keep(facts, head)
    return facts


def problems(facts: Facts, path: str, address: str, canonical: str) -> list[str]:
    """What is at the post's address already, or in its file, that is not this post."""
    found = []
    mine = facts.posts.get(path)
    if mine and mine[1] != canonical:
        found.append(f"The repository has a file {path} already, of another post. Choose another address for this one.")
    for other, (theirs, their_canonical) in facts.posts.items():
        if other != path and same_place(theirs) == same_place(address):
            same = ", sent from here under another date or address" if their_canonical == canonical else ""
            found.append(f"{other}{same} has the address {address} already. Choose another address or category.")
    for other, theirs in facts.pages.items():
        if same_place(theirs) == same_place(address):
            found.append(f"The page {other} has the address {address} already. Choose another category.")
    return found


def notes(facts: Facts, layout: str, category: object, authors: str) -> list[Note]:
    """What the target does not do with the front matter, with the change that would."""
    if not facts.read:
        return [Note("The blog's configuration was not read yet: whether address and layout fit is seen then.")]
    found = []
    if not category:
        found.append(Note(f"The post has no category, so that its address begins at the root ({facts.style})."))
    if facts.config.get("markdown", "kramdown") != "kramdown":
        found.append(
            Note(f"The blog renders Markdown with {facts.config['markdown']}; this file is written for kramdown.")
        )
    if facts.layouts and not any(path.rpartition("/")[2].startswith(f"{layout}.") for path in facts.layouts):
        found.append(Note(f"The theme has no layout “{layout}”.", f"Add _layouts/{layout}.html."))
    where = f"_layouts/{layout}.html"
    if "page.author" not in facts.prints:
        found.append(Note(f"The theme does not name the author: readers will not see that {authors} wrote it.",
                          f"{where}: {BYLINE}"))  # fmt: skip
    if "canonical_url" not in facts.prints:
        found.append(Note("The theme ignores the canonical link: search engines see two copies of the text.",
                          f"_includes/head.html: {CANONICAL}"))  # fmt: skip
    return found
