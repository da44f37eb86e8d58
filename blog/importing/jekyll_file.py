"""A Markdown or Jekyll file read. Runs in the killable process: whatever somebody uploads, it ends."""

import json
import re
from typing import Any
from urllib.parse import urljoin, urlsplit

from blog.front_matter import checked
from blog.importing.head import HeadError, parted
from blog.importing.kramdown import from_kramdown
from blog.importing.liquid import without_liquid
from blog.importing.segments import CODE_SPAN, outside_code
from blog.text import MOST_TAGS, clean_body, clean_category, clean_line, clean_tags
from mentorship.common.errors import Refused
from mentorship.common.rendering.errors import RenderError

LONGEST_TITLE, LONGEST_SUMMARY = 140, 300
WITHOUT_SITE = "Links to other pages of the blog it stood on are words here, since nothing says where that blog is."
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|webp|svg)$", re.IGNORECASE)
_NAME = re.compile(r"(?:.*[/\\])?(?:(\d{4}-\d{1,2}-\d{1,2})-)?([^/\\]*?)\.\w+$")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_HEADING = re.compile(r"\s*#[ \t]+([^\n]+?)[ \t]*#*[ \t]*(?:\n|\Z)")
_LINK = re.compile(rf"(?P<code>{CODE_SPAN})|(?P<begin>\]\(<?)(?P<path>/(?!/)[^\s()<>]*)(?P<end>[\s)>])")
_DEFINED = re.compile(
    r"^[ ]{0,3}\[([^\]\n]{1,200})\]:[ \t]*<?([^\s<>]+)>?(?:[ \t]+[\"'(][^\n]*[\"')])?[ \t]*$", re.MULTILINE
)
_BY_NAME = re.compile(rf"(?P<code>{CODE_SPAN})|!\[(?P<alt>[^\]\n]{{0,500}})\][ ]?\[(?P<key>[^\]\n]{{0,200}})\]")
_POOR_ALT = re.compile(
    r"!\[(?:alt text|alt|image|img|)\](\([^\s()]+[ \t]+)(?:\"([^\"\n]+)\"|'([^'\n]+)')\)", re.IGNORECASE
)


def read_bytes(payload: bytes) -> bytes:
    """What `jekyll.read` has called: a line of JSON (name, site, author) and the file in, JSON out."""
    head, _, raw = payload.partition(b"\n")
    asked = json.loads(head)
    return json.dumps(File(asked["name"], asked["site"], asked["author"]).read(raw)).encode()


class File:
    """One file being read; what its author should know is noted on the way."""

    def __init__(self, name: str, site: str, author: list[str]) -> None:
        self.name, self.site, self.author = name, site, author
        self.notes: list[str] = []

    def read(self, raw: bytes) -> dict[str, Any]:
        """The text of a post as keywords, and `notes`. Raises RenderError."""
        head, body = parted(clean_body(self.decoded(raw)))
        self.head: dict[str, Any] = {str(key): value for key, value in head.items()}
        canonical = self.address("canonical_url")
        if not self.site and canonical:
            parts = urlsplit(canonical)
            self.site = f"{parts.scheme}://{parts.netloc}/"
        found = {"canonical_url": canonical, "category": self.category(), "tags": self.tags()}
        found |= {"summary": self.summary()}
        self.dates_and_author()
        title, body = self.title(self.body(body))
        try:
            kept = checked(self.head)
        except Refused as refusal:
            raise HeadError(refusal.message) from None
        return found | {"title": title, "body": body, "slug": self.slug(), "front_matter": kept, "notes": self.notes}

    def decoded(self, raw: bytes) -> str:
        """The text, in whatever of the encodings that editors still write."""
        for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
            if raw.startswith(mark):
                return raw.decode(encoding, "replace")
        if b"\0" in raw:
            raise RenderError("This is no text file: it holds NUL characters.")
        try:
            return raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
        self.notes.append(f"It is not in UTF-8 (line {line}); it was read as Windows-1252. Look at its letters.")
        try:
            return raw.decode("cp1252")
        except UnicodeDecodeError:
            return raw.decode("latin-1")

    def words(self, name: str) -> list[str]:
        """A list, or as Jekyll also reads it, words with spaces between them; taken out of the front matter."""
        value = self.head.pop(name, None)
        if value is None:
            value = self.head.pop({"categories": "category", "tags": "tag"}[name], None)
        if isinstance(value, str):
            value = value.split(",") if "," in value else value.split()
        found = value if isinstance(value, list) else [] if value is None else [value]
        return [str(one) for one in found if isinstance(one, (str, int, float)) and str(one).strip()]

    def category(self) -> str:
        words = self.words("categories")
        if len(words) > 1:
            self.head["categories"] = words
            self.notes.append(f"It has {len(words)} categories; a post has one here: {words[0]}. All are kept.")
        return clean_category(words[0]) if words else ""

    def tags(self) -> list[str]:
        words = self.words("tags")
        if len(words) > MOST_TAGS:
            self.head["tags"] = words
            self.notes.append(f"It has {len(words)} tags; the first {MOST_TAGS} are taken, all are kept.")
        return list(clean_tags(words))

    def address(self, name: str) -> str:
        value = self.head.get(name)
        if isinstance(value, str) and re.fullmatch(r"https?://[^\s<>\"]{3,280}", value.strip()):
            self.head.pop(name)
            return value.strip()
        if value:
            self.notes.append(f"Its {name} is no address on the web; it is kept in the front matter.")
        return ""

    def summary(self) -> str:
        for name in ("summary", "description", "excerpt"):
            value = self.head.get(name)
            if isinstance(value, str) and 0 < len(line := clean_line(value)) <= LONGEST_SUMMARY:
                self.head.pop(name)
                return line
        return ""

    def dates_and_author(self) -> None:
        """The day that the file's name says is kept where the front matter would say it."""
        match = _NAME.match(self.name)
        if match and match[1] and "date" not in self.head:
            self.head["date"] = match[1]
        author = self.head.get("author")
        if isinstance(author, str) and author.strip().casefold() in (one.casefold() for one in self.author):
            self.head.pop("author")
        elif author:
            self.notes.append("It names another author, who is kept in the front matter; the post is yours.")

    def title(self, body: str) -> tuple[str, str]:
        """The title, and the body without it: of the front matter, or the first heading, or the file's name."""
        said = self.head.get("title")
        title = clean_line(str(said)) if isinstance(said, (str, int, float)) else ""
        if title:
            self.head.pop("title")
        elif heading := _HEADING.match(body):
            title, body = clean_line(heading[1]), body[heading.end() :].lstrip("\n")
        else:
            match = _NAME.match(self.name)
            title = clean_line((match[2] if match else self.name).replace("-", " ").replace("_", " ")).capitalize()
        if len(title) > LONGEST_TITLE:
            self.head["title"] = title
            self.notes.append(f"Its title has {len(title)} characters; it is cut to {LONGEST_TITLE}.")
            title = title[: LONGEST_TITLE - 1] + "…"
        return title or "Untitled", body

    def slug(self) -> str:
        """The end of the address that it had."""
        match = _NAME.match(self.name)
        permalink = self.head.get("permalink")
        said = [self.head.get("slug"), permalink.strip("/").rpartition("/")[2] if isinstance(permalink, str) else ""]
        said += [match[2] if match and match[1] else ""]
        plain = (re.sub("[-_]+", "-", one.lower()) for one in said if isinstance(one, str))
        return next((one for one in plain if len(one) <= 80 and _SLUG.fullmatch(one)), "")

    def body(self, text: str) -> str:
        text, unknown = without_liquid(text, self.site)
        if unknown:
            shown = ", ".join(one[:60] for one in unknown[:5])
            self.notes.append(f"Liquid that means nothing here is left as it is: {shown}.")
        text = from_kramdown(text)
        defined = {match[1].casefold(): match[2] for match in _DEFINED.finditer(text)}

        def change(part: str) -> str:
            part = _BY_NAME.sub(lambda match: _from_definition(match, defined), part)
            part = _POOR_ALT.sub(lambda match: f'![{match[2] or match[3]}]{match[1]}"{match[2] or match[3]}")', part)
            return _LINK.sub(self.absolute, part)

        return outside_code(text, change)

    def absolute(self, match: re.Match[str]) -> str:
        if match["code"]:
            return match[0]
        if not self.site:
            if not _PICTURE.search(match["path"]) and WITHOUT_SITE not in self.notes:
                self.notes.append(WITHOUT_SITE)
            return match[0]
        return match["begin"] + urljoin(self.site, match["path"]) + match["end"]


def _from_definition(match: re.Match[str], defined: dict[str, str]) -> str:
    source = defined.get((match["key"] or match["alt"] or "").casefold()) if not match["code"] else None
    return f"![{match['alt']}]({source})" if source else match[0]
