"""A worker does all of it once, or nothing: killed, late or twice at once."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from mentorship.cohorts.models import Membership, Transfer
from mentorship.cohorts.transfers import work as working
from mentorship.cohorts.transfers.work import sweep, work
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from mentorship.people.models import Event
from tests import factory
from tests.cohorts.test_at_once import at_once, codes


def rows_for(cohort, people):
    return "cohort,email,role\n" + "".join(f"{cohort.slug},{person.email},mentee\n" for person in people)


def uploaded(ada, text, kind="memberships"):
    row = Transfer.upload(kind=kind, file=ContentFile(text.encode()), name="x.csv", by=ada)
    work(row.pk)
    row.refresh_from_db()
    return row


def test_checking_tells_and_changes_nobody(ada, other_cohort, olga):
    before = Event.objects.count()
    row = uploaded(ada, rows_for(other_cohort, [olga]))
    assert row.preview == [f"Row 2: Olga Ivanova joins {other_cohort} as a mentee."]
    assert not Notification.objects.exists()
    assert Event.objects.count() == before + 1
    row.apply(by=ada)
    assert work(row.pk)
    assert Notification.objects.get(kind="seated").person == olga
    assert Event.objects.get(verb="join").whom == olga


def test_what_changed_since_the_check_stops_all_of_it(ada, stream, olga, emre):
    cohort = factory.make_cohort(stream=stream, seats=2, state="open")
    row = uploaded(ada, rows_for(cohort, [olga, emre]))
    factory.make_membership(cohort, factory.make_person())
    row.apply(by=ada)
    work(row.pk)
    row.refresh_from_db()
    assert (row.state, row.problem_count) == ("checked", 1)
    assert "Something has changed" in row.said
    assert Membership.objects.count() == 1


def test_a_fault_of_ours_is_tried_three_times_and_given_up(ada, olga, other_cohort, monkeypatch):
    row = Transfer.upload(
        kind="memberships", file=ContentFile(rows_for(other_cohort, [olga]).encode()), name="x", by=ada
    )  # fmt: skip
    monkeypatch.setattr(working, "run", lambda *_, **__: 1 / 0)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            work(row.pk)
    assert not work(row.pk)
    row.refresh_from_db()
    assert (row.state, bool(row.file)) == ("failed", False)


@pytest.mark.parametrize("verb", ["apply", "cancel"])
def test_only_what_was_checked_goes_on(ada, olga, other_cohort, verb):
    row = uploaded(ada, rows_for(other_cohort, [olga]))
    getattr(row, verb)(by=ada)
    for again in ("apply", "cancel"):
        with pytest.raises(Refused):
            getattr(row, again)(by=ada)


def test_a_file_that_changes_nothing_is_not_imported(ada, cohort, amara):
    row = uploaded(ada, rows_for(cohort, [amara]))
    with pytest.raises(Refused, match="Nothing in this file"):
        row.apply(by=ada)


def test_files_go_after_a_day(ada, olga, other_cohort):
    out = Transfer.export(kind="people", format="csv", cohort=None, by=ada)
    work(out.pk)
    checked = uploaded(ada, rows_for(other_cohort, [olga]))
    sweep(timezone.now() + timedelta(hours=23))
    out.refresh_from_db()
    assert out.is_there()
    assert not out.is_there(timezone.now() + timedelta(hours=25))
    sweep(timezone.now() + timedelta(hours=25))
    for row in (out, checked):
        row.refresh_from_db()
        assert not row.file
    assert checked.state == "cancelled"


def test_the_sweeper_begins_what_was_left_behind(ada):
    row = Transfer.export(kind="people", format="xlsx", cohort=None, by=ada)
    sweep(timezone.now())
    row.refresh_from_db()
    assert row.state == "done"


@pytest.mark.django_db(transaction=True)
def test_four_workers_and_a_second_click_import_once():
    ada = factory.make_person(groups=["admins"])
    cohort = factory.make_cohort(state="open", seats=30)
    row = uploaded(ada, rows_for(cohort, [factory.make_person() for _ in range(20)]))
    copies = [Transfer.objects.get(pk=row.pk) for _ in range(3)]
    assert codes(at_once([lambda copy=copy: copy.apply(by=ada) for copy in copies])).count("done") == 1
    assert not any(at_once([lambda: work(row.pk)] * 4))
    row.refresh_from_db()
    cohort.refresh_from_db()
    assert (row.state, cohort.seats_taken, Membership.objects.count()) == ("done", 20, 20)
    assert Notification.objects.filter(kind="seated").count() == 20


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_has_done_nothing():
    """Its connection is gone, and with it the transaction and the row's lock; the next one does it whole."""
    ada = factory.make_person(groups=["admins"])
    cohort = factory.make_cohort(state="open", seats=30)
    row = uploaded(ada, rows_for(cohort, [factory.make_person() for _ in range(5)]))
    row.apply(by=ada)

    def killed():
        real = working.finish

        def finish(*args):
            from django.db import connection

            connection.connection.close()
            return real(*args)

        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(working, "finish", finish)
            work(row.pk)

    assert at_once([killed])[0] is not None
    assert Membership.objects.count() == 0
    assert work(row.pk)
    assert Membership.objects.count() == 5
    assert not work(row.pk)
