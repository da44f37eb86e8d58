"""The program's Jekyll blog: by git and a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from dulwich.repo import Repo

from blog.crossposting import git, target
from blog.crossposting.destination import Preview, Stands, Trouble
from blog.crossposting.github import GitHub, programs_token
from blog.crossposting.jekyll_export import Source, address_of, check_path, export, front_matter
from blog.crossposting.source import source_of

if TYPE_CHECKING:
    from blog.models import CrossPost, Post

PROGRAM = "ML Mentorship"
TRAILER = "Cross-post:"


class Jekyll:
    name = "jekyll"
    label = "The program's Jekyll blog"
    ways: tuple[str, ...] = ("program", "fork")

    def preview(self, post: Post) -> Preview:
        return self._preview(source_of(post), target.kept())

    def _preview(self, source: Source, facts: target.Facts) -> Preview:
        files = export(source, base=settings.BASE_URL, images_at=facts.images_at)
        address = address_of(source, facts.style) if facts.read else ""
        front = front_matter(source, [])
        notes = target.notes(facts, front["layout"], front["categories"], ", ".join(source.authors))
        found = target.problems(facts, files[0].path, address, source.canonical_url)
        return Preview(files, notes, found, address)

    def send(self, cross_post: CrossPost, secret: str) -> Stands:
        hub = GitHub(secret or programs_token())
        if cross_post.number is not None:
            stands = self._state(hub, hub.pull(cross_post.number))
            if stands.state in ("merged", "closed"):
                return stands  # what it was to be brought up to date with goes into a new one
        login, mine = "", git.Remote(settings.CROSSPOST_JEKYLL_URL, hub.token)
        person: dict[str, Any] = {}
        if cross_post.way == "fork":
            person = hub.me()
            login = person["login"]
            fork = hub.fork(login)
            mine = git.Remote(self._beside(fork["clone_url"]), hub.token)
        return self._send(cross_post, hub, mine, login, person)

    def _send(self, cross_post: CrossPost, hub: GitHub, mine: git.Remote, login: str, person: dict[str, Any]) -> Stands:
        original = git.Remote(settings.CROSSPOST_JEKYLL_URL, hub.token)
        refs = original.refs()
        base, head = original.head(refs)
        source = source_of(cross_post.post)
        branch = cross_post.branch or branch_of(cross_post, source)
        ref = f"refs/heads/{branch}".encode()
        with git.scratch() as repo:
            original.read(repo, [head])
            facts = target.read(repo, head)
            target.keep(facts, head)
            seen = self._preview(source, facts)
            if seen.problems:
                raise Trouble(seen.problems[0])
            there = (mine.refs() if login else refs).get(ref)
            if there:
                mine.read(repo, [there])
                check_ours(repo, there, cross_post, branch)
            parent = there or head
            files = {file.path: file.content for file in seen.files}
            for path in files:
                check_path(path, source.slug)
            author = f"{plain(source.authors[0])} <{address_for(cross_post, person)}>"
            committer = f"{PROGRAM} <noreply@{urlsplit(settings.BASE_URL).hostname}>"
            message = message_of(cross_post, source)
            commit, new = git.commit(repo, parent, files, author=author, committer=committer, message=message)
            if commit == head and not there:
                return Stands("merged", "The blog has this text already.", url=blog_url(facts, seen.address),
                              version=cross_post.post.version)  # fmt: skip
            if new:
                mine.push(ref, there, commit, new)
            ids = {path: git.blob_id(content).decode() for path, content in files.items()}
            self._keep(cross_post, branch, commit, ids)
        pull = hub.pull_of(f"{login or self._owner}:{branch}") if cross_post.number is None else None
        if pull is not None and pull.get("state") != "open" and str(cross_post.key) not in str(pull.get("body")):
            pull = None
        if cross_post.number is not None:
            pull = hub.pull(cross_post.number)
        if pull is None:
            pull = hub.open_pull(
                head=f"{login or self._owner}:{branch}", base=base.decode().removeprefix("refs/heads/"),
                title=f"Post: {plain(source.title)}", body=body_of(cross_post, source, seen),
            )  # fmt: skip
        stands = self._state(hub, pull)
        return Stands(stands.state, stands.reason, stands.url, stands.number, "", branch, commit.decode(),
                      cross_post.post.version)  # fmt: skip

    @staticmethod
    def _keep(cross_post: CrossPost, branch: str, commit: bytes, ids: dict[str, str]) -> None:
        if cross_post.claim is not None:
            cross_post.keep(cross_post.claim, branch=branch, head=commit.decode(), files=ids)

    def look(self, cross_post: CrossPost) -> Stands:
        if cross_post.number is None:
            return Stands()
        hub = GitHub(programs_token())
        return self._state(hub, hub.pull(cross_post.number))

    def close(self, cross_post: CrossPost) -> Stands:
        """Close the pull request of one that was taken back."""
        hub = GitHub(programs_token())
        if cross_post.number is not None and hub.pull(cross_post.number).get("state") == "open":
            hub.close_pull(cross_post.number)
        return Stands()

    def _state(self, hub: GitHub, pull: dict[str, Any]) -> Stands:
        number, url = int(pull["number"]), safe_link(str(pull.get("html_url") or ""), pull["number"])
        if pull.get("merged_at") or pull.get("merged"):
            return Stands("merged", url=url, number=number)
        if pull.get("state") == "closed":
            return Stands("closed", "The pull request was closed without being merged.", url, number)
        asked = hub.asks_for_changes(number)
        reason = "Somebody who looks after the blog asks for changes; read them there." if asked else ""
        return Stands("changes_requested" if asked else "open", reason, url, number)

    @property
    def _owner(self) -> str:
        return str(settings.CROSSPOST_GITHUB_REPOSITORY).partition("/")[0]

    @staticmethod
    def _beside(clone_url: str) -> str:
        """The fork's address, if it lies at the same server as the original: the token is told to no other."""
        ours, theirs = urlsplit(settings.CROSSPOST_JEKYLL_URL), urlsplit(clone_url)
        if (ours.scheme, ours.netloc) != (theirs.scheme, theirs.netloc):
            raise Trouble("The fork lies at another server than the blog.")
        return clone_url


def branch_of(cross_post: CrossPost, source: Source) -> str:
    return f"post/{source.slug}" + (f"-{cross_post.turn}" if cross_post.turn > 1 else "")


def check_ours(repo: Repo, there: bytes, cross_post: CrossPost, branch: str) -> None:
    """Trouble if the branch is somebody else's, or its files were changed there by somebody else."""
    commit = git.commit_of(repo, there)
    if f"{TRAILER} {cross_post.key}".encode() in commit.message.splitlines():
        return
    if not cross_post.head:
        raise Trouble(f"The repository has a branch {branch} that is not from here. Rename or delete it there.")
    found = dict(git.files_below(repo, there, lambda path: path in cross_post.files))
    if {path: sha.decode() for path, sha in found.items()} != cross_post.files:
        raise Trouble(f"Somebody changed the files of the post on the branch {branch}. Take their changes over into "
                      "the post here, then take this cross-post back and send it anew.")  # fmt: skip


def message_of(cross_post: CrossPost, source: Source) -> str:
    subject = "Update" if cross_post.head or cross_post.turn > 1 else "Add"
    return (
        f"{subject} post: {plain(source.title)}\n\nFirst published at {source.canonical_url}\n\n"
        f"{TRAILER} {cross_post.key}\n"
    )


def body_of(cross_post: CrossPost, source: Source, seen: Preview) -> str:
    """What the pull request says: post, author, editor; and what the theme does not show yet."""
    post = cross_post.post
    lines = [
        f"**{quiet(source.title)}** by {quiet(', '.join(source.authors))}"
        + (f", edited by {quiet(post.editor.name)}." if post.editor else "."),
        f"First published at {source.canonical_url}, its canonical address. Here it will be at `{seen.address}`.",
        "The files were written by the mentorship program; an edit there updates this branch while it is open.",
    ]
    lines += [f"Note: {note.text}" + (f" `{note.change}`" if note.change else "") for note in seen.notes]
    return "\n\n".join([*lines, f"<!-- cross-post {cross_post.key} -->"])


def plain(text: str) -> str:
    """A name or title for git: one line, nothing that ends it early."""
    return " ".join("".join(sign for sign in text if sign not in "<>\0" and sign.isprintable()).split()) or "?"


def quiet(text: str) -> str:
    """The same for GitHub's Markdown: it tags nobody and no issue."""
    escaped = "".join(f"\\{sign}" if sign in "\\`*_[]()#!|<>~" else sign for sign in plain(text))
    return escaped.replace("@", "@\u200b")


def address_for(cross_post: CrossPost, person: dict[str, Any]) -> str:
    """What the commit names the author by: no address of theirs unless they chose it."""
    author = cross_post.post.author
    if cross_post.with_address:
        return plain(author.email).replace(" ", "")
    if person.get("login") and person.get("id"):
        return f"{person['id']}+{plain(str(person['login']))}@users.noreply.github.com"
    return f"{author.handle}@users.noreply.{urlsplit(settings.BASE_URL).hostname}"


def blog_url(facts: target.Facts, address: str) -> str:
    base = facts.config.get("url") or ""
    return f"{base}{facts.images_at}{address}" if str(base).startswith("https://") else ""


def safe_link(url: str, number: int) -> str:
    """The pull request's link, if it is one; or else what it must be."""
    if url.startswith(("https://", "http://")) and len(url) <= 300:
        return url
    return f"https://github.com/{settings.CROSSPOST_GITHUB_REPOSITORY}/pull/{number}"
