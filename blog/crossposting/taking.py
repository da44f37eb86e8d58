"""What one takes along by hand."""

from dataclasses import dataclass

from blog.crossposting import by_hand
from blog.crossposting.destination import Trouble
from blog.crossposting.sending import dry_run
from blog.crossposting.source import source_of
from blog.models import Post
from mentorship.common.errors import Refused

KINDS = {"markdown": "Markdown", "html": "HTML", "jekyll": "Files of the pull request"}


@dataclass(frozen=True)
class Taken:
    name: str
    content: bytes
    content_type: str
    text: str = ""  # to copy; '' for what is only a file

    @property
    def label(self) -> str:
        return "HTML" if self.name.endswith(".html") else "Markdown"


def take(post: Post, kind: str) -> Taken:
    """The post as `kind`; Refused if its text cannot be written so."""
    source = source_of(post)
    if kind == "jekyll":
        seen = dry_run(post)
        if not seen.files:
            raise Refused(seen.problems[0], code="cannot_be_written")
        return Taken(f"{post.slug}.zip", by_hand.archive(seen.files), "application/zip")
    try:
        text = by_hand.markdown(source) if kind == "markdown" else by_hand.html(source, post.body_html)
    except Trouble as trouble:
        raise Refused(trouble.message, code="cannot_be_written") from None
    if kind == "html":
        return Taken(f"{post.slug}.html", text.encode(), "text/html; charset=utf-8", text)
    return Taken(f"{post.slug}.md", text.encode(), "text/markdown; charset=utf-8", text)
