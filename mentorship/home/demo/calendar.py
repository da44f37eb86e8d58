"""The calendar of the running cohort: a week without program, a project due by hand, more time asked and given."""

from datetime import datetime, timedelta

from mentorship.cohorts.laying import end_of
from mentorship.cohorts.models import Cohort, DueDate, Extension, Membership, Schedule
from mentorship.people.models import User


def make_calendar(people: dict[str, User], cohort: Cohort, now: datetime) -> None:
    """Béla has a week more for what is due in eight days; Dmitri asks for as much."""
    ada, start = people["ada"], cohort.started_at or now
    Schedule.draft(cohort, by=ada, skipped=[8], at=start)
    due = DueDate.objects.filter(cohort=cohort).select_related("cohort", "item").order_by("due_at").first()
    if due is None:
        return
    due.set(end_of((now + timedelta(days=8)).date(), cohort.zone), by=ada, at=now - timedelta(days=10))
    seats = {seat.person_id: seat for seat in Membership.objects.filter(cohort=cohort).select_related("person")}
    Extension.give(
        due=due, membership=seats[people["bela"].pk], by=people["mateo"], until=due.due_at + timedelta(days=7),
        reason="A bridge in Szeged needs him until the end of the month.", at=now - timedelta(days=3),
    )  # fmt: skip
    Extension.ask(
        due=due, membership=seats[people["dmitri"].pk], by=people["dmitri"], until=due.due_at + timedelta(days=5),
        reason="The laboratory is inspected this week; my evenings are gone.", at=now - timedelta(days=1),
    )  # fmt: skip
