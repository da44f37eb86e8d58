"""Pages of long lists, a page at a time."""

from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest


class Sliced(Protocol):
    """What knows its rows by their places: a slice of it is asked for, nothing else."""

    def __getitem__(self, part: slice, /) -> list[Any]: ...


@dataclass
class Page:
    """One page of a list; `previous` and `next` are query strings that keep the filters, or ''."""

    rows: list[Any]
    number: int
    previous: str
    next: str

    def __iter__(self) -> Any:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def paginate(request: HttpRequest, rows: "QuerySet[Any] | list[Any] | Sliced", size: int = 50) -> Page:
    """The page that `?page=` asks for. One query: a row more than fits tells whether there is a next page."""
    text = request.GET.get("page", "1")
    number = min(max(int(text), 1), 10_000) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    found = list(rows[(number - 1) * size : number * size + 1])

    def address(page: int) -> str:
        return "?" + urlencode({**dict(request.GET.lists()), "page": page}, doseq=True)

    return Page(
        found[:size],
        number,
        address(number - 1) if number > 1 else "",
        address(number + 1) if len(found) > size else "",
    )
