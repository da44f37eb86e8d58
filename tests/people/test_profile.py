"""Who may open a profile. What is missing and what is not theirs look the same."""

import pytest


@pytest.mark.parametrize(
    ("visibility", "visitor", "member"), [("public", 200, 200), ("program", 302, 200), ("private", 302, 404)]
)
def test_visibility(sign_in, olga, bela, ada, visibility, visitor, member):
    olga.visibility = visibility
    olga.save(update_fields=["visibility"])
    path = f"/people/{olga.handle}/"
    assert sign_in(None).get(path).status_code == visitor
    assert sign_in(bela).get(path).status_code == member
    assert sign_in(olga).get(path).status_code == 200
    assert sign_in(ada).get(path).status_code == 200


def test_missing_and_private_are_one_answer(sign_in, olga, bela):
    olga.visibility = "private"
    olga.save(update_fields=["visibility"])
    for person in (None, bela):
        client = sign_in(person)
        hidden, missing = client.get(f"/people/{olga.handle}/"), client.get("/people/nobody-here/")
        assert hidden.status_code == missing.status_code
        assert hidden.headers.get("Location", "").replace(olga.handle, "") == missing.headers.get(
            "Location", ""
        ).replace("nobody-here", "")


def test_closed_accounts_have_no_page(sign_in, olga, ada):
    olga.is_active, olga.visibility = False, "public"
    olga.save(update_fields=["is_active", "visibility"])
    assert sign_in(ada).get(f"/people/{olga.handle}/").status_code == 404


def test_what_people_write_stays_text(client, olga):
    olga.visibility, olga.bio, olga.headline = "public", "<script>alert(1)</script>\n\n*hi*", "<b>bold</b>"
    olga.website, olga.github = "https://example.org/?a=1&b=2", "olga"
    olga.save()
    page = client.get(f"/people/{olga.handle}/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;b&gt;bold" in page
    assert 'rel="me nofollow noopener ugc"' in page
    assert olga.email not in page
