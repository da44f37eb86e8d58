"""What a paper is called, asked of arXiv and DOIs: together, a few tries, and whatever comes back does no harm."""

import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone

from mentorship.common.errors import Refused
from mentorship.study.models import Paper, Reading
from mentorship.study.papers import asking
from mentorship.study.papers.metadata import Unreadable, read_arxiv, read_csl
from tests.factory import make_reading

ENTRY = """<entry><id>http://arxiv.org/abs/{}v7</id><published>2017-06-12T17:57:34Z</published>
<title>Attention Is All
  You Need {}</title><summary>We &lt;b&gt;propose&lt;/b&gt; it.</summary>
<author><name>Ashish Vaswani</name></author><author><name>Noam Shazeer</name></author></entry>"""
FEED = '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom">{}</feed>'
WORK = {
    "DOI": "10.1162/NECO.1997.9.8.1735", "title": "Long <i>Short-Term</i> Memory",
    "container-title": "Neural Computation",
    "author": [{"given": "Sepp", "family": "Hochreiter"}, {"family": "Schmidhuber", "given": "Jürgen"}, 3],
    "issued": {"date-parts": [[1997, 11]]},
}  # fmt: skip
DOI = "10.1162/neco.1997.9.8.1735"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append(self.path)
        known = [
            key for key in parse_qs(urlsplit(self.path).query).get("id_list", [""])[0].split(",") if key[:1] == "1"
        ]
        status, body = 200, FEED.format("".join(ENTRY.format(key, key) for key in known))
        if "10.1162" in self.path:
            body = json.dumps(WORK)
        if "10.9999" in self.path:
            status, body = 404, "no"
        self.send_response(self.server.status or status)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *args):
        pass


@pytest.fixture
def arxiv(settings):
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as found:
        threading.Thread(target=found.serve_forever, daemon=True).start()
        host = f"127.0.0.1:{found.server_port}"
        settings.FETCH_TRUSTED = [host]
        settings.PAPERS_ARXIV, settings.PAPERS_DOI = f"http://{host}/api/query", f"http://{host}/"
        found.asked, found.status = [], 0
        yield found
        found.shutdown()


def test_papers_are_asked_for_together_and_once(arxiv, amara, bela):
    now = timezone.now()
    for number in ("1706.03762", "1512.03385", "hep-th/9901001"):
        make_reading(amara, number)
    make_reading(bela)
    make_reading(amara, DOI)
    make_reading(amara, "10.9999/nothing")
    make_reading(amara, "https://example.org/a.pdf", title="By hand")
    for _ in range(2):
        asking.ask_around(at=now + timedelta(minutes=1))
    assert len(arxiv.asked) == 3
    paper = Paper.objects.get(key="1706.03762")
    assert (paper.title, paper.authors, paper.year, paper.abstract) == (
        "Attention Is All You Need 1706.03762", "Ashish Vaswani, Noam Shazeer", 2017, "We propose it.",
    )  # fmt: skip
    paper = Paper.objects.get(key=DOI)
    assert (paper.title, paper.authors, paper.year, paper.venue) == (
        "Long Short-Term Memory", "Sepp Hochreiter, Jürgen Schmidhuber", 1997, "Neural Computation",
    )  # fmt: skip
    missing = Paper.objects.filter(found_at=None).exclude(kind="link")
    assert {(row.problem, row.ask_at) for row in missing} == {(said, None) for said in asking.UNKNOWN.values()}


def test_tries_come_to_an_end_and_somebody_may_ask_again(arxiv, sign_in, amara):
    arxiv.status = 503
    reading, now = make_reading(amara), timezone.now()
    for day in range(1, 9):
        asking.ask_around(at=now + timedelta(days=day))
    paper = Paper.objects.get()
    assert (len(arxiv.asked), paper.tries, paper.ask_at, paper.problem) == (5, 5, None, "arXiv answered 503.")
    client = sign_in(amara)
    assert "arXiv answered 503." in client.get(reading.get_absolute_url()).content.decode()
    client.post(f"{reading.get_absolute_url()}ask/")
    paper.refresh_from_db()
    assert paper.tries == 0
    for _ in range(5):
        asking.ask_around(at=now + timedelta(days=9 + _))
    with pytest.raises(Refused) as refusal:
        asking.ask_again(paper, at=timezone.now())
    assert refusal.value.code == "asked_already"


def test_where_nothing_can_be_reached_all_else_works(settings, sign_in, amara):
    settings.PAPERS_ARXIV = "http://127.0.0.1:9/"  # not on the public internet
    reading = make_reading(amara)
    asking.ask_around(at=timezone.now() + timedelta(minutes=1))
    page = sign_in(amara).get(reading.get_absolute_url()).content.decode()
    assert "not on the public internet" in page
    reading.describe(title="Attention", authors="", year=None)
    assert str(Reading.objects.get()) == "Attention"


BOMB = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "b"><!ENTITY c "&b;&b;">]><feed><title>&c;</title></feed>'


@pytest.mark.parametrize("raw", [b"", b"<html>", b"\x00\xff", BOMB.encode(), b"<a>" * 100_000])
def test_what_is_no_feed_is_not_read(raw):
    with pytest.raises(Unreadable):
        read_arxiv(raw)


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"[" * 200_000, b"[]", b"{}", json.dumps(WORK | {"DOI": "10.1/other"}).encode(),
        json.dumps(WORK | {"title": {"a": 1}}).encode(), json.dumps(WORK | {"title": []}).encode(), b'{"DOI": NaN}',
    ],
)  # fmt: skip
def test_what_is_no_work_is_not_read(raw):
    with pytest.raises(Unreadable):
        read_csl(raw, DOI)


def test_odd_parts_are_left_out_and_long_ones_cut():
    odd = {"author": "me", "issued": {"date-parts": [["x"]]}, "container-title": 3, "abstract": ["\x00\ud800 a"]}
    assert vars(read_csl(json.dumps(WORK | odd).encode(), DOI)) | {"title": ""} == {
        "title": "", "authors": "", "year": None, "venue": "", "abstract": "",
    }  # fmt: skip
    many = WORK | {
        "title": "x\x00\ud800" * 900,
        "author": [{"family": "A" * 500}] * 90,
        "issued": {"date-parts": [[9]]},
    }
    found = read_csl(json.dumps(many).encode(), DOI)
    assert (len(found.title), len(found.authors), found.year) == (500, 1000, None)
    found.title.encode()
