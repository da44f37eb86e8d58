import pytest

from mentorship.notifications.models import Notification
from mentorship.notifications.outbox import tell
from tests import factory


@pytest.fixture
def told(amara, cohort):
    tell(amara, "assigned", subject=cohort, title="You have a mentor", url="/streams/")
    return Notification.objects.get()


def test_what_one_was_told_stands_in_the_inbox(sign_in, amara, bela, told):
    assert b"You have a mentor" in sign_in(amara).get("/notifications/").content
    assert b"You have a mentor" not in sign_in(bela).get("/notifications/").content


def test_opening_marks_as_read_and_leads_to_the_subject(sign_in, amara, told):
    response = sign_in(amara).post(f"/notifications/{told.pk}/open/")
    assert response.url == "/streams/"
    told.refresh_from_db()
    assert told.read_at


def test_nobody_opens_what_another_was_told(sign_in, bela, told):
    assert sign_in(bela).post(f"/notifications/{told.pk}/open/").status_code == 404
    told.refresh_from_db()
    assert not told.read_at


def test_all_are_marked_as_read_at_once(sign_in, amara, told):
    sign_in(amara).post("/notifications/read/")
    assert not Notification.objects.unread().exists()


def test_the_number_of_queries_does_not_grow(sign_in, amara, django_assert_max_num_queries):
    for _ in range(40):
        tell(amara, "x", subject=factory.make_person(), title="Something", url="/home/")
    client = sign_in(amara)
    client.get("/notifications/")  # the first one notes when the session began
    with django_assert_max_num_queries(5):
        assert client.get("/notifications/").status_code == 200
