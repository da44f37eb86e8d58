"""Front matter at the desk: YAML, safely, and never lost."""

import pytest

from tests.factory import make_post


@pytest.fixture
def draft(amara):
    return make_post(amara, title="Why", body="Text.", front_matter={"layout": "post", "comments": True})


def save(sign_in, amara, draft, yaml):
    sent = {"title": "Why", "body": "Text.", "version": 1, "save": 1, "front_matter": yaml}
    answer = sign_in(amara).post(draft.desk_url, sent)
    draft.refresh_from_db()
    return answer


def test_it_is_shown_and_stays_as_it_is(sign_in, amara, draft):
    assert "layout: post\ncomments: true" in sign_in(amara).get(draft.desk_url).content.decode()
    sign_in(amara).post(draft.desk_url, {"title": "Why", "body": "New.", "version": 1, "save": 1})
    draft.refresh_from_db()
    assert (draft.body, draft.front_matter) == ("New.", {"layout": "post", "comments": True})


def test_names_that_are_fields_of_ours_move_there(sign_in, amara, draft):
    yaml = "title: 'A: new <b> one'\ncategories: [Data Science]\ntags: [ML, b]\nexcerpt: Short.\nimage: /x.png\n"
    assert save(sign_in, amara, draft, yaml).status_code == 302
    assert (draft.title, draft.category, draft.tags) == ("A: new <b> one", "data_science", ["ml", "b"])
    assert (draft.summary, draft.front_matter) == ("Short.", {"image": "/x.png"})


def test_what_no_field_holds_stays_where_it_is(sign_in, amara, draft):
    save(sign_in, amara, draft, "categories: [a, b]\ntitle: {x: 1}\n2: 3\n")
    assert (draft.title, draft.category) == ("Why", "")
    assert draft.front_matter == {"categories": ["a", "b"], "title": {"x": 1}, "2": 3}


@pytest.mark.parametrize(
    "yaml",
    [
        "a: &x [1]\nb: *x",
        "a: !!python/object/apply:os.system [id]",
        "a: 'open",
        "just words",
        "title: ''",
        "a: " + "[" * 5000,
        "x: " + "y" * 3000,
        "canonical_url: javascript:alert(1)",
    ],
)
def test_what_cannot_be_read_is_said_at_the_field_and_kept(sign_in, amara, draft, yaml):
    answer = save(sign_in, amara, draft, yaml)
    assert answer.status_code == 422
    assert 'id="id_front_matter_error"' in answer.content.decode()
    assert draft.front_matter == {"layout": "post", "comments": True}
