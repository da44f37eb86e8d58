"""Commits by author, as a team uploads them: the text of `git shortlog -sne`, or a git bundle."""

import json
import re
from collections.abc import Iterable

from mentorship.common.errors import Refused
from mentorship.common.rendering.errors import RenderError
from mentorship.common.rendering.sandbox import run_bounded
from projects.gitpack import MOST_AUTHORS

LARGEST_BUNDLE = 20_000_000
LONGEST_LOG = 50_000
LINE = re.compile(r"\s*([0-9]{1,7})\s+(.*?)\s*(?:<([^<>]*)>)?\s*")
HOW = "Paste what `git shortlog -sne` prints: a number, a name and an address on each line."

Author = tuple[str, str, int]  # name, e-mail, commits


def of_shortlog(text: str) -> list[Author]:
    """Authors as `git shortlog -sne` prints them. Refused with the line that is none of it."""
    if len(text) > LONGEST_LOG:
        raise Refused("This is too long for a shortlog. Upload a bundle instead.", code="too_long")
    found: dict[tuple[str, str], int] = {}
    for number, line in enumerate(text.replace("\0", "").splitlines(), 1):
        if not line.strip():
            continue
        match = LINE.fullmatch(line)
        if match is None or not (match[2] or match[3]):
            raise Refused(f"Line {number} is not of a shortlog. {HOW}", code="not_a_shortlog")
        author = match[2][:120], (match[3] or "").strip().lower()[:120]
        found[author] = found.get(author, 0) + int(match[1])
    if not found:
        raise Refused(HOW, code="not_a_shortlog")
    if len(found) > MOST_AUTHORS:
        raise Refused(f"More than {MOST_AUTHORS} authors: is this your team's repository?", code="too_long")
    return sorted(((name, email, commits) for (name, email), commits in found.items()), key=lambda row: -row[2])


def of_bundle(data: bytes) -> list[Author]:
    """Authors of the commits of a bundle, read in a process that can be killed."""
    if len(data) > LARGEST_BUNDLE:
        raise Refused("A bundle of 20 MB at most; else paste the shortlog.", code="too_large")
    try:
        answer = run_bounded("projects.gitpack:authors", data, what="bundle", largest_answer=1_000_000)
    except RenderError as error:
        raise Refused(error.message, code="not_a_bundle") from error
    return [(plain(name), plain(email), int(commits)) for name, email, commits in json.loads(answer)]


def plain(text: str) -> str:
    """Without what PostgreSQL does not store, and without line breaks."""
    return " ".join(text.replace("\0", "").split())


def matched(authors: Iterable[Author], people: dict[int, tuple[str, set[str]]]) -> list[dict[str, object]]:
    """Each author as it is stored, with the member that it is by address or name, if that is clear.

    `people`: by the member's key their name and addresses.
    """
    by_email = {email.lower(): key for key, (_name, emails) in people.items() for email in emails}
    by_name: dict[str, list[int]] = {}
    for key, (name, _emails) in people.items():
        by_name.setdefault(name.casefold(), []).append(key)
    rows: list[dict[str, object]] = []
    for name, email, commits in authors:
        same = by_name.get(name.casefold(), [])
        member = by_email.get(email) or (same[0] if len(same) == 1 else None)
        rows.append({"name": name, "email": email, "commits": commits, "member": member})
    return rows
