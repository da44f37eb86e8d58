"""Writing together: asked, agreed or refused, and never without consent."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from blog.models import Coauthor, Post
from blog.writing import revise, text_of
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from tests.cohorts.test_at_once import at_once, codes
from tests.factory import make_coauthor, make_cohort, make_membership, make_person, make_post


@pytest.fixture
def post(amara, cohort):
    return make_post(amara)


def told(person):
    return list(Notification.objects.filter(person=person).order_by("pk").values_list("kind", flat=True))


def refused(call, **fields):
    with pytest.raises(Refused) as refusal:
        call(**fields)
    return refusal.value.code


def test_asked_agreed_and_named(post, amara, bela):
    row = Coauthor.ask(post, by=amara, handle=bela.handle)
    assert post.authors() == [amara]
    assert not post.verbs_of(bela)
    assert Post.objects.visible_to(bela).filter(pk=post.pk).exists()  # read it first
    row.agree(by=bela)

    assert post.authors() == [amara, bela]
    assert post.verbs_of(bela) == {"revise"}
    assert (told(bela), told(amara)) == (["coauthor_asked"], ["coauthor_agreed"])
    revise(post, by=bela, version=1, text=replace(text_of(post), title="Another title"))
    assert post.title == "Another title"


def test_refused_is_not_asked_again_but_may_change_their_mind(post, amara, bela):
    row = Coauthor.ask(post, by=amara, handle=bela.handle)
    row.refuse(by=bela)
    assert (row.place, told(amara)) == (None, ["coauthor_refused"])
    assert not Post.objects.visible_to(bela).filter(pk=post.pk).exists()
    assert refused(lambda: Coauthor.ask(post, by=amara, handle=bela.handle)) == "refused_already"
    row.agree(by=bela)
    assert post.authors() == [amara, bela]


def test_only_people_of_a_cohort_they_share_are_asked_and_only_by_the_author(post, amara, bela, olga, emre):
    for handle in (olga.handle, amara.handle, "nobody"):
        assert refused(lambda handle=handle: Coauthor.ask(post, by=amara, handle=handle)) == "no_member"
    assert refused(lambda: Coauthor.ask(post, by=bela, handle=bela.handle)) == "not_yours"
    assert not Coauthor.objects.exists()


def test_only_who_was_asked_answers(post, amara, bela, mateo):
    row = Coauthor.ask(post, by=amara, handle=bela.handle)
    for verb in ("agree", "refuse", "leave"):
        for person in (amara, mateo):
            assert refused(getattr(row, verb), by=person) == "not_yours"
    assert refused(row.remove, by=bela) == "not_yours"
    assert refused(row.leave, by=bela) == "not_open"


def test_leaving_and_taking_out_until_publication(post, amara, bela, mateo, emre):
    for person in (bela, mateo):
        Coauthor.ask(post, by=amara, handle=person.handle).agree(by=person)
    first, second = post.coauthors.order_by("place")
    first.leave(by=bela)
    assert post.authors() == [amara, mateo]
    second.remove(by=amara)
    assert told(mateo)[-1] == "coauthor_taken_out"
    again = Coauthor.ask(post, by=amara, handle=bela.handle)
    again.agree(by=bela)
    post.ask_for_editing(by=amara)
    post.publish(by=emre)
    assert told(bela)[-1] == "post_published"
    for verb, by in (("leave", bela), ("remove", amara)):
        assert refused(getattr(again, verb), by=by) == "published"
    with pytest.raises(IntegrityError, match="stay as they are"), transaction.atomic():
        Coauthor.objects.filter(pk=again.pk).update(state="ended", place=None)


def test_nobody_edits_what_they_write(post, amara, cohort, emre):
    make_membership(cohort, emre, role="mentor")
    post.ask_for_editing(by=amara)
    post.take(by=emre)
    assert refused(lambda: Coauthor.ask(post, by=amara, handle=emre.handle)) == "edits_it"
    post.give_back(by=emre, comment="More.")
    make_coauthor(post, emre)
    post.ask_for_editing(by=amara)
    assert post.verbs_of(emre) == post.verbs_of(amara)


def test_the_database_keeps_author_and_co_author_apart(post, amara):
    with pytest.raises(IntegrityError, match="somebody else than the author"), transaction.atomic():
        Coauthor.objects.create(post=post, person=amara, place=1)


def test_a_sixth_is_one_too_many(post, amara, cohort):
    people = [make_membership(cohort, make_person()).person for _ in range(6)]
    for person in people[:5]:
        Coauthor.ask(post, by=amara, handle=person.handle)
    assert refused(lambda: Coauthor.ask(post, by=amara, handle=people[5].handle)) == "full"


def test_co_authors_are_told_that_a_draft_is_gone(post, amara, bela):
    make_coauthor(post, bela)
    post.discard(by=amara)
    assert told(bela)[-1] == "post_discarded"


@pytest.mark.django_db(transaction=True)
def test_two_at_once():
    cohort = make_cohort()
    author, *people = [make_membership(cohort, make_person()).person for _ in range(8)]
    post = make_post(author)
    calls = [lambda one=one: Coauthor.ask(post, by=author, handle=one.handle) for one in people]
    assert codes(at_once(calls)) == ["done"] * 5 + ["full"] * 2
    row = Coauthor.objects.select_related("person").first()
    copies = [Coauthor.objects.get(pk=row.pk) for _ in range(4)]
    calls = [lambda copy=copy: copy.agree(by=row.person) for copy in copies[:2]]
    calls += [lambda copy=copy: copy.refuse(by=row.person) for copy in copies[2:]]
    found = codes(at_once(calls))
    # Agreed once, or refused once and agreed after it.
    assert found in (["done"] + ["not_open"] * 3, ["done"] * 2 + ["not_open"] * 2)
    assert Coauthor.objects.get(pk=row.pk).state == "agreed"


@pytest.mark.django_db(transaction=True)
def test_asked_twice_at_once_is_one_question():
    cohort = make_cohort()
    author, person = [make_membership(cohort, make_person()).person for _ in range(2)]
    post = make_post(author)
    assert codes(at_once([lambda: Coauthor.ask(post, by=author, handle=person.handle)] * 3)) == ["done"] * 3
    row = Coauthor.objects.get()
    assert Notification.objects.filter(kind="coauthor_asked").count() == 1
    row.agree(by=person)
    leave, remove = (Coauthor.objects.get() for _ in range(2))
    calls = [lambda: leave.leave(by=person), lambda: remove.remove(by=author)]
    assert codes(at_once(calls)) == ["done", "not_open"]
