from datetime import timedelta

import pytest
from django.utils import timezone

from mentorship.notifications.delivery import claim, deliver_due
from mentorship.notifications.models import Notification
from mentorship.notifications.outbox import send_mail_to, tell


@pytest.fixture
def told(amara, cohort):
    tell(amara, "assigned", subject=cohort, title="Mateo <is> your mentor", url="/home/", body="Say hello & plan.")
    return Notification.objects.get()


def test_a_mail_goes_out_as_text_and_html(told, mailbox, amara):
    assert deliver_due() == 1
    (mail,) = mailbox.messages
    assert mail["To"] == amara.email
    assert mail["Subject"] == "Mateo <is> your mentor"
    assert "/home/" in mail.get_body(("plain",)).get_content()
    assert "Mateo &lt;is&gt; your mentor" in mail.get_body(("html",)).get_content()


def test_what_was_sent_is_not_sent_again(told, mailbox):
    deliver_due()
    assert deliver_due() == 0
    assert len(mailbox.messages) == 1
    told.refresh_from_db()
    assert told.email == "sent"
    assert told.sent_at


def test_the_message_id_is_the_notifications_own(told, mailbox):
    deliver_due()
    assert told.message_id in mailbox.messages[0]["Message-ID"]


def test_a_temporary_refusal_waits_and_is_tried_again(told, mailbox):
    mailbox.answers = ["451 later"]
    assert deliver_due() == 0
    told.refresh_from_db()
    assert told.email == "queued"
    assert timedelta(seconds=55) < told.due_at - timezone.now() < timedelta(seconds=75)
    assert deliver_due(at=timezone.now() + timedelta(minutes=2)) == 1


def test_a_permanent_refusal_is_given_up_with_its_reason(told, mailbox):
    mailbox.answers = ["550 no such person"]
    deliver_due()
    told.refresh_from_db()
    assert told.email == "failed"
    assert "no such person" in told.error


def test_a_server_that_is_away_loses_nothing(told, mailbox, settings):
    settings.EMAIL_PORT = 1
    deliver_due()
    settings.EMAIL_PORT = mailbox.port
    assert deliver_due(at=timezone.now() + timedelta(minutes=2)) == 1


def test_a_day_of_refusals_is_enough(told, mailbox):
    Notification.objects.update(created_at=timezone.now() - timedelta(hours=25))
    mailbox.answers = ["451 later"]
    deliver_due()
    told.refresh_from_db()
    assert told.email == "failed"


def test_one_refusal_does_not_hold_up_the_others(told, mailbox, bela, cohort):
    tell(bela, "assigned", subject=cohort, title="You have a mentor", url="/home/")
    mailbox.answers = ["550 no such person"]
    assert deliver_due() == 1
    assert mailbox.subjects_to(bela.email) == ["You have a mentor"]


def test_a_message_is_held_by_one_worker_and_freed_by_its_lease(told):
    now = timezone.now()
    assert [m.pk for m in claim(at=now)] == [told.pk]
    assert claim(at=now) == []
    assert [m.pk for m in claim(at=now + timedelta(minutes=3))] == [told.pk]


def test_a_closed_account_gets_no_mail(told, mailbox, amara):
    amara.is_active = False
    amara.save(update_fields=["is_active"])
    assert deliver_due() == 0
    assert mailbox.messages == []


def test_what_is_only_for_the_app_is_not_mailed(amara, cohort, mailbox):
    tell(amara, "claimed", subject=cohort, title="Mateo is reading", url="/home/", by_email=False)
    assert deliver_due() == 0


def test_account_mail_is_not_in_the_app_and_forgets_its_text(db, mailbox, sign_in, amara):
    send_mail_to("new@example.org", "verify", title="Confirm", body="Open https://x.example/secret", person=amara)
    deliver_due()
    row = Notification.objects.get()
    assert mailbox.subjects_to("new@example.org") == ["Confirm"]
    assert row.body == ""
    assert b"Confirm" not in sign_in(amara).get("/notifications/").content
