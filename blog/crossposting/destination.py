"""What every destination of a post is: a name, what would be sent, sending it, and a look at what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from blog.models import CrossPost, Post


@dataclass(frozen=True)
class File:
    """One file as it will be: a path below the destination's root."""

    path: str
    content: bytes
    address: str = ""  # where its image is shown here

    @property
    def text(self) -> str:
        """Its text; '' for an image."""
        return "" if self.address else self.content.decode()


@dataclass(frozen=True)
class Preview:
    """A dry run: the files, what the target does not do with them yet, and what stands in the way."""

    files: list[File]
    notes: list[Note] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    address: str = ""


@dataclass(frozen=True)
class Note:
    """Something that the target does not honour, and the change there that would."""

    text: str
    change: str = ""


@dataclass(frozen=True)
class Stands:
    """Where a cross-post stands there, as was found: what differs is stored."""

    state: str = ""
    reason: str = ""
    url: str = ""
    number: int | None = None
    remote_id: str = ""
    branch: str = ""
    head: str = ""
    version: int | None = None


class Trouble(Exception):
    """It could not be sent, and trying again as it is would not help; the message is a sentence for people."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Passing(Trouble):
    """It could not be sent now; `after` seconds it may be tried again."""

    def __init__(self, message: str, after: float = 0) -> None:
        super().__init__(message)
        self.after = after


class Destination(Protocol):
    name: str
    label: str
    ways: tuple[str, ...]  # in which it can be sent there, the first one as a rule; none: the person does it alone

    def preview(self, post: Post) -> Preview:
        """The files exactly as they would be sent now. Asks nobody outside."""
        ...

    def send(self, cross_post: CrossPost, secret: str) -> Stands:
        """Bring it there, whatever part of it is there already. Raises Trouble or Passing."""
        ...

    def look(self, cross_post: CrossPost) -> Stands:
        """What became of it there. Raises Trouble or Passing."""
        ...
