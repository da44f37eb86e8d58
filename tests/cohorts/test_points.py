"""What members bring up stands in every agenda until it is settled; what is private stays so until then."""

import pytest
from django.utils import timezone

from mentorship.cohorts.models import Point
from mentorship.common.errors import Refused
from tests import factory

NOW = timezone.now()


@pytest.fixture
def meeting(cohort, mentee):
    """Led by Amara, in a week."""
    return factory.make_meeting(cohort, coordinator=mentee)


def test_brought_up_carried_over_and_settled(sign_in, amara, bela, cohort, meeting):
    client = sign_in(bela)
    assert client.post(meeting.get_absolute_url() + "points/", {"text": "How to split by time?"}).status_code == 302
    following = factory.make_meeting(cohort, starts_at=factory.days_ago(-21))
    earlier = factory.make_meeting(cohort, starts_at=factory.days_ago(-1))
    for row, there in ((meeting, True), (following, True), (earlier, False)):
        assert ("How to split by time?" in sign_in(amara).get(row.get_absolute_url()).text) is there
    address = f"{meeting.get_absolute_url()}points/{Point.objects.get().pk}/settle/"
    assert sign_in(amara).post(address).status_code == 302
    assert "How to split by time?" not in client.get(following.get_absolute_url()).text


def test_only_who_raised_it_or_who_leads_settles_it(sign_in, bela, mateo, amara, meeting):
    point = Point.bring_up(meeting, by=bela, text="Mine")
    address = f"{meeting.get_absolute_url()}points/{point.pk}/settle/"
    assert sign_in(mateo).post(address).status_code == 404
    assert sign_in(bela).post(address).status_code == 302
    point.refresh_from_db()
    assert point.settled_by == bela


@pytest.mark.parametrize(("text", "words"), [("", "required"), ("x" * 301, "300 characters")])
def test_what_is_wrong_comes_back(sign_in, bela, meeting, text, words):
    answer = sign_in(bela).post(meeting.get_absolute_url() + "points/", {"text": text})
    assert answer.status_code == 422
    assert words in answer.text


def test_the_same_form_twice_is_one_point(bela, olga, meeting):
    one = Point.bring_up(meeting, by=bela, text="Mine")
    assert Point.bring_up(meeting, by=bela, text="Mine", key=one.key) == one
    with pytest.raises(Refused, match="Only members"):
        Point.bring_up(meeting, by=olga, text="Mine")


def test_what_hangs_is_shown_to_its_owner_alone_until_they_bring_it_up(
    sign_in, amara, bela, mateo, mentee, meeting
):  # fmt: skip
    submission = factory.make_submission(mentee)
    factory.make_review(submission, mateo)
    page, address = sign_in(amara).get(meeting.get_absolute_url()).text, meeting.get_absolute_url()
    assert "Only you see this" in page
    assert submission.title in page
    assert submission.title not in sign_in(bela).get(address).text
    text = f"Project 1, “{submission.title}”: changes that I do not know how to make"
    sign_in(amara).post(address + "points/", {"text": text})
    assert submission.title in sign_in(bela).get(address).text
    assert "Only you see this" not in sign_in(amara).get(address).text


def test_the_page_costs_the_same_with_much_on_it(sign_in, amara, bela, alone, meeting, django_assert_max_num_queries):
    client = sign_in(amara)
    client.get("/cohorts/")
    for _ in range(12):
        Point.bring_up(meeting, by=bela, text=f"Point {factory.days_ago(0)}")
        factory.make_action(meeting, alone)
    with django_assert_max_num_queries(32):
        client.get(meeting.get_absolute_url())
