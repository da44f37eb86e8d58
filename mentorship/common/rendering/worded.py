"""What people say to each other and may say in other words: how it is read, and what is refused."""

from mentorship.common.errors import Refused
from mentorship.common.rendering.errors import RenderError
from mentorship.common.rendering.markdown import render_markdown


class ChangedThere(Refused):
    """A text that was edited elsewhere meanwhile. `saved` is what stands there now."""

    def __init__(self, saved: str) -> None:
        super().__init__("This was edited in another window meanwhile.", code="changed_meanwhile")
        self.saved = saved


def worded(text: str, *, longest: int, heading_level: int, notes_at: str = "") -> str:
    """The HTML of what somebody says. Refused when it is empty, over `longest` characters or cannot be shown."""
    if not text.strip():
        raise Refused("Write something first.", code="empty")
    if len(text) > longest or "\x00" in text:
        raise Refused(f"A text has {longest:,} characters at most, all of which can be shown.", code="unreadable")
    try:
        return render_markdown(text, heading_level=heading_level, notes_at=notes_at)
    except RenderError as error:
        raise Refused(error.message, code="unreadable") from error
