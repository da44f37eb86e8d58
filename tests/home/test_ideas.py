"""From a gap, an accepted project and a review's praise to an idea, in one click and once."""

import pytest

from blog.ideas import QUESTIONS, answers_of, pitch, pitch_from, seen
from blog.models import Post
from blog.writing import ChangedMeanwhile
from mentorship.common.errors import Refused
from mentorship.home.ideas import begin_from, offers_of
from mentorship.study.models import Note
from projects.models import Submission
from tests.cohorts.test_at_once import at_once
from tests.factory import accepting, make_person, make_post, make_review, make_submission


@pytest.fixture
def gap(amara, stream):
    return Note.write(by=amara, text="Why does **bagging** help? Nobody says.", is_gap=True, item=stream.items.first())


def click(client, source):
    return client.post("/ideas/", {"source": source})


def test_a_gap_becomes_an_idea_once_and_shows_its_post(sign_in, amara, gap):
    client = sign_in(amara)
    first, again = click(client, f"note:{gap.pk}"), click(client, f"note:{gap.pk}")
    post = Post.objects.get()
    assert first.url == again.url == post.desk_url
    assert (post.state, post.origin, post.origin_url) == ("idea", "note", gap.get_absolute_url())
    assert post.title == "Why does bagging help?"
    assert "**bagging**" in answers_of(post.pitch)["missing"]
    assert post.desk_url in client.get("/study/notes/").content.decode()
    post.discard(by=amara)
    assert "Make it a blog idea" in client.get("/study/notes/").content.decode()


def test_of_others_and_of_what_is_no_gap_nothing_is_begun(sign_in, amara, bela, gap):
    plain = Note.write(by=amara, text="Plain")
    assert click(sign_in(bela), f"note:{gap.pk}").status_code == 404
    for source in (f"note:{plain.pk}", "note:0", "note:x", "", "user:1", "note:" + "9" * 30):
        assert click(sign_in(amara), source).status_code == 404
    assert not Post.objects.exists()


def test_an_accepted_project_and_its_praise(sign_in, amara, bela, mateo, cohort):
    mentee = cohort.memberships.get(person=amara)
    work = make_submission(mentee)
    assert "blog idea" not in sign_in(amara).get(work.get_absolute_url()).content.decode()
    criterion = work.project.criteria.first()
    review = make_review(work, mateo, accepting(work, scores={criterion.pk: "beyond"}))
    assert [offer.source for offer in offers_of(amara)] == [f"project:{work.pk}", f"review:{review.pk}"]
    assert offers_of(bela) == []
    page = sign_in(amara).get(work.get_absolute_url()).content.decode()
    assert "Make it a blog idea" in page
    assert "Make it a blog idea" not in sign_in(mateo).get(work.get_absolute_url()).content.decode()
    for source, origin in ((f"project:{work.pk}", "project"), (f"review:{review.pk}", "review")):
        assert begin_from(source, by=bela) is None
        post = begin_from(source, by=amara)
        assert (post.origin, post.origin_url) == (origin, work.get_absolute_url())
    assert criterion.question in post.pitch
    assert Submission.objects.get().state == "accepted"


def test_the_api_lists_and_begins(sign_in, amara, gap):
    client = sign_in(amara)
    assert client.get("/api/v1/ideas/").json()[0] | {"url": ""} == {
        "source": f"note:{gap.pk}", "kind": "A gap", "title": "Why does bagging help? Nobody says.",
        "about": f"On {gap.item.title}", "url": "", "post": None,
    }  # fmt: skip
    made = client.post("/api/v1/ideas/", {"source": f"note:{gap.pk}"}, content_type="application/json")
    assert (made.status_code, made.json()["state"]) == (201, "idea")
    assert client.get("/api/v1/ideas/").json()[0]["post"]["id"] == made.json()["id"]


def test_a_pitch_is_taken_apart_as_it_was_put_together():
    answers = {"for_whom": "Me, a year ago.", "afterwards": "", "tried": "Two\n\nparagraphs", "missing": "A picture"}
    assert answers_of(pitch_from(answers)) == answers
    assert answers_of("Plain words") == dict.fromkeys(QUESTIONS, "") | {"missing": "Plain words"}
    assert len(pitch_from(dict.fromkeys(QUESTIONS, "x" * 5000))) < 4000


def test_who_pitches_over_another_answer_loses(amara, bela):
    post = make_post(amara, state="idea")
    before = seen(post.pitch)
    pitch(post, by=amara, answers={"for_whom": "Beginners"}, saw=before)
    with pytest.raises(ChangedMeanwhile):
        pitch(post, by=amara, answers={"for_whom": "Others"}, saw=before)
    with pytest.raises(Refused):
        pitch(post, by=bela, answers={}, saw=seen(post.pitch))
    assert "Beginners" in Post.objects.get().pitch


@pytest.mark.django_db(transaction=True)
def test_clicked_three_times_at_once():
    person = make_person()
    note = Note.write(by=person, text="Why?", is_gap=True)
    assert at_once([lambda: begin_from(f"note:{note.pk}", by=person)] * 3) == [None] * 3
    assert Post.objects.count() == 1
