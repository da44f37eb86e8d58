"""The draft that a team writes together: saved by any member, never over another's words, gone once handed in."""

import pytest

from projects.models import SharedDraft, Submission
from tests import factory


@pytest.fixture
def address(capstone):
    return f"/projects/{capstone.key}/hand-in/"


def typed(project, **fields):
    answers = {f"answer_{criterion.pk}": "Because." for criterion in project.criteria.all()}
    return {"title": "Buses", "write_up": "What *we* did.", "version": 0} | answers | fields


def test_what_one_saves_the_others_go_on_with(sign_in, address, capstone, team, amara, bela):
    answer = sign_in(amara).post(address, typed(capstone, save="1"))
    assert answer.status_code == 302
    assert SharedDraft.objects.get().content["write_up"] == "What *we* did."
    page = sign_in(bela).get(address).content.decode()
    assert "What *we* did." in page
    assert "Saved for the team by Amara Okafor" in page
    assert 'name="version" value="1"' in page


def test_saved_meanwhile_both_texts_are_shown_and_none_is_lost(sign_in, address, capstone, team, amara, bela):
    sign_in(amara).post(address, typed(capstone, save="1"))
    answer = sign_in(bela).post(address, typed(capstone, save="1", title="Trams"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert 'value="Trams"' in page
    assert "<dd>Buses</dd>" in page
    assert SharedDraft.objects.get().content["title"] == "Buses"
    kept = sign_in(bela).post(address, typed(capstone, title="Trams", overwrite="1"))
    assert kept.status_code == 302
    assert SharedDraft.objects.get().content["title"] == "Trams"


def test_htmx_gets_the_state_of_the_draft_alone(sign_in, address, capstone, team, amara):
    answer = sign_in(amara).post(address, typed(capstone, save="1"), headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert answer.content.strip().startswith(b'<div id="shared"')
    assert b"Saved for the team by you" in answer.content


def test_handing_in_uses_it_up(sign_in, address, capstone, team, amara, bela):
    sign_in(amara).post(address, typed(capstone, save="1"))
    answer = sign_in(bela).post(address, typed(capstone, version=1, title="Buses and trams"))
    made = Submission.objects.get()
    assert answer["Location"] == made.get_absolute_url()
    assert made.author == bela
    assert SharedDraft.objects.get().content == {}
    late = sign_in(amara).post(address, typed(capstone, save="1", version=1, title="Mine"))
    assert late.status_code == 409
    assert "handed this round in meanwhile" in late.content.decode()
    assert 'value="Mine"' in late.content.decode()


def test_handing_in_over_words_of_another_is_asked_about_first(sign_in, address, capstone, team, amara, bela):
    sign_in(amara).post(address, typed(capstone, save="1"))
    sign_in(bela).post(address, typed(capstone, save="1", version=1, write_up="Béla's words."))
    answer = sign_in(amara).post(address, typed(capstone, version=1))
    assert answer.status_code == 409
    assert "Béla&#x27;s words." in answer.content.decode()
    assert not Submission.objects.exists()


def test_a_wrong_field_is_said_and_the_draft_stays(sign_in, address, capstone, team, amara):
    sign_in(amara).post(address, typed(capstone, save="1"))
    answer = sign_in(amara).post(address, typed(capstone, version=1, title=""))
    assert answer.status_code == 422
    assert SharedDraft.objects.get().content["title"] == "Buses"


def test_the_next_round_is_a_new_draft(sign_in, address, capstone, team, amara, bela, mateo):
    sign_in(amara).post(address, typed(capstone))
    made = Submission.objects.get()
    factory.make_review(made, mateo)
    again = f"/submissions/{made.pk}/hand-in/"
    page = sign_in(bela).get(again).content.decode()
    assert "What *we* did." in page
    version = 0 if SharedDraft.objects.first() is None else SharedDraft.objects.get().version
    sign_in(bela).post(again, typed(capstone, save="1", version=version, write_up="Round two."))
    assert "Round two." in sign_in(amara).get(again).content.decode()
    sign_in(amara).post(again, typed(capstone, version=version + 1, write_up="Round two."))
    assert made.rounds.count() == 2


def test_without_a_team_the_page_says_how_to_get_one(sign_in, address, capstone, cohort, amara):
    page = sign_in(amara).get(address).content.decode()
    assert "For this you need a team" in page
    assert f"/cohorts/{cohort.slug}/groups/" in page
    answer = sign_in(amara).post(address, typed(capstone))
    assert answer.status_code == 409
    assert "Form a capstone team" in answer.content.decode()


def test_too_long_a_draft_is_refused(sign_in, address, capstone, team, amara):
    answer = sign_in(amara).post(address, typed(capstone, save="1", write_up="a" * 500_000))
    assert answer.status_code == 409
    assert "too long" in answer.content.decode()
