"""Posts made known: to followers, to a cohort, once a month; thanks and reads."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache

from blog import reads, sharing
from blog.discussion import figures_of
from blog.models import Follow, Reads, Shared, Thanks
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from tests.factory import make_cohort, make_membership, make_person, make_post

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def code_of(call):
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.code


def told(kind):
    return {row.person.name for row in Notification.objects.filter(kind=kind).select_related("person")}


def test_followers_hear_of_a_new_post_once(amara, bela, olga, emre):
    Follow.begin(by=bela, author=amara)
    post = make_post(amara, state="in_editing")
    post.publish(by=emre)
    post.unpublish(by=emre, reason="A figure is wrong.")
    post.ask_for_editing(by=amara)
    post.publish(by=emre)

    assert sharing.tell_shared(NOON) == 1
    assert sharing.tell_shared(NOON) == 0
    assert told("post_shared") == {"Béla Kovács"}


def test_who_follows_and_is_in_the_cohort_hears_once(amara, bela, mateo, emre):
    cohort = make_cohort()
    for person in (amara, bela, mateo):
        make_membership(cohort, person)
    Follow.begin(by=bela, author=amara)
    post = make_post(amara, state="in_editing")
    post.publish(by=emre)
    Shared.with_cohort(post, cohort, by=amara)
    sharing.tell_shared(NOON)

    assert told("post_shared") == {bela.name, mateo.name}
    assert Notification.objects.filter(kind="post_shared").count() == 2


def test_what_was_taken_down_meanwhile_is_no_news(amara, bela, emre):
    Follow.begin(by=bela, author=amara)
    post = make_post(amara, state="in_editing")
    post.publish(by=emre)
    post.unpublish(by=emre, reason="Too early.")

    assert sharing.tell_shared(NOON) == 0
    assert not Shared.objects.untold().exists()


def test_a_cohort_is_told_once_by_author_or_editor(amara, bela, noor):
    cohort = make_cohort()
    for person in (amara, bela):
        make_membership(cohort, person)
    post = make_post(amara, state="published")

    assert code_of(lambda: Shared.with_cohort(post, cohort, by=bela)) == "not_yours"
    Shared.with_cohort(post, cohort, by=amara)
    assert code_of(lambda: Shared.with_cohort(post, cohort, by=amara)) == "told_already"
    assert Shared.cohorts_for(post, amara) == []


def test_another_cohort_than_one_s_own_is_not_offered(sign_in, amara):
    post, other = make_post(amara, state="published"), make_cohort()
    response = sign_in(amara).post(f"{post.get_absolute_url()}share/", {"cohort": other.slug})
    assert response.status_code == 422
    assert not Shared.objects.exists()


@pytest.mark.parametrize(
    ("zone", "hour", "due"),
    [("UTC", 9, True), ("UTC", 8, False), ("America/New_York", 13, False), ("Asia/Tokyo", 0, True)],
)
def test_the_digest_comes_at_nine_on_the_first_by_the_reader_s_clock(amara, bela, zone, hour, due):
    bela.timezone = zone
    bela.save()
    Follow.objects.create(reader=bela, since=NOON - timedelta(days=60))
    make_post(amara, state="published", published_at=NOON, title="Forests")

    assert sharing.digest(at=datetime(2026, 12, 1, hour, tzinfo=UTC)) == due


def test_a_digest_that_was_missed_is_caught_up_and_comes_once(amara, bela):
    Follow.objects.create(reader=bela, since=NOON - timedelta(days=60))
    make_post(amara, state="published", published_at=NOON, title="Forests")
    make_post(amara, state="published", published_at=NOON - timedelta(days=40), title="Long ago")

    assert sharing.digest(at=datetime(2026, 12, 9, 3, tzinfo=UTC)) == 1
    assert sharing.digest(at=datetime(2026, 12, 9, 4, tzinfo=UTC)) == 0
    row = Notification.objects.get()
    assert row.title == "New on the blog in November: Forests"
    assert "Long ago" not in row.body


def test_nothing_new_is_not_spoken_of_and_one_s_own_is_not_new(amara):
    Follow.objects.create(reader=amara, since=NOON - timedelta(days=60))
    make_post(amara, state="published", published_at=NOON)
    assert sharing.digest(at=datetime(2026, 12, 2, tzinfo=UTC)) == 0


def test_who_followed_after_the_month_waits_for_the_next(amara, bela):
    Follow.objects.create(reader=bela, since=datetime(2026, 12, 1, 10, tzinfo=UTC))
    make_post(amara, state="published", published_at=NOON)
    assert sharing.digest(at=datetime(2026, 12, 1, 11, tzinfo=UTC)) == 0


def test_nobody_follows_or_thanks_themselves(amara):
    post = make_post(amara, state="published")
    assert code_of(lambda: Follow.begin(by=amara, author=amara)) == "oneself"
    assert code_of(lambda: Thanks.give(post, by=amara)) == "cannot_thank"


def test_thanks_are_counted_once_and_for_author_and_editors_only(sign_in, amara, bela, emre):
    post = make_post(amara, state="published")
    client = sign_in(bela)
    for _ in range(2):
        assert client.post(f"{post.get_absolute_url()}thank/").status_code == 302
    assert "1 said thanks" not in client.get(post.get_absolute_url()).text
    for person in (amara, emre):
        assert "1 said thanks" in sign_in(person).get(post.get_absolute_url()).text

    sign_in(bela).post(f"{post.get_absolute_url()}thank/", {"take_back": "1"})
    assert not Thanks.objects.exists()


def test_reads_are_counted_of_people_and_of_nobody_twice_over(client, sign_in, amara):
    cache.clear()
    post = make_post(amara, state="published")
    firefox = {"User-Agent": "Mozilla/5.0 Firefox/140.0"}
    for headers in (firefox, firefox, {"User-Agent": "Googlebot/2.1"}, firefox | {"Sec-Purpose": "prefetch"}):
        client.get(post.get_absolute_url(), headers=headers)
    sign_in(amara).get(post.get_absolute_url(), headers=firefox)
    now = datetime.now(UTC)

    assert reads.keep_reads(now) == 2
    assert reads.keep_reads(now) == 0
    assert Reads.objects.get().count == 2
    assert figures_of(post, now) == (0, 2, 2)
    assert figures_of(post, now + timedelta(days=31)) == (0, 2, 0)


def test_a_follower_of_many_is_told_in_batches(amara, emre, monkeypatch):
    monkeypatch.setattr("blog.telling_readers.BATCH", 2)
    for number in range(5):
        Follow.begin(by=make_person(f"Reader {number}"), author=amara)
    make_post(amara, state="in_editing").publish(by=emre)
    assert sharing.tell_shared(NOON) == 5
