from threading import Barrier, Thread

import pytest
from django.db import connection, transaction

from mentorship.notifications.models import Notification
from mentorship.notifications.outbox import tell, tell_all


def test_a_person_is_told_once(amara, cohort):
    assert tell(amara, "assigned", subject=cohort, title="You have a mentor", url="/home/")
    assert not tell(amara, "assigned", subject=cohort, title="You have a mentor", url="/home/")
    assert Notification.objects.filter(person=amara).count() == 1


def test_another_threshold_is_another_thing_to_know(amara, cohort):
    assert tell(amara, "silent", subject=cohort, title="A week", url="/home/", threshold=7)
    assert tell(amara, "silent", subject=cohort, title="Two weeks", url="/home/", threshold=14)


def test_several_people_are_told_in_one_statement(amara, bela, cohort, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert tell_all([amara, bela], "moved", subject=cohort, title="The meeting moved", url="/home/") == 2


def test_a_title_becomes_one_line(amara, cohort):
    tell(amara, "x", subject=cohort, title="One\r\nBcc: everyone@example.org", url="/home/")
    assert Notification.objects.get().title == "One Bcc: everyone@example.org"


def test_nothing_is_told_when_the_cause_is_undone(amara, cohort):
    with transaction.atomic():
        tell(amara, "assigned", subject=cohort, title="You have a mentor", url="/home/")
        transaction.set_rollback(True)
    assert not Notification.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_told_by_ten_at_once_is_told_once(amara, cohort):
    barrier, told = Barrier(10), []

    def run():
        barrier.wait()
        told.append(tell(amara, "assigned", subject=cohort, title="You have a mentor", url="/home/"))
        connection.close()

    threads = [Thread(target=run) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told.count(True) == 1
    assert Notification.objects.count() == 1
