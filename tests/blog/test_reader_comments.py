"""Comments under a published post: who speaks, nested once, hidden and reported."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from blog.models import Post, ReaderComment
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from tests.factory import make_cohort, make_membership, make_person, make_post, make_reader_comment

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def member(bela):
    make_membership(make_cohort(), bela)
    return bela


@pytest.fixture
def post(amara):
    return make_post(amara, state="published")


def code_of(call):
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.code


def test_a_member_comments_and_the_author_is_told(post, member, amara):
    row = make_reader_comment(post, member, "**Thank you.** <script>x</script>")

    assert row.html == "<p><strong>Thank you.</strong> </p>\n"
    assert Post.objects.get().comment_count == 1
    told = Notification.objects.get()
    assert (told.person, told.kind, told.url) == (
        amara,
        "reader_commented",
        f"/blog/{post.slug}/comments/#comment-{row.pk}",
    )


def test_who_is_no_member_does_not(post, olga):
    assert code_of(lambda: make_reader_comment(post, olga)) == "not_a_member"


def test_a_reply_tells_whom_it_answers_and_nobody_twice(post, member, amara):
    first = make_reader_comment(post, member)
    make_membership(make_cohort(), amara)
    make_reader_comment(post, amara, parent=first)

    assert [(row.person, row.kind) for row in Notification.objects.exclude(person=amara)] == [
        (member, "comment_answered")
    ]
    assert Notification.objects.filter(person=amara).count() == 1


def test_nested_once(post, member):
    reply = make_reader_comment(post, member, parent=make_reader_comment(post, member))

    assert code_of(lambda: make_reader_comment(post, member, parent=reply)) == "no_comment"
    with pytest.raises(IntegrityError), transaction.atomic():
        ReaderComment.objects.create(post=post, author=member, parent=reply, text="Deeper")


def test_a_reply_stands_under_its_own_post(post, member, amara):
    elsewhere = make_reader_comment(make_post(amara, state="published"), member)

    assert code_of(lambda: make_reader_comment(post, member, parent=elsewhere)) == "no_comment"
    with pytest.raises(IntegrityError), transaction.atomic():
        ReaderComment.objects.create(post=post, author=member, parent=elsewhere, text="Elsewhere")


@pytest.mark.parametrize("state", ["draft", "in_editing"])
def test_only_under_what_is_published(amara, member, state):
    assert code_of(lambda: make_reader_comment(make_post(amara, state=state), member)) == "not_published"


def test_the_same_form_twice_is_one_comment(post, member):
    key = "5f0c6f5e-9a0d-4a8b-8d5e-0a1b2c3d4e5f"
    assert make_reader_comment(post, member, key=key) == make_reader_comment(post, member, key=key)
    assert Post.objects.get().comment_count == 1


def test_twenty_an_hour_are_enough(post, member):
    for _ in range(20):
        make_reader_comment(post, member, at=NOON)

    assert code_of(lambda: make_reader_comment(post, member, at=NOON)) == "too_many"
    make_reader_comment(post, member, at=NOON + timedelta(hours=1))


@pytest.mark.parametrize("text", ["", "  \n", "x" * 5001, "a\x00b"])
def test_what_says_nothing_or_too_much_is_refused(post, member, text):
    assert code_of(lambda: make_reader_comment(post, member, text)) in ("empty", "unreadable")


def test_edited_for_a_quarter_of_an_hour(post, member, amara):
    row = make_reader_comment(post, member, at=NOON)
    row.edit(by=member, text="Better", version=0, at=NOON + timedelta(minutes=14))

    assert (row.text, row.edits) == ("Better", 1)
    assert code_of(lambda: row.edit(by=member, text="Mine", version=0, at=NOON)) == "changed_meanwhile"
    assert code_of(lambda: row.edit(by=member, text="Late", at=NOON + timedelta(minutes=16))) == "cannot_edit"
    assert code_of(lambda: row.edit(by=amara, text="Not mine", at=NOON)) == "cannot_edit"


def test_hidden_with_a_reason_and_shown_again(post, member, amara, emre):
    row = make_reader_comment(post, member)
    row.hide(by=amara, reason="Off topic")

    assert Post.objects.get().comment_count == 0
    assert "Off topic" in Notification.objects.get(person=member, kind="comment_hidden").body
    assert code_of(lambda: row.show(by=amara)) == "cannot_show"
    row.show(by=emre)
    assert Post.objects.get().comment_count == 1


def test_a_reason_is_asked_for(post, member, emre):
    row = make_reader_comment(post, member)
    assert code_of(lambda: row.hide(by=emre, reason="  ")) == "no_reason"


def test_reported_once_until_an_editor_has_looked(post, member, mateo, noor, emre):
    for person in (mateo, noor):
        make_membership(make_cohort(), person, role="mentor")
    row = make_reader_comment(post, member)
    row.report(by=mateo)
    row.report(by=noor)
    assert Notification.objects.filter(person=emre, kind="comment_reported").count() == 1

    row.leave(by=emre)
    row.report(by=noor)
    assert Notification.objects.filter(person=emre, kind="comment_reported").count() == 2


def test_taken_back_leaves_its_place_to_the_replies(sign_in, client, post, member):
    row = make_reader_comment(post, member, "First words")
    make_reader_comment(post, member, "An answer", parent=row)
    assert sign_in(member).post(f"/blog/comments/{row.pk}/remove/").status_code == 302

    page = client.get(post.get_absolute_url()).text
    assert "First words" not in page
    assert "Removed by its writer." in page
    assert "An answer" in page


def test_hidden_words_are_read_by_editors_and_their_writer_only(sign_in, client, post, member, emre, noor):
    make_reader_comment(post, member, "Buy this").hide(by=emre, reason="Advertising")

    assert "Buy this" not in client.get(f"{post.get_absolute_url()}comments/").text
    assert "Buy this" not in sign_in(noor).get(f"{post.get_absolute_url()}comments/").text
    for person in (member, emre):
        assert "Hidden: Advertising" in sign_in(person).get(f"{post.get_absolute_url()}comments/").text


def test_what_was_typed_is_kept_when_it_is_refused(sign_in, post, member):
    response = sign_in(member).post(f"{post.get_absolute_url()}comments/", {"text": "y" * 5001})
    assert response.status_code == 422
    assert "y" * 5001 in response.text


def test_the_number_of_queries_does_not_grow(client, post, member, django_assert_num_queries):
    for number in range(12):
        make_reader_comment(post, make_person_of(f"Reader {number}"), parent=None)
    with django_assert_num_queries(3):
        client.get(post.get_absolute_url())


def make_person_of(name):
    person = make_person(name)
    make_membership(make_cohort(), person)
    return person
