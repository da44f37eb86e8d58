"""Static files for production: hashed and compressed, and the stylesheet in one piece."""

import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

ENTRY = "css/main.css"
IMPORT = re.compile(r'^@import "(?P<path>[^":]+)" layer\((?P<layer>[\w-]+)\);$', re.MULTILINE)
COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)


def in_one_piece(read: Callable[[str], str]) -> str:
    """The entry with each `@import "x.css" layer(y);` replaced by that file inside its layer, comments left out.

    A browser would ask for the entry, then for all the imports: two round trips before the first paint. `read`
    gives the text of a static file by name, and raises FileNotFoundError for an import of what is not there.
    """
    folder = PurePosixPath(ENTRY).parent

    def layered(match: re.Match[str]) -> str:
        return f"@layer {match['layer']} {{\n{read(str(folder / match['path']))}}}"

    return COMMENT.sub("", IMPORT.sub(layered, read(ENTRY)))


class Storage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage; the modules that our scripts import get their hashed names too."""

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        (
            "js/*.js",
            (
                (
                    r"""(?P<matched>(?P<import>import(?:\s[^'"]*?from)?)\s*['"](?P<url>\.[^'"]*)['"];)""",
                    '%(import)s "%(url)s";',
                ),
            ),
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.addresses: dict[str, str] = {}

    def url(self, name: str | None, force: bool = False) -> str:
        """The address of a static file, remembered: a page asks for the same five each time."""
        key = name or ""
        if key not in self.addresses:
            self.addresses[key] = super().url(name, force)
        return self.addresses[key]

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        def read(name: str) -> str:
            if name not in paths:
                raise FileNotFoundError(f"{ENTRY} imports {name}, which is not among the static files")
            storage, path = paths[name]
            with storage.open(path) as file:
                return file.read().decode()

        if ENTRY in paths and not dry_run:
            text = in_one_piece(read)
            self.delete(ENTRY)
            self._save(ENTRY, ContentFile(text.encode()))
            paths = paths | {ENTRY: (self, ENTRY)}
        yield from super().post_process(paths, dry_run=dry_run, **options)
