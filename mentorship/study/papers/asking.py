"""Asking arXiv and DOIs for what a paper is called: once a minute, a few at a time, a few tries, and never for links.

A paper waits with `ask_at`. Each try is counted and the next one put off before anybody is asked, so that a worker
that is lost in the middle has used up a try and nothing else.
"""

from datetime import datetime, timedelta
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from mentorship.common import fetching
from mentorship.common.errors import Refused
from mentorship.study.papers.metadata import LARGEST, Metadata, Unreadable, read_arxiv, read_csl
from mentorship.study.papers.models import MOST_TRIES, Paper

CSL = "application/vnd.citationstyles.csl+json"
ARXIV_AT_ONCE = 20  # in one request
DOIS_AT_ONCE = 4  # one after the other
# After which try the next one comes how many minutes later; after the last there is none.
WAITS = (5, 25, 125, 625)
AGAIN = timedelta(hours=1)
UNKNOWN = {"arxiv": "arXiv knows no such number.", "doi": "No paper is registered under this DOI."}
ODD = "What came back could not be read."


def ask_around(*, at: datetime) -> None:
    """Ask for the papers that are due."""
    rows = claim(Paper.Kind.ARXIV, ARXIV_AT_ONCE, at)
    if rows:
        ask_arxiv(rows, at)
    for row in claim(Paper.Kind.DOI, DOIS_AT_ONCE, at):
        ask_doi(row, at)


def claim(kind: str, most: int, at: datetime) -> list[Paper]:
    """The papers that waited longest, each with one more try and its next one put off."""
    with transaction.atomic():
        due = Paper.objects.filter(kind=kind, ask_at__lte=at, tries__lt=MOST_TRIES).order_by("ask_at", "pk")
        rows = list(due.select_for_update(skip_locked=True)[:most])
        for row in rows:
            row.tries += 1
            row.ask_at = at + timedelta(minutes=WAITS[row.tries - 1]) if row.tries <= len(WAITS) else None
            row.save(update_fields=["tries", "ask_at"])
    return rows


def ask_arxiv(rows: list[Paper], at: datetime) -> None:
    asked = urlencode({"id_list": ",".join(row.key for row in rows), "max_results": len(rows)}, safe=",/")
    try:
        answer = fetching.fetch(f"{settings.PAPERS_ARXIV}?{asked}", largest=LARGEST)
        found = read_arxiv(answer.body) if answer.status == 200 else None
        problem = f"arXiv answered {answer.status}."
    except fetching.NotFetched as refusal:
        found, problem = None, refusal.message
    except Unreadable:
        found, problem = None, ODD
    for row in rows:
        if found is not None and row.key in found:
            keep(row, found[row.key], at)
        elif found:  # others were found, so that this one is not there
            give_up(row, UNKNOWN["arxiv"])
        else:
            note(row, problem if found is None else UNKNOWN["arxiv"])


def ask_doi(row: Paper, at: datetime) -> None:
    try:
        answer = fetching.fetch(
            f"{settings.PAPERS_DOI}{quote(row.key, safe='/')}", headers={"Accept": CSL}, largest=LARGEST
        )
        if answer.status == 404:
            give_up(row, UNKNOWN["doi"])
        elif answer.status != 200:
            note(row, f"doi.org answered {answer.status}.")
        else:
            keep(row, read_csl(answer.body, row.key), at)
    except fetching.NotFetched as refusal:
        note(row, refusal.message)
    except Unreadable:
        note(row, ODD)


def keep(row: Paper, said: Metadata, at: datetime) -> None:
    fields = vars(said) | {"found_at": at, "ask_at": None, "problem": ""}
    Paper.objects.filter(pk=row.pk, found_at=None).update(**fields)


def note(row: Paper, problem: str) -> None:
    Paper.objects.filter(pk=row.pk, found_at=None).update(problem=problem[:300])


def give_up(row: Paper, problem: str) -> None:
    Paper.objects.filter(pk=row.pk, found_at=None).update(problem=problem[:300], ask_at=None, tries=MOST_TRIES)


def ask_again(paper: Paper, *, at: datetime) -> None:
    """Ask anew for a paper that was given up. Refused while it waits, once it is found, and within the hour."""
    waits = Paper.objects.filter(pk=paper.pk, ask_at=None, found_at=None).exclude(kind=Paper.Kind.LINK)
    rested = Q(asked_again_at=None) | Q(asked_again_at__lte=at - AGAIN)
    if not waits.filter(rested).update(ask_at=at, tries=0, asked_again_at=at):
        raise Refused("It is asked for already, or was within the hour.", code="asked_already")
