"""Replies under comments; editing and deleting one's own words, of which what stood before is kept."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from mentorship.common.errors import Refused
from mentorship.common.rendering.worded import ChangedThere
from mentorship.notifications.models import Notification
from projects.draft import Said
from projects.models import Comment, Remark, Wording
from tests import factory
from tests.projects.test_at_once import at_once, refusals


@pytest.fixture
def review(submission, mateo):
    said = Said("a", "Why this metric?", blocking=True), Said("b", "A *fine* plot.")
    return factory.make_review(submission, mateo, factory.make_draft(comments=said))


@pytest.fixture
def comment(review):
    return review.comments.get(key="b")


def refused(code, verb, **options):
    with pytest.raises(Refused) as refusal:
        verb(**options)
    assert refusal.value.code == code


def test_both_sides_reply(comment, amara, mateo, ines, noor, other_cohort, bela, ada):
    comment.reply(by=amara, text="Thank *you*.")
    comment.reply(by=mateo, text="Keep it.")
    assert [(r.author, r.html.strip()) for r in comment.remarks.all()] == [
        (amara, "<p>Thank <em>you</em>.</p>"),
        (mateo, "<p>Keep it.</p>"),
    ]
    for outsider in (ines, noor, bela, ada):
        refused("not_yours", comment.reply, by=outsider, text="Me too.")


def test_a_draft_is_not_talked_about(waiting, mateo, amara):
    waiting.claim(by=mateo)
    draft = waiting.draft_of(mateo)
    draft.save_draft(by=mateo, draft=factory.make_draft(), version=0)
    refused("not_standing", draft.comments.get().reply, by=amara, text="Already?")
    refused("not_published", draft.comments.get().edit, by=mateo, text="Else")
    assert not Comment.objects.visible_to(amara)
    assert not Comment.objects.visible_to(mateo)


@pytest.mark.parametrize(("text", "code"), [(" \n", "empty"), ("x" * 20_001, "unreadable"), ("a\x00b", "unreadable")])
def test_what_cannot_be_said_is_refused(comment, amara, text, code):
    refused(code, comment.reply, by=amara, text=text)


def test_sent_twice_it_is_said_once(comment, amara):
    first = comment.reply(by=amara, text="Thank you.", key="k")
    assert comment.reply(by=amara, text="Thank you.", key="k") == first
    assert Notification.objects.filter(kind="replied").count() == 1


def told(person):
    return Notification.objects.filter(kind="replied", person=person)


def test_the_others_are_told_once_until_they_look(comment, amara, mateo):
    comment.reply(by=amara, text="Thank you.")
    comment.reply(by=amara, text="And good night.")
    assert (told(mateo).count(), told(amara).count()) == (1, 0)
    assert told(mateo).get().url == comment.get_absolute_url()
    told(mateo).update(read_at=timezone.now())
    comment.reply(by=amara, text="One more thing.")
    assert told(mateo).count() == 2
    comment.reply(by=mateo, text="Yes?")
    assert told(amara).count() == 1


def test_an_unread_one_of_yesterday_does_not_silence_the_thread(comment, amara, mateo):
    comment.reply(by=amara, text="Thank you.", at=factory.days_ago(2))
    comment.reply(by=amara, text="Still there?")
    assert told(mateo).count() == 2


def test_editing_keeps_what_stood_there(comment, amara, mateo):
    remark = comment.reply(by=amara, text="Thank you.")
    remark.edit(by=amara, text="Thank **you**.", version=0)
    assert ("<strong>you</strong>" in remark.html, remark.edits) == (True, 1)
    comment.edit(by=mateo, text="A fine plot indeed.")
    assert list(Wording.objects.values_list("text", "replaced_by")) == [
        ("Thank you.", amara.pk),
        ("A *fine* plot.", mateo.pk),
    ]
    comment.edit(by=mateo, text="A fine plot indeed.")
    assert comment.edits == 1  # the same words are no edit


def test_nobody_edits_anothers_words(comment, amara, mateo, ada):
    remark = comment.reply(by=amara, text="Thank you.")
    for person in (mateo, ada):
        refused("not_yours", remark.edit, by=person, text="Else")
        refused("not_yours", remark.remove, by=person)
    refused("not_yours", comment.edit, by=amara, text="Else")


def test_two_windows_lose_nothing(comment, amara):
    remark = comment.reply(by=amara, text="Thank you.")
    remark.edit(by=amara, text="From here", version=0)
    with pytest.raises(ChangedThere) as conflict:
        remark.edit(by=amara, text="From there", version=0)
    assert conflict.value.saved == "From here"


def test_deleting_leaves_that_it_was(comment, amara, mateo):
    remark = comment.reply(by=amara, text="Oops.")
    remark.remove(by=amara)
    assert (remark.text, remark.html, bool(remark.deleted_at)) == ("", "", True)
    assert remark.wordings.get().text == "Oops."
    refused("deleted", remark.edit, by=amara, text="Else")
    refused("deleted", remark.remove, by=amara)
    comment.remove(by=mateo)
    refused("not_standing", comment.reply, by=amara, text="Why?")


def test_a_change_request_is_settled_and_not_deleted(review, mateo, amara):
    asked = review.comments.get(key="a")
    refused("blocking", asked.remove, by=mateo)
    asked.edit(by=mateo, text="Why this metric, and not recall?")
    asked.reply(by=amara, text="Because of the classes.")


def test_what_was_answered_stays_when_the_verdict_is_taken_back(review, comment, amara, mateo):
    comment.reply(by=amara, text="Thank you.")
    review.take_back(by=mateo)
    refused("answered", review.save_draft, by=mateo, draft=factory.make_draft(), version=review.version)
    assert not Comment.objects.visible_to(amara)
    assert not Remark.objects.visible_to(amara)
    review.publish(by=mateo)
    assert Remark.objects.visible_to(amara).count() == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE projects_comment SET text = 'else', edited_at = now()",
        "UPDATE projects_remark SET text = 'else', edited_at = now()",
        "UPDATE projects_remark SET text = '', deleted_at = now()",
        "UPDATE projects_remark SET author_id = author_id + 1",
        "UPDATE projects_comment SET deleted_at = now()",
        "DELETE FROM projects_remark",
        "UPDATE projects_wording SET text = 'else'",
        "DELETE FROM projects_wording",
    ],
)
def test_raw_sql_changes_no_words(comment, amara, mateo, statement):
    comment.reply(by=amara, text="Thank you.")
    comment.edit(by=mateo, text="Indeed.")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
def test_the_same_form_twice_at_once_is_one_reply(comment, amara, mateo):
    say = lambda: Comment.objects.get(pk=comment.pk).reply(by=amara, text="Thank you.", key="k")  # noqa: E731
    assert refusals(at_once(say, say, say)) == []
    assert Remark.objects.count() == 1
    assert told(mateo).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_edits_at_once_lose_nothing(comment, mateo):
    def edit(text):
        return Comment.objects.get(pk=comment.pk).edit(by=mateo, text=text, version=0)

    assert refusals(at_once(lambda: edit("One"), lambda: edit("Two"))) == ["changed_meanwhile"]
