"""What mentees found helpful: private in sums, and words that the mentor may show."""

import pytest

from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from projects.figures import figures_of
from projects.models import Feedback
from tests import factory
from tests.projects.test_at_once import at_once, refusals

GOOD = {"rating": 4, "helped": ["why", "specific"], "testimonial": "Asked why, kindly."}


@pytest.fixture
def accepted(submission, mateo):
    factory.make_review(submission, mateo, factory.accepting(submission))
    return submission


def give(submission, mentor, **said):
    return Feedback.give(submission=submission, mentor=mentor, by=submission.author, **(GOOD | said))


def refused(call):
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.code


def test_the_author_says_what_helped(accepted, mateo):
    row = give(accepted, mateo)
    assert (row.rating, row.helped, row.shown_at) == (4, ["specific", "why"], None)
    assert Notification.objects.get(kind="testimonial").person == mateo


def test_a_rating_alone_tells_nobody(accepted, mateo):
    give(accepted, mateo, testimonial="  ")
    assert not Notification.objects.filter(kind="testimonial").exists()


def test_not_before_it_is_accepted(submission, mateo):
    factory.make_review(submission, mateo)
    assert refused(lambda: give(submission, mateo)) == "not_accepted"


def test_not_by_others_and_not_of_others(accepted, mateo, bela, ines):
    assert refused(lambda: Feedback.give(submission=accepted, mentor=mateo, by=bela, **GOOD)) == "not_accepted"
    assert refused(lambda: give(accepted, ines)) == "not_a_reviewer"


@pytest.mark.parametrize("said", [{"rating": 0}, {"rating": 5}, {"helped": ["luck"]}])
def test_only_what_is_offered(accepted, mateo, said):
    assert refused(lambda: give(accepted, mateo, **said)) == "rating"


def test_other_words_are_shown_anew_only(accepted, mateo):
    row = give(accepted, mateo)
    row.show(by=mateo, shown=True)
    give(accepted, mateo, rating=3)
    assert Feedback.objects.shown_of(mateo).exists()
    give(accepted, mateo, testimonial="Something else.")
    assert not Feedback.objects.shown_of(mateo).exists()


def test_only_the_mentor_shows_words_and_only_while_there_are_some(accepted, mateo, amara):
    row = give(accepted, mateo)
    assert refused(lambda: row.show(by=amara, shown=True)) == "not_yours"
    give(accepted, mateo, testimonial="")
    assert refused(lambda: row.show(by=mateo, shown=True)) == "no_words"


def test_sums_show_from_three_on(accepted, cohort, mateo, project):
    give(accepted, mateo)
    for rating in (3, 4):
        assert figures_of(mateo).ratings is None
        other = factory.make_submission(factory.make_membership(cohort, factory.make_person()), project)
        factory.make_review(other, mateo, factory.accepting(other))
        give(other, mateo, rating=rating)
    found = figures_of(mateo)
    assert found.ratings == {"Not really": 0, "A little": 0, "Helpful": 1, "Very helpful": 2}
    assert found.helped["Being asked why"] == 3


def test_the_form_stands_where_the_work_was_accepted(sign_in, accepted, mateo, amara):
    amaras = sign_in(amara)
    assert "What helped?" in amaras.get(accepted.get_absolute_url()).text
    assert "What helped?" not in sign_in(mateo).get(accepted.get_absolute_url()).text
    address = f"{accepted.get_absolute_url()}feedback/{mateo.pk}/"
    wrong = amaras.post(address, {"testimonial": "Kept, though no rating was chosen"})
    assert wrong.status_code == 422
    assert "Kept, though no rating was chosen" in wrong.text
    assert "Choose one of the four." in wrong.text
    assert amaras.post(address, GOOD).status_code == 302
    assert "You told us about Mateo Rojas" in amaras.get(accepted.get_absolute_url()).text


def test_shown_words_stand_on_the_profile(sign_in, accepted, mateo):
    mateo.visibility = "public"
    mateo.save()
    row = give(accepted, mateo)
    profile = f"/people/{mateo.handle}/"
    assert "Asked why, kindly." not in sign_in().get(profile).text
    mateos = sign_in(mateo)
    mateos.post(f"/testimonials/{row.pk}/show/")
    assert "Asked why, kindly." in sign_in().get(profile).text
    mateos.post(f"/testimonials/{row.pk}/hide/")
    assert "Asked why, kindly." not in sign_in().get(profile).text


def test_the_api_does_the_same(sign_in, accepted, mateo, amara, bela):
    address = f"/api/v1/submissions/{accepted.pk}/feedback/"
    said = GOOD | {"mentor": mateo.handle}
    assert sign_in(bela).post(address, said, content_type="application/json").status_code == 404
    wrong = sign_in(amara).post(address, said | {"rating": 9}, content_type="application/json")
    assert "rating" in wrong.json()
    assert sign_in(amara).post(address, said, content_type="application/json").json()["rating"] == 4
    mateos = sign_in(mateo)
    row = mateos.get("/api/v1/testimonials/").json()["results"][0]
    assert "rating" not in row
    assert mateos.post(f"/api/v1/testimonials/{row['id']}/show/").json()["shown_at"]
    assert sign_in(amara).get("/api/v1/testimonials/").json()["results"] == []
    assert mateos.get("/api/v1/figures/").json()["rated"] == 1
    assert sign_in(amara).get("/api/v1/figures/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_sent_four_times_at_once_is_said_once(accepted, mateo):
    answers = at_once(*[lambda: give(accepted, mateo)] * 4)
    assert refusals(answers) == []
    assert Feedback.objects.count() == 1
