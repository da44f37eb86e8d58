"""Posts of a group: written, answered, mentioned in, edited and deleted, with what stood there before."""

import pytest

from mentorship.cohorts.models import EarlierText, Group, GroupPost
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from tests import factory
from tests.cohorts.test_at_once import at_once, codes


@pytest.fixture
def group(cohort, amara, bela):
    for _ in range(2):
        factory.make_membership(cohort, factory.make_person())
    return factory.make_group(cohort, list(cohort.memberships.mentees().order_by("pk")), kind="support")


def told(person, kind):
    return Notification.objects.filter(person=person, kind=kind).count()


def refused(call):
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.code


def test_writing_and_replying_on_the_pages(sign_in, group, amara, bela):
    base = group.get_absolute_url()
    assert "Nobody has written yet" in sign_in(amara).get(base).content.decode()
    answer = sign_in(amara).post(f"{base}posts/", {"text": "Hello **all**, @bela-kovacs <script>alert(1)</script>"})
    assert answer["Location"] == f"{base}#posts"
    post = GroupPost.objects.get()
    page = sign_in(bela).get(base).content.decode()
    assert "<strong>all</strong>" in page
    assert "<script>alert" not in page
    sign_in(bela).post(post.get_absolute_url(), {"text": "Hi"})
    assert post.replies.get().author == bela
    assert b"Hi" in sign_in(amara).get(base).content


def test_empty_is_said_at_the_field(sign_in, group, amara):
    base = group.get_absolute_url()
    assert sign_in(amara).post(f"{base}posts/", {"text": "   "}).status_code == 422
    assert sign_in(amara).post(f"{base}posts/", {"text": "x" * 10_001}).status_code == 422
    assert not GroupPost.objects.exists()


def test_sent_twice_is_one_post(group, amara):
    key = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff"
    assert GroupPost.write(group, by=amara, text="Once", key=key) == GroupPost.write(group, by=amara, text="1", key=key)


def test_only_members_write_and_read(sign_in, group, mateo, olga, amara, ada):
    post = GroupPost.write(group, by=amara, text="Between us")
    assert refused(lambda: GroupPost.write(group, by=mateo, text="Let me in")) == "not_a_member"
    for person in (mateo, olga):
        assert sign_in(person).get(post.get_absolute_url()).status_code == 404
        assert sign_in(person).post(f"{group.get_absolute_url()}posts/", {"text": "a"}).status_code == 404
    assert b"Between us" not in sign_in(mateo).get(group.get_absolute_url()).content
    assert b"Between us" in sign_in(ada).get(group.get_absolute_url()).content


def test_a_mention_tells_once_and_only_members(group, amara, bela, mateo, olga):
    text = (
        f"@{bela.handle} @{bela.handle.upper()} @{mateo.handle} @{olga.handle} @nobody a@{bela.handle} @{amara.handle}"
    )
    post = GroupPost.write(group, by=amara, text=text)
    assert (told(bela, "mentioned"), told(bela, "group_post")) == (1, 0)
    assert told(mateo, "mentioned") == told(olga, "mentioned") == told(amara, "mentioned") == 0
    other = group.joined().last().membership.person
    post.edit(by=amara, text=f"{text} again @{other.handle}")
    assert (told(bela, "mentioned"), told(other, "mentioned")) == (1, 1)


def test_five_hundred_mentions_are_one_each(group, amara, bela, django_assert_max_num_queries):
    text = " ".join([f"@{bela.handle}", *[f"@person-{number}" for number in range(499)]])
    with django_assert_max_num_queries(18):
        GroupPost.write(group, by=amara, text=text)
    assert told(bela, "mentioned") == 1


def test_editing_keeps_what_stood_there(sign_in, group, amara, bela):
    post = GroupPost.write(group, by=amara, text="First words")
    address = f"{group.get_absolute_url()}posts/{post.pk}/edit/"
    assert sign_in(bela).post(address, {"text": "Mine"}).status_code == 404
    assert sign_in(amara).post(address, {"text": "Second words", "version": 0}).status_code == 302
    assert EarlierText.objects.get(grouppost=post).text == "First words"
    answer = sign_in(amara).post(address, {"text": "Third words", "version": 0})
    assert answer.status_code == 409
    assert b"Second words" in answer.content
    assert b"Third words" in answer.content
    page = sign_in(bela).get(post.get_absolute_url()).content
    assert b"First words" in page


def test_deleting_leaves_a_place_and_an_admin_may(sign_in, group, amara, bela, ada):
    post = GroupPost.write(group, by=amara, text="Too much said")
    reply = GroupPost.write(group, by=bela, text="Why", parent=post)
    address = f"{group.get_absolute_url()}posts/{post.pk}/remove/"
    assert sign_in(bela).post(address).status_code == 404
    sign_in(amara).post(address)
    assert refused(lambda: post.edit(by=amara, text="Back")) == "deleted"
    assert b"Deleted." in sign_in(bela).get(group.get_absolute_url()).content
    reply.remove(by=ada)
    assert refused(lambda: GroupPost.write(group, by=amara, text="a", parent=reply)) == "no_post"


def test_the_page_does_not_ask_more_with_more_posts(sign_in, group, amara, django_assert_max_num_queries):
    client = sign_in(amara)
    for count in (1, 9):
        while group.posts.filter(parent=None).count() < count:
            post = GroupPost.write(group, by=amara, text="Words")
            GroupPost.write(group, by=amara, text="More", parent=post)
        with django_assert_max_num_queries(11):
            assert client.get(group.get_absolute_url()).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_eight_windows_send_one_post():
    cohort = factory.make_cohort()
    seats = [factory.make_membership(cohort, factory.make_person()) for _ in range(4)]
    group, key = factory.make_group(cohort, seats, kind="support"), "6f9619ff-8b86-4d01-b42d-00cf4fc964fa"
    calls = [lambda: GroupPost.write(Group.objects.get(), by=seats[0].person, text="Once", key=key)] * 8
    assert codes(at_once(calls)) == ["done"] * 8
    assert group.posts.count() == 1
