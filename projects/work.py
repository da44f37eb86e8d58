"""What a person hands in, checked and rendered before any row is touched, so that the transaction is short."""

import contextlib
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from django.core.files.base import File
from django.core.files.storage import default_storage

from mentorship.common.rendering.files import SHOWN_AS_TEXT
from mentorship.common.rendering.markdown import render_markdown

if TYPE_CHECKING:
    from projects.models import RoundFile
    from projects.papers import Paper

NOTEBOOK = "application/x-ipynb+json"
WRITE_UP_LEVEL, ANSWER_LEVEL = 3, 4


@dataclass(frozen=True)
class Upload:
    """One file whose content has been checked. `name` is only ever shown; the store gets a name of ours."""

    name: str
    content_type: str
    size: int
    sha256: str
    file: File

    @classmethod
    def of(cls, file: File, name: str, content_type: str) -> "Upload":
        digest = hashlib.sha256()
        file.seek(0)
        for chunk in file.chunks():
            digest.update(chunk)
        file.seek(0)
        return cls(name, content_type, file.size, digest.hexdigest(), file)

    @property
    def is_shown(self) -> bool:
        """Whether a worker makes a page of it."""
        return self.content_type == NOTEBOOK or self.content_type in SHOWN_AS_TEXT


@dataclass
class Work:
    """One hand-in. `answers`, and how sure one is of them, by criterion; `addressed`: how each open request was met."""

    title: str
    repository_url: str = ""
    commit: str = ""
    write_up: str = ""
    answers: Mapping[int, str] = field(default_factory=dict)
    addressed: Mapping[int, str] = field(default_factory=dict)
    files: tuple[Upload, ...] = ()
    confidence: Mapping[int, int] = field(default_factory=dict)
    paper: "Paper | None" = None

    def __post_init__(self) -> None:
        self.write_up_html = render_markdown(self.write_up, heading_level=WRITE_UP_LEVEL)
        self.answers_html = {
            criterion: render_markdown(text, heading_level=ANSWER_LEVEL) for criterion, text in self.answers.items()
        }
        self._stored: list[str] = []

    def digest(self, *target: str | int) -> str:
        """A fingerprint of this work for `target`: sent twice it is the same, with one letter changed it is not."""
        return hashlib.sha256(f"{target!r}\n{self._said}".encode()).hexdigest()

    @cached_property
    def _said(self) -> str:
        files = [(upload.name, upload.sha256) for upload in self.files]
        answers, addressed = sorted(self.answers.items()), sorted(self.addressed.items())
        said = [self.title, self.repository_url, self.commit, self.write_up, answers, addressed, files]
        said += [sorted(self.confidence.items())] if self.confidence else []
        said += [self.paper.said()] if self.paper else []
        return json.dumps(said)

    @contextlib.contextmanager
    def stored(self) -> Iterator[None]:
        """Around the transaction: when it fails, what was stored for it goes with it."""
        try:
            yield
        except BaseException:
            for name in self._stored:
                default_storage.delete(name)
            raise
        finally:
            self._stored.clear()

    def store(self, row: "RoundFile", upload: Upload) -> None:
        """Put the file into the store under a name of ours and note it on `row`, which is not saved yet."""
        upload.file.seek(0)
        row.file.save(upload.name, upload.file, save=False)
        self._stored.append(str(row.file.name))
