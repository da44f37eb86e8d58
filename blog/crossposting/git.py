"""Git without a git program: what a cross-post needs of dulwich, and nothing is checked out.

A repository is read into a temporary folder as deep as one commit; files are put into trees, never into folders, so
that no link or path of the repository leads anywhere. Over HTTP everything goes through `fetch`. A push says which
commit it found at the branch and is refused when another is there by then: nothing of anybody is overwritten.
"""

from __future__ import annotations

import base64
import contextlib
import io
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from dulwich.client import AbstractHttpGitClient, LocalGitClient
from dulwich.errors import GitProtocolError, HangupException, NotGitRepository, SendPackError
from dulwich.objects import ZERO_SHA, Blob, Commit, ObjectID, Tree
from dulwich.pack import pack_objects_to_data
from dulwich.repo import Repo

from blog.crossposting.destination import Passing, Trouble
from mentorship.common.fetching import NotFetched, fetch

LARGEST = 200 * 1024 * 1024  # of a site with its images, one commit deep
SECONDS = 60
FILE, FOLDER = 0o100644, 0o040000
OURS = re.compile(rb"[0-9a-f]{32}\.[a-z]{3,4}")  # the name of an image that was put there from here
MOVED = "The repository changed at the same moment. It is tried again."


@dataclass(frozen=True)
class Answer:
    """What dulwich wants to know of an answer."""

    content_type: str | None
    redirect_location: str
    close: Callable[[], None] = lambda: None


class HttpClient(AbstractHttpGitClient):
    """Smart HTTP, by the program's one way out; `token` is told to this repository only."""

    def __init__(self, url: str, token: str) -> None:
        super().__init__(url)
        self.token = token

    def _http_request(
        self,
        url: str,
        headers: dict[str, str] | None = None,
        data: bytes | Iterator[bytes] | None = None,
        raise_for_status: bool = True,
    ) -> tuple[Any, Callable[[int], bytes]]:
        headers = dict(headers or {})
        headers.pop("Content-Length", None)
        if self.token:
            secret = base64.b64encode(f"x-access-token:{self.token}".encode()).decode()
            headers["Authorization"] = f"Basic {secret}"
        body = data if data is None or isinstance(data, bytes) else b"".join(data)
        method = "GET" if body is None else "POST"
        try:
            found = fetch(url, method=method, headers=headers, body=body, seconds=SECONDS, largest=LARGEST)
        except NotFetched as trouble:
            kind = Trouble if trouble.code in ("refused", "too_large") else Passing
            raise kind(f"The repository could not be read: {trouble.message}") from None
        check_status(found.status)
        moved = found.url if found.url != url else ""
        return Answer(found.headers.get("Content-Type"), moved), io.BytesIO(found.body).read


def check_status(status: int) -> None:
    if status in (401, 403):
        raise Trouble("The token may not do this with the repository: it needs the right to write its contents.")
    if status == 404:
        raise Trouble("The repository was not found, or the token does not see it.")
    if status >= 500 or status == 429:
        raise Passing(f"The server of the repository answers with an error ({status}) now.")
    if status != 200:
        raise Trouble(f"The server of the repository answers with {status}.")


@dataclass
class Remote:
    """A repository somewhere: `https://`, `http://` or `file://`."""

    url: str
    token: str = field(default="", repr=False)

    def _client(self) -> tuple[Any, str]:
        parts = urlsplit(self.url)
        if parts.scheme == "file":
            return LocalGitClient(), parts.path
        if parts.scheme in ("http", "https") and parts.username is None:
            return HttpClient(f"{parts.scheme}://{parts.netloc}", self.token), parts.path.lstrip("/")
        raise Trouble("The address of the repository has to begin with https:// (and hold no password).")

    def refs(self) -> dict[bytes, bytes]:
        """Its branches, and HEAD."""
        client, path = self._client()
        with said():
            return {bytes(name): bytes(sha) for name, sha in client.get_refs(path.encode()).refs.items() if sha}

    def head(self, refs: Mapping[bytes, bytes]) -> tuple[bytes, bytes]:
        """The name of its main branch and the commit there."""
        client, path = self._client()
        with said():
            symrefs = client.get_refs(path.encode()).symrefs
        name = bytes(symrefs.get(b"HEAD", b""))
        if name not in refs:
            same = [one for one in (b"refs/heads/main", b"refs/heads/master") if one in refs]
            name = next((one for one in same if refs[one] == refs.get(b"HEAD")), same[0] if same else b"")
        if not name:
            raise Trouble("The repository has no branch yet. Its first commit has to be made there.")
        return name, refs[name]

    def read(self, repo: Repo, commits: list[bytes]) -> None:
        """Fetch `commits`, each as if it had no parents."""
        client, path = self._client()
        missing = [sha for sha in commits if ObjectID(sha) not in repo.object_store]
        if missing:
            with said():
                client.fetch(path, repo, determine_wants=lambda refs, depth=None: missing, depth=1)

    def push(self, branch: bytes, before: bytes | None, after: bytes, new: list[Any]) -> None:
        """Put `branch` from `before` (None: it is not there) to `after`, sending the objects `new`; Passing if another
        commit is there by now."""
        client, path = self._client()

        def update(refs: Mapping[bytes, bytes]) -> dict[bytes, bytes]:
            if refs.get(branch, ZERO_SHA) != (before or ZERO_SHA):
                raise Passing(MOVED)
            return {branch: after}

        def pack(have: Any, want: Any, **options: Any) -> Any:
            return pack_objects_to_data([(one, None) for one in new])

        with said():
            result = client.send_pack(path, update, pack)
            for error in (result.ref_status or {}).values():
                if error:
                    raise Passing(f"The repository did not take the branch: {str(error)[:200]}")


@contextlib.contextmanager
def said() -> Iterator[None]:
    """Dulwich's errors as sentences."""
    try:
        yield
    except NotGitRepository:
        raise Trouble("The repository was not found, or the token does not see it.") from None
    except HangupException:
        raise Passing("The server of the repository hung up.") from None
    except (GitProtocolError, SendPackError, OSError) as error:
        raise Passing(f"The repository did not answer as git does ({type(error).__name__}).") from None


@contextlib.contextmanager
def scratch() -> Iterator[Repo]:
    """An empty bare repository in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="crosspost-") as folder:
        repo = Repo.init_bare(folder)
        try:
            yield repo
        finally:
            repo.close()


def files_below(repo: Repo, commit: bytes, want: Callable[[str], bool]) -> Iterator[tuple[str, bytes]]:
    """Path and id of the files of a commit that `want` asks for; links and submodules are none."""

    def walk(sha: bytes, prefix: str) -> Iterator[tuple[str, bytes]]:
        for entry in tree_of(repo, sha).items():
            path = prefix + entry.path.decode("utf-8", "replace")
            if entry.mode == FOLDER:
                yield from walk(entry.sha, path + "/")
            elif entry.mode & 0o170000 == 0o100000 and want(path):
                yield path, entry.sha

    yield from walk(commit_of(repo, commit).tree, "")


def commit_of(repo: Repo, sha: bytes) -> Commit:
    found = repo.object_store[sha]  # type: ignore[index]
    if not isinstance(found, Commit):
        raise Trouble("The branch of the repository leads to no commit.")
    return found


def tree_of(repo: Repo, sha: bytes) -> Tree:
    found = repo.object_store[sha]  # type: ignore[index]
    if not isinstance(found, Tree):
        raise Trouble("The repository holds a file where a folder is needed.")
    return found


def blob_id(content: bytes) -> bytes:
    return bytes(Blob.from_string(content).id)


def put(repo: Repo, tree: bytes | None, files: Mapping[str, bytes], new: list[Any]) -> bytes:
    """The id of `tree` (None: an empty one) with `files` in it, whatever is new of it added to `new`.

    Images that were put beside them from here earlier, and that the post no longer shows, are taken away.
    """
    made: Any = tree_of(repo, tree).copy() if tree else Tree()
    folders: dict[str, dict[str, bytes]] = {}
    names = {path.encode() for path in files if "/" not in path}
    if any(OURS.fullmatch(name) for name in names):
        for entry in list(made.items()):
            if OURS.fullmatch(entry.path) and entry.path not in names:
                del made[entry.path]
    for path, content in files.items():
        name, _, rest = path.partition("/")
        if rest:
            folders.setdefault(name, {})[rest] = content
            continue
        blob = Blob.from_string(content)
        new.append(blob)
        made.add(name.encode(), FILE, blob.id)
    for name, inside in folders.items():
        below = made[name.encode()] if name.encode() in made else None  # noqa: SIM401 (a tree has no get)
        if below is not None and below[0] != FOLDER:
            raise Trouble(f"The repository holds a file or a link named {name}, where a folder is needed.")
        made.add(name.encode(), FOLDER, put(repo, below[1] if below else None, inside, new))
    new.append(made)
    return bytes(made.id)


def commit(
    repo: Repo, parent: bytes, files: Mapping[str, bytes], *, author: str, committer: str, message: str
) -> tuple[bytes, list[Any]]:
    """A commit of `files` upon `parent`: its id ('' id of parent if nothing differs) and all that is new of it."""
    new: list[Any] = []
    before = commit_of(repo, parent).tree
    tree = put(repo, before, files, new)
    if tree == before:
        return parent, []
    made: Any = Commit()
    made.tree, made.parents = tree, [parent]
    made.author, made.committer = author.encode(), committer.encode()
    made.author_time = made.commit_time = int(time.time())
    made.author_timezone = made.commit_timezone = 0
    made.encoding, made.message = b"UTF-8", message.encode()
    return bytes(made.id), [*new, made]
