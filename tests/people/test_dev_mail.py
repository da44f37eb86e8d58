"""`/dev/mail/`: mails of development, and nothing at all in production."""

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection


@pytest.fixture
def mailed(settings, tmp_path):
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    settings.DEBUG = True
    for number in range(2):
        message = EmailMultiAlternatives(
            f"Hello <b>{number}</b>", f"Text {number}\n\nhttps://example.org/x", "a@example.org", ["lena@example.org"],
            connection=get_connection("mentorship.common.mail.FileBackend"),
        )  # fmt: skip
        message.attach_alternative(f"<p>HTML {number}</p><script>alert(1)</script>", "text/html")
        message.send()


def test_mails_are_listed_newest_first(mailed, client, db):
    page = client.get("/dev/mail/")
    assert [mail["subject"] for mail in page.context["mails"]] == ["Hello <b>1</b>", "Hello <b>0</b>"]
    assert b"<b>" not in page.content.replace(b"<body", b"")


def test_one_mail_as_text_and_as_html(mailed, client, db):
    name = client.get("/dev/mail/").context["mails"][0]["name"]
    text = client.get(f"/dev/mail/{name}/").content.decode()
    assert "Text 1" in text
    assert 'href="https://example.org/x"' in text
    html = client.get(f"/dev/mail/{name}/html/")
    assert b"HTML 1" in html.content
    policy = html.headers["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "default-src 'none'" in policy
    assert "script-src" not in policy


@pytest.mark.parametrize("name", ["nothing", "..%2f..%2fmanage", "1700000000000000000-0a1b2c3d"])
def test_no_other_file_is_read(mailed, client, db, name):
    assert client.get(f"/dev/mail/{name}/").status_code == 404


def test_production_has_none_of_it(mailed, settings, client, db):
    name = client.get("/dev/mail/").context["mails"][0]["name"]
    settings.DEBUG = False
    for path in ("/dev/mail/", f"/dev/mail/{name}/", f"/dev/mail/{name}/html/"):
        assert client.get(path).status_code == 404
