"""A certificate as a PDF: one page, the same bytes each time, whatever the name; read by whom its page is."""

import re

import pytest
from fpdf import FPDF

from mentorship.common import card
from mentorship.home.certificate_pdf import Paper, certificate_pdf, drawn, needs_shaping
from tests import factory


@pytest.fixture
def outcome(cohort, amara, ada):
    return factory.make_outcome(cohort.memberships.get(person=amara), ada)


def test_one_page_with_its_facts_and_the_same_again(outcome):
    first = certificate_pdf(outcome)
    drawn.cache_clear()
    assert certificate_pdf(outcome) == first
    assert first.startswith(b"%PDF-1.")
    assert len(re.findall(rb"/Type /Page\b", first)) == 1
    assert b"/MediaBox [0 0 841.89 595.28]" in first
    assert f"{outcome.get_absolute_url()}".encode() in first  # the link, and the keywords
    assert b"/FontFile2" in first  # letters, not a picture of them
    assert len(first) < 100_000


@pytest.mark.parametrize(
    "name", ["张伟", "نور حداد", "דוד לוי", "Very long name " * 20, "a\u0301\u0323 X", "", "ﬀ\u202e{}\\("]
)
def test_any_name_makes_a_page(outcome, name):
    outcome.membership.person.name = name
    made = certificate_pdf(outcome)
    assert len(re.findall(rb"/Type /Page\b", made)) == 1
    assert len(made) < 150_000


def test_letters_that_are_joined_are_drawn_and_others_written():
    assert needs_shaping("نور")
    assert needs_shaping("דוד")
    assert not needs_shaping("Béla Kovács Nguyễn")


def test_without_dejavu_it_is_written_with_what_every_reader_has(outcome, monkeypatch):
    monkeypatch.setattr(card, "font", lambda size, bold=False: None)
    drawn.cache_clear()
    outcome.membership.person.name = "Ιάσων " * 60
    try:
        assert b"Helvetica" in certificate_pdf(outcome)
        assert isinstance(Paper("x"), FPDF)
    finally:
        drawn.cache_clear()


def test_who_has_the_address_reads_it_and_nobody_guesses_one(outcome, client):
    answer = client.get(f"{outcome.get_absolute_url()}certificate.pdf")
    assert (answer.status_code, answer["Content-Type"], answer["X-Robots-Tag"]) == (200, "application/pdf", "noindex")
    assert f"{outcome.get_absolute_url()}certificate.pdf" in client.get(outcome.get_absolute_url()).text
    for code in ("guess", "x" * 200, "%00"):
        assert client.get(f"/certificates/{code}/certificate.pdf").status_code == 404


def test_the_graduate_alone_reads_what_comes_next(outcome, stream, amara, bela, sign_in):
    above = factory.make_stream(number=stream.number + 1)
    page = sign_in(amara).get(outcome.get_absolute_url()).text
    assert "What comes next" in page
    assert above.get_absolute_url() in page
    assert "What comes next" not in sign_in(bela).get(outcome.get_absolute_url()).text
