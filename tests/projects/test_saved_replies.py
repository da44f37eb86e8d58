"""Saved replies: whose they are, where they are offered, and how they are put into a review."""

import pytest
from django.db import IntegrityError, transaction

from mentorship.common.errors import Refused
from projects import saved_replies
from projects.models import Round, SavedReply
from projects.models.reply import ReplyChanged
from tests import factory
from tests.projects.test_at_once import at_once, refusals


@pytest.fixture
def shared(mateo, project):
    """A reply that Mateo shares with everybody who reviews the project."""
    return factory.make_reply(mateo, shared=True, project=project, title="Split by time")


def said(reply, **fields):
    values = {name: getattr(reply, name) for name in ("title", "text", "criterion", "project", "shared")}
    return values | fields


def test_one_s_own_are_one_s_own(cohort, mateo, ines, amara, noor, ada, other_cohort):
    reply = factory.make_reply(mateo)
    readers = [who for who in (mateo, ines, amara, noor, ada) if reply in SavedReply.objects.visible_to(who)]
    assert readers == [mateo]


def test_shared_ones_belong_to_the_mentors_of_the_stream_and_to_admins(cohort, shared, mateo, ines, amara, ada):
    stranger = factory.make_person()
    factory.make_membership(factory.make_cohort(), stranger, role="mentor")
    readers = [who for who in (mateo, ines, stranger, amara, ada) if shared in SavedReply.objects.visible_to(who)]
    assert readers == [mateo, ines, ada]
    shared.change(by=ines, said=said(shared, text="By time, {name}."), version=1)
    assert SavedReply.objects.get().text == "By time, {name}."


def test_only_its_author_takes_a_shared_one_back(cohort, shared, ines, mateo):
    with pytest.raises(Refused) as refusal:
        shared.change(by=ines, said=said(shared, shared=False), version=1)
    assert refusal.value.code == "not_yours"
    shared.change(by=mateo, said=said(shared, shared=False), version=1)
    assert not SavedReply.objects.visible_to(ines).exists()


def test_mentees_keep_none(cohort, amara):
    with pytest.raises(Refused):
        factory.make_reply(amara)


def test_a_shared_one_is_for_a_project_of_one_s_streams(cohort, mateo):
    elsewhere = factory.make_stream().items.get(kind="project").project
    for project in (None, elsewhere):
        with pytest.raises(Refused) as refusal:
            factory.make_reply(mateo, shared=True, project=project)
        assert refusal.value.code == "project"


def test_the_database_knows_that_too(cohort, mateo):
    factory.make_reply(mateo)
    for wrong in ({"shared": True}, {"title": ""}, {"text": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SavedReply.objects.update(**wrong)


def test_who_saves_over_another_window_is_told_and_sees_both(cohort, shared, mateo, ines):
    shared.change(by=ines, said=said(shared, text="Hers"), version=1)
    with pytest.raises(ReplyChanged) as conflict:
        shared.change(by=mateo, said=said(shared, text="His"), version=1)
    assert conflict.value.saved.text == "Hers"


@pytest.mark.django_db(transaction=True)
def test_two_at_once_change_it_once(cohort, shared, mateo, ines):
    def change(by):
        SavedReply.objects.get().change(by=by, said=said(shared, text=by.name), version=1)

    answers = at_once(lambda: change(mateo), lambda: change(ines))
    assert refusals(answers) == ["changed_meanwhile"]
    assert SavedReply.objects.get().version == 2


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_twice_at_once_keeps_one(cohort, mateo):
    import uuid

    key = uuid.uuid4()
    words = {"title": "Why", "text": "Why?", "criterion": "", "project": None, "shared": False}
    answers = at_once(*[lambda: SavedReply.save_new(by=mateo, said=words, key=key).pk] * 3)
    assert len(set(answers)) == 1
    assert SavedReply.objects.count() == 1


def test_those_for_the_question_come_first(cohort, mateo, project):
    first, second = project.criteria.all()
    general = factory.make_reply(mateo, title="A")
    fitting = factory.make_reply(mateo, title="B", criterion="why-1")
    factory.make_reply(mateo, title="C", criterion="why-2")
    other = factory.make_stream().items.get(kind="project").project
    SavedReply.objects.create(author=mateo, project=other, title="D", text="Elsewhere")
    assert saved_replies.suggest(mateo, project, first) == [fitting, general]
    assert saved_replies.suggest(mateo, project, None) == [general]
    assert [reply.title for reply in saved_replies.suggest(mateo, project, second.pk)] == ["C", "A"]


def test_fields_are_filled_in_once():
    text = r"{name}: {project}, round {round}. {criterion} \frac{a}{b} {unknown}"
    given = {"mentee": "{round} Okafor", "project": "Rent", "number": 2, "question": "Why {name}?"}
    assert saved_replies.filled(text, **given) == r"{round}: Rent, round 2. Why {name}? \frac{a}{b} {unknown}"


def test_without_javascript_a_reply_becomes_a_comment(sign_in, waiting, mateo, project):
    waiting.claim(by=mateo)
    criterion = project.criteria.first()
    reply = factory.make_reply(mateo, text="{name}, on “{criterion}” in round {round}.")
    address = f"/rounds/{waiting.pk}/review/"
    sign_in(mateo).post(address, {"version": "0", "summary": "Typed.", "reply": f"{reply.pk}-{criterion.pk}"})
    review = waiting.draft_of(mateo)
    assert review.summary == "Typed."
    comment = review.comments.get()
    assert (comment.text, comment.criterion) == ("Amara, on “Why 1?” in round 1.", criterion)


@pytest.mark.parametrize("chosen", ["", "x", "1-x", "999999999999999999-", "99999999999999999999-1", "-"])
def test_a_reply_that_is_none_loses_nothing(sign_in, waiting, mateo, chosen):
    waiting.claim(by=mateo)
    sign_in(mateo).post(f"/rounds/{waiting.pk}/review/", {"version": "0", "summary": "Typed.", "reply": chosen})
    review = waiting.draft_of(mateo)
    assert (review.summary, review.comments.count()) == ("Typed.", 0)


def test_the_replies_of_others_cannot_be_put_in(sign_in, waiting, mateo, ines):
    waiting.claim(by=mateo)
    reply = factory.make_reply(ines)
    sign_in(mateo).post(f"/rounds/{waiting.pk}/review/", {"version": "0", "summary": "A", "reply": f"{reply.pk}-"})
    assert not waiting.draft_of(mateo).comments.exists()


def test_the_picker_is_escaped(waiting, mateo):
    factory.make_reply(mateo, title="<b>", text='"><script>')
    round = Round.objects.with_submission().get()
    html = saved_replies.picker_html(saved_replies.for_project(mateo, round.submission.project), round, None)
    assert "<script>" not in html
    assert "<b>" not in html
    assert "&quot;&gt;&lt;script&gt;" in html
