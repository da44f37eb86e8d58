"""Inviting one person: the row, its one letter, sending again, taking back, and what may not be."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from mentorship.cohorts.inviting import Asked, invite
from mentorship.cohorts.models import Invitation
from mentorship.common.errors import Refused
from mentorship.notifications.delivery import deliver_due, give_up
from mentorship.notifications.models import Notification
from mentorship.notifications.outbox import Letter, send_letters
from mentorship.people.models import Event
from tests import factory
from tests.guests import letter_of, make_invitation, token_of


@pytest.fixture
def guest(open_cohort, ada):
    return make_invitation(open_cohort, ada, "Lena@Example.org", name="Lena Fischer", message="Come.")[0]


def test_an_invitation_is_one_row_one_event_one_letter(guest, ada, open_cohort):
    assert (guest.address, guest.role, guest.state) == ("lena@example.org", "mentee", "open")
    assert guest.expires_at - guest.sent_at == timedelta(days=7)
    letter = letter_of(guest)
    assert (letter.address, letter.person, letter.email) == ("lena@example.org", None, "queued")
    assert letter.title == f"Ada Lindqvist invites you to {open_cohort}"
    for part in ("Hello Lena Fischer,", "as a mentee", "They write: “Come.”", "once, until"):
        assert part in letter.body
    assert Event.objects.filter(verb="invite", subject_id=guest.pk, actor=ada).count() == 1


def test_the_token_is_kept_as_a_hash_and_forgotten_once_it_is_sent(guest, mailbox):
    token = token_of(guest)
    assert len(token) >= 43
    assert token not in str(Invitation.objects.values().get())
    deliver_due()
    assert mailbox.subjects_to("lena@example.org") == [letter_of(guest).title]
    assert token in mailbox.messages[0].get_body(("plain",)).get_content()
    assert letter_of(guest).body == ""


def test_a_letter_that_is_given_up_forgets_its_text_too(guest):
    give_up(letter_of(guest), "No such mailbox.")
    assert letter_of(guest).body == ""


def test_a_letter_of_one_subject_is_written_once(db):
    letter = Letter("lena@example.org", "invitation", "Hello", "Text", subject="invitation:1")
    assert [send_letters([letter]), send_letters([letter])] == [1, 0]


def test_a_message_cannot_make_a_button_of_its_own(open_cohort, ada, mailbox):
    message = "Look:\n\nhttps://evil.example/\n\nBye."
    make_invitation(open_cohort, ada, message=message)
    deliver_due()
    html = mailbox.messages[0].get_body(("html",)).get_content()
    assert "https://evil.example/" in html
    assert 'href="https://evil.example/' not in html


def test_a_second_one_is_refused_while_the_first_is_good(guest, open_cohort, ada):
    with pytest.raises(Refused) as refusal:
        invite(cohort=open_cohort, asked=Asked("LENA@example.org ", role="mentor"), by=ada)
    assert refusal.value.code == "invited"


def test_who_did_not_answer_in_time_is_invited_again(open_cohort, ada):
    old, token = make_invitation(open_cohort, ada, "lena@example.org", at=factory.days_ago(8))
    new = invite(cohort=open_cohort, asked=Asked("lena@example.org"), by=ada)
    old.refresh_from_db()
    assert (old.state, new.state, new.pk != old.pk) == ("revoked", "open", True)
    assert Invitation.of_token(token) is None


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (Asked("amara-okafor@example.org"), "member"),
        (Asked("nobody"), "bad"),
        (Asked("lena@example.org", role="admin"), "bad"),
        (Asked("lena@example.org", capacity=51, role="mentor"), "bad"),
        (Asked("lena@example.org", name="Lena\nBcc: all@example.org"), "bad"),
    ],
)
def test_who_cannot_be_invited(cohort, ada, asked, code):
    with pytest.raises(Refused) as refusal:
        invite(cohort=cohort, asked=asked, by=ada)
    assert refusal.value.code == code
    assert not Invitation.objects.exists()


def test_an_invitation_promises_a_seat(open_cohort, ada):
    for _ in range(2):
        make_invitation(open_cohort, ada)
    with pytest.raises(Refused) as refusal:
        make_invitation(open_cohort, ada)
    assert refusal.value.code == "over"
    make_invitation(open_cohort, ada, role="mentor")


@pytest.mark.parametrize("state", ["finished", "archived"])
def test_nobody_is_invited_to_what_is_over(ada, state):
    with pytest.raises(Refused) as refusal:
        make_invitation(factory.make_cohort(state=state), ada)
    assert refusal.value.code == "cohort_over"


def test_sending_again_makes_a_new_link_and_kills_the_old(guest, ada):
    old, later = token_of(guest), timezone.now() + timedelta(minutes=2)
    guest.resend(by=ada, at=later)
    assert guest.times_sent == 2
    assert guest.expires_at == later + timedelta(days=7)
    assert Invitation.of_token(old) is None
    assert Invitation.of_token(token_of(guest)) == guest
    assert Notification.objects.filter(address=guest.address).count() == 1  # the first had not left yet


def test_a_button_pressed_twice_sends_one_letter(guest, ada):
    with pytest.raises(Refused) as refusal:
        guest.resend(by=ada)
    assert refusal.value.code == "just_sent"


def test_what_was_not_used_in_time_can_be_sent_again(open_cohort, ada):
    row, _ = make_invitation(open_cohort, ada, at=factory.days_ago(9))
    row.resend(by=ada)
    assert Invitation.of_token(token_of(row)) == row


def test_taking_back(guest, ada):
    token = token_of(guest)
    guest.revoke(by=ada)
    assert Invitation.of_token(token) is None
    assert not Notification.objects.filter(address=guest.address).exists()
    for verb in (guest.revoke, guest.resend):
        with pytest.raises(Refused) as refusal:
            verb(by=ada)
        assert refusal.value.code == "closed"


@pytest.mark.parametrize(
    "change", ["state = 'open', closed_at = NULL", "digest = 'x'", "expires_at = expires_at - interval '1 h'"]
)
def test_what_was_taken_back_stays_so_in_raw_sql_too(guest, ada, change):
    guest.revoke(by=ada)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE cohorts_invitation SET {change}")  # noqa: S608


@pytest.mark.parametrize(
    "change", ["address = 'eve@example.org'", "role = 'mentor'", "expires_at = sent_at + interval '8 days'"]
)
def test_address_role_and_seven_days_hold_in_raw_sql_too(guest, change):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE cohorts_invitation SET {change}")  # noqa: S608
