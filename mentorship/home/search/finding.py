"""Everything that a person may see and that has some words: one statement for all kinds, and one for posts."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.contrib.postgres.search import SearchHeadline
from django.db import connection
from django.db.models import TextField, Value
from django.db.models.functions import Cast, Left
from django.utils.html import escape
from django.utils.safestring import SafeString

from blog.search import BEGIN, END, LONGEST, Found, cleaned, marked
from mentorship.home.search.kinds import KINDS, NOTHING, Kind, Part, selected

EACH = 6  # of a kind where all are shown
ALONE = 50  # of one that is shown alone
LOOKED_AT = 20_000  # characters of a text in which the passage that is shown is looked for
TITLE = 140
POSTS = "posts"
LABELS = {POSTS: "Posts"} | {kind.key: kind.label for kind in KINDS}


@dataclass(frozen=True)
class Hit:
    """One thing found; `passage` is HTML with the words marked, or ''."""

    kind: str
    title: str
    url: str
    passage: SafeString

    @property
    def plain(self) -> str:
        """The title in one line, not too long."""
        line = " ".join(self.title.split())
        return line if len(line) <= TITLE else f"{line[: TITLE - 1].rstrip()}…"


@dataclass
class Result:
    """What was looked for, what was found, and why not more."""

    asked: str
    kind: str
    hits: list[Hit] = field(default_factory=list)
    cut: bool = False
    common: bool = False  # nothing but words that stand everywhere

    @property
    def groups(self) -> list[tuple[str, str, list[Hit], str]]:
        """Key, label, hits, and where there may be more ('' for nowhere), of each kind that has some."""
        found = [(key, label, [hit for hit in self.hits if hit.kind == key]) for key, label in LABELS.items()]
        return [(key, label, hits, self.more(key, len(hits))) for key, label, hits in found if hits]

    def more(self, kind: str, count: int) -> str:
        return f"?{urlencode({'q': self.asked, 'kind': kind})}" if not self.kind and count == EACH else ""


def kinds_for(person: Any) -> dict[str, str]:
    """The kinds that `person` may have something of: by key, their labels."""
    hidden = set() if person.is_authenticated else {kind.key for kind in KINDS if kind.signed_in}
    return {key: label for key, label in LABELS.items() if key not in hidden}


def find(person: Any, asked: str, kind: str = "") -> Result:
    """The best of each kind, or of one, that `person` may open; at most three queries and one for their seats."""
    words = cleaned(asked)
    result = Result(words, kind if kind in kinds_for(person) else "", cut=len(asked.strip()) > LONGEST)
    if not words:
        return result
    limit = ALONE if result.kind else EACH
    if result.kind in ("", POSTS):
        result.hits += [post(row) for row in Found(words)[0:limit]]
    allowed = kinds_for(person)
    chosen = [one for one in KINDS if one.key in allowed and result.kind in ("", one.key)]
    result.hits += rows_of(chosen, person, words, limit)
    if not result.hits:
        result.common = not asks_something(words)
    return result


def rows_of(kinds: list[Kind], person: Any, words: str, limit: int) -> list[Hit]:
    parts = [(kind, kind.find(person, words)) for kind in kinds]
    queries = [selected(kind, part, passage, limit) for kind, part in parts if part is not None]
    if not queries:
        return []
    first, *rest = queries
    by_key = {kind.key: kind for kind in kinds}
    rows = sorted(first.union(*rest, all=True) if rest else first, key=lambda row: -row[-1])
    return [hit(by_key[row[0]], *row[1:-1]) for row in rows]


def hit(kind: Kind, pk: int, title: str, place: str, other: str, shown: str) -> Hit:
    return Hit(kind.key, title, kind.url(pk, place, other), marked(escape(shown)))


def post(row: dict[str, Any]) -> Hit:
    passage = row["teaser"] if isinstance(row["teaser"], SafeString) else SafeString(escape(row["teaser"]))
    return Hit(POSTS, row["title"], f"/blog/{row['slug']}/", passage)


def passage(part: Part) -> Any:
    """What is shown of a row: where its words stand in its text. Made of the rows that are shown alone."""
    if part.text is NOTHING:
        return Cast(Value(""), output_field=TextField())
    text = Left(Cast(part.text, output_field=TextField()), LOOKED_AT)
    marks: dict[str, Any] = {"start_sel": BEGIN, "stop_sel": END, "max_words": 30, "min_words": 15}
    return SearchHeadline(text, part.query, config=part.config, **marks)


def asks_something(words: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT numnode(websearch_to_tsquery('english', %s))", [words])
        return bool(cursor.fetchone()[0])
