"""The check list of a post: what is worth a look before others read it. Nothing of it stands in anybody's way."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from blog.models import Link, Post
from blog.text import minutes_to_read
from blog.text_facts import LONG_SENTENCE, facts_of
from mentorship.common.rendering.errors import RenderError
from mentorship.common.times import relative

OURS = "/blog/figures/"
MANY_WORDS = 22  # a sentence on average; beyond that most readers go back once


@dataclass(frozen=True)
class Check:
    """One line. `state`: good, look (worth a look) or open (nobody knows yet)."""

    name: str
    state: str
    said: str
    more: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class CheckList:
    checks: list[Check]
    words: int
    minutes: int
    sentence_words: float  # on average
    hint: str
    long: list[str]

    @property
    def to_look_at(self) -> int:
        return sum(check.state == "look" for check in self.checks)


def check(post: Post) -> CheckList:
    """Three queries at most, and a reading of the text."""
    try:
        facts = facts_of(post.body)
    except RenderError as error:
        return CheckList([Check("Text", "look", error.message)], post.words, minutes_to_read(post.words), 0, "", [])
    checks = [*_head(post), *_images(post, facts), *_writing(facts), *_links(facts)]
    average = facts["sentence_words"] / facts["sentences"] if facts["sentences"] else 0.0
    return CheckList(
        checks, post.words, minutes_to_read(post.words), round(average, 1), _hint(facts, average), facts["longest"]
    )


def _head(post: Post) -> list[Check]:
    titled = len(post.title.split()) > 1
    found = [
        Check("Title", "good" if titled else "look", "It has one." if titled else "One word says little in a list."),
        Check("Summary", "good", "It has one.")
        if post.summary
        else Check(
            "Summary", "look", "Lists and feeds show how the text begins, until you say it in a sentence or two."
        ),
    ]
    if post.canonical_url:
        found.append(Check("First published elsewhere", "good", f"Search engines are pointed to {post.canonical_url}."))
    elif post.origin in ("file", "feed"):
        said = "If it stood elsewhere first, name its address there, so that search engines know which one is meant."
        found.append(Check("First published elsewhere", "look", said))
    return found


def _images(post: Post, facts: dict[str, Any]) -> list[Check]:
    if not facts["images"]:
        return []
    own = {figure.address for figure in post.figures.all()}
    silent = [address for address, words in facts["images"] if not words]
    missing = [address for address, _ in facts["images"] if address.startswith(OURS) and address not in own]
    away = [address for address, _ in facts["images"] if not address.startswith(OURS)]
    found = [
        Check("Images say what they show", "look", f"{_count(len(silent), 'image')} without words.", silent[:5])
        if silent
        else Check("Images say what they show", "good", "All of them do.")
    ]
    if missing:
        found.append(Check("Images are there", "look", "Not among the images of this post:", missing[:5]))
    if away:
        said = "They show as links. Add them as images of this post, if you may."
        found.append(
            Check("Images are there", "look", f"{_count(len(away), 'image')} from elsewhere. {said}", away[:5])
        )
    return found


def _writing(facts: dict[str, Any]) -> list[Check]:
    unnamed, jumps = facts["unnamed_code"], facts["jumps"]
    return [
        Check("Code names its language", "look", f"{_count(unnamed, 'block')} without: ```python, for example.")
        if unnamed
        else Check("Code names its language", "good", "Every block does, or there is none."),
        Check("Headings in order", "look", f"{_count(jumps, 'heading')} more than one level below the one before.")
        if jumps
        else Check("Headings in order", "good", "No level is left out."),
    ]


def _links(facts: dict[str, Any]) -> list[Check]:
    links = facts["links"]
    if not links:
        return []
    known = {link.url: link for link in Link.objects.filter(Q(url__in=links))}
    bad = [known[url] for url in links if url in known and known[url].state != Link.State.ALIVE]
    waiting = [url for url in links if url not in known]
    more = [f"{link.url}: {link.said}" for link in bad]
    when = f", looked at {relative(min(link.checked_at for link in known.values()))}" if known else ""
    if bad:
        found = Check("Links are alive", "look", f"{_count(len(bad), 'link')} to look at{when}:", more)
    elif waiting:
        found = Check("Links are alive", "open", f"{_count(len(waiting), 'link')} not looked at yet.")
    else:
        found = Check("Links are alive", "good", f"All {len(links)} answer{when}.")
    left_out = facts["links_left_out"]
    return [found, Check("More links", "open", f"{left_out} beyond the first 50 are not looked at.")][
        : 1 + bool(left_out)
    ]


def _hint(facts: dict[str, Any], average: float) -> str:
    if facts["sentences"] < 3:
        return ""
    begins = f"Your sentences have {average:.0f} words on average"
    if facts["long"]:
        verb = "is" if facts["long"] == 1 else "are"
        return f"{begins}, and {facts['long']} {verb} longer than {LONG_SENTENCE}. Some of them may want to be two."
    if average > MANY_WORDS:
        return f"{begins}. A short one now and then lets readers breathe."
    return f"{begins}: easy to follow."


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
