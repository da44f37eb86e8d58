from mentorship.study.papers.models import MOVES
from tests.access.table import row

OWN = {"visitor": "login", "mentee": "in"}
API_OWN = {"visitor": "401", "mentee": "in"}
BY_HAND = {"title": "Attention", "authors": "", "year": ""}


def paper(w):
    return [w.reading.pk]


def in_pass(w):
    return [w.reading.pk, 1]


ROWS = [
    row("study:papers", "GET", visitor="login"),
    row("study:papers", "POST", data=lambda w: {"paper": "1706.03762"}, visitor="login"),
    row("study:paper", "GET", paper, "404", **OWN),
    row("study:describe_paper", "POST", paper, "404", data=lambda w: BY_HAND, **OWN),
    row("study:ask_paper", "POST", paper, "404", **OWN),
    row("study:note_pass", "POST", in_pass, "404", data=lambda w: {"version": 0}, **OWN),
    row("study:remove_paper", "POST", paper, "404", **OWN),
    *(row(f"study:paper_{verb}", "POST", paper, "404", **OWN) for verb in MOVES),
    row("api:paper-list", "GET", visitor="401"),
    row("api:paper-list", "POST", data=lambda w: {"paper": "1706.03762"}, visitor="401"),
    row("api:paper-detail", "GET", paper, "404", **API_OWN),
    row("api:paper-detail", "PATCH", paper, "404", data=lambda w: {}, **API_OWN),
    row("api:paper-detail", "DELETE", paper, "404", **API_OWN),
    row("api:paper-note-pass", "PUT", in_pass, "404", data=lambda w: {"version": 0}, **API_OWN),
    row("api:paper-move", "POST", paper, "404", data=lambda w: {"verb": "first_pass"}, **API_OWN),
    row("api:paper-ask", "POST", paper, "404", **API_OWN),
    row("api:paper-passes", "GET", visitor="401"),
]
