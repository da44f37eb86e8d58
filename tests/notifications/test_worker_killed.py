"""The real processes: a worker dies in the middle of a delivery, Redis is away; nothing is lost or told twice."""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from mentorship.notifications.models import Notification
from mentorship.notifications.outbox import tell
from tests.worker import until

MESSAGES = 60


def tell_many(person, cohort):
    for number in range(MESSAGES):
        tell(person, "drill", subject=f"drill:{number}", title=f"Number {number}", url="/home/")


@pytest.mark.django_db(transaction=True)
def test_a_worker_delivers_what_a_request_told(start_worker, mailbox, amara, cohort):
    start_worker(EMAIL_URL=f"smtp://127.0.0.1:{mailbox.port}")
    tell(amara, "assigned", subject=cohort, title="You have a mentor", url="/home/")
    until(lambda: mailbox.subjects_to(amara.email) == ["You have a mentor"])


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_a_delivery_loses_nothing(start_worker, mailbox, amara, cohort):
    worker = start_worker(EMAIL_URL=f"smtp://127.0.0.1:{mailbox.port}")
    tell_many(amara, cohort)
    until(lambda: len(mailbox.messages) >= 5)
    worker.kill()
    before = len(mailbox.messages)
    assert before < MESSAGES
    # The lease of the dead worker ends; the clock of the test cannot be moved for another process, the lease can.
    Notification.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    worker.start()
    tell(amara, "wake", subject="wake:1", title="Wake", url="/home/")
    until(lambda: not Notification.objects.filter(email="queued").exists())
    seen = Counter(str(m["Message-ID"]) for m in mailbox.messages)
    assert len(seen) == MESSAGES + 1
    # At most the one message that was between the server's 250 and our commit came twice.
    assert sum(count - 1 for count in seen.values()) <= 1
