"""What stands around every page: the header, the footer, the errors, and what it all weighs."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import Client
from django.urls import resolve
from django.utils.safestring import SafeString

from mentorship.common.staticfiles import ENTRY, in_one_piece
from mentorship.common.templatetags.frame import piece
from mentorship.notifications.models import Notification

LIMIT = 60 * 1024
FRAME = sorted(Path(settings.BASE_DIR / "templates").glob("*.html"))


def test_every_plain_address_of_the_frame_resolves():
    """The header writes its few addresses out, so that no page pays for looking them up."""
    written = {found for file in FRAME for found in re.findall(r'(?:href|action)="(/[^"{#]*)"', file.read_text())}
    assert "/accounts/logout/" in written
    for address in sorted(written):
        resolve(address)


def test_a_piece_that_is_remembered_escapes_what_only_looks_like_it():
    marked, plain = (piece("_empty.html", text=text) for text in (SafeString("<b>one</b>"), "<b>one</b>"))
    assert "<b>one</b>" in marked
    assert "&lt;b&gt;one&lt;/b&gt;" in plain
    assert piece("_empty.html", text="<b>one</b>") is plain


def test_a_visitor_is_asked_to_sign_in_or_join(client, db):
    text = client.get("/charter/").content.decode()
    assert 'href="/accounts/login/"' in text
    assert "/accounts/logout/" not in text
    assert "hx-headers" not in text


def test_who_is_signed_in_finds_their_account_and_what_waits(sign_in, amara):
    Notification.objects.create(person=amara, kind="round.waiting", subject="round:1", title="A round waits")
    text = sign_in(amara).get("/charter/").content.decode()
    assert "Notifications, 1 unread" in text
    assert "Account of Amara Okafor" in text


def test_the_header_of_one_person_is_never_that_of_another(sign_in, amara, bela):
    for person, other in ((amara, bela), (bela, amara)):
        text = sign_in(person).get("/charter/").content.decode()
        assert f"Account of {person.name}" in text
        assert other.name not in text


def test_the_header_follows_what_changes(sign_in, amara):
    client = sign_in(amara)
    client.get("/charter/")
    amara.name = "<b>Amara</b>"
    amara.save(update_fields=["name"])
    text = client.get("/charter/").content.decode()
    assert "Account of &lt;b&gt;Amara&lt;/b&gt;" in text
    assert "<b>Amara" not in text


def test_the_header_signs_out_with_the_token_of_its_own_page(amara):
    client = Client(enforce_csrf_checks=True)
    client.force_login(amara)
    client.get("/charter/")  # another page's header is in memory now
    text = client.get("/charter/").content.decode()
    token = re.search('name="csrfmiddlewaretoken" value="([^"]{64})"', text)
    assert token
    client.post("/accounts/logout/", {"csrfmiddlewaretoken": token[1]})
    assert client.get("/home/").status_code == 302


def test_the_frame_costs_three_queries_at_most(sign_in, amara, django_assert_max_num_queries):
    client = sign_in(amara)
    client.get("/charter/")  # the first one notes when the session began
    with django_assert_max_num_queries(3):  # session, person, unread
        client.get("/charter/")


def test_the_place_where_one_is_is_marked(client, db):
    assert '<a href="/faq/" aria-current="true">' in client.get("/faq/").content.decode()


def test_a_form_without_its_token_is_answered_with_what_to_do(amara):
    client = Client(enforce_csrf_checks=True)
    client.force_login(amara)
    answer = client.post("/accounts/logout/")
    assert answer.status_code == 403
    assert "reload it and try again" in answer.content.decode()
    assert "Account of Amara Okafor" in answer.content.decode()


@pytest.mark.parametrize("name", ["500.html", "503.html"])
def test_a_fault_has_a_page_that_needs_nothing(name):
    assert "css/main.css" in render_to_string(name)


def size(text: bytes) -> int:
    return len(gzip.compress(text, 9))


def test_a_first_visit_weighs_little(sign_in, amara):
    """HTML, CSS and JavaScript, compressed, as production sends them."""

    def read(name: str) -> str:
        return Path(finders.find(name)).read_text()

    html = sign_in(amara).get("/faq/").content
    scripts = [path.name for path in Path(settings.BASE_DIR / "static/js").glob("*.js")]
    linked = set(re.findall(rb'src="/static/([^"]+\.js)"', html))
    names = {name.decode() for name in linked} | {f"js/{name}" for name in scripts}
    weight = size(html) + size(in_one_piece(read).encode()) + sum(size(read(name).encode()) for name in names)
    assert ENTRY.encode() in html
    assert weight < LIMIT, f"{weight / 1024:.1f} KB"
