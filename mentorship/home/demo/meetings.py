"""The rhythm of the running cohort: two sessions held, the others to come; who leads, who came, what was taken on."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from mentorship.cohorts import series
from mentorship.cohorts.models import ActionItem, Attendance, Cohort, Exchange, Meeting, Membership, Point
from mentorship.people.models import User

MINUTES = """\
- Everyone showed the problem they chose for Project 1. Two had chosen the same one and will compare notes.
- Question of the day: what is a good baseline? The class mean, then a linear model, then anything else.
- Dmitri sent word; Esi waits for a mentor and works with Béla meanwhile.
"""
AGENDA = """\
1. Round of news, two minutes each
2. Splitting by time: what each of us does
3. What we ask of the reviews
"""
# Who takes on what at the second session, and how many days after it is due.
ACTIONS = [("amara", "Share the notebook on missing values", 12, True), ("bela", "Find out how others split by time", 15, False),
           ("chiara", "Bring an example where accuracy misleads", 16, False)]  # fmt: skip


def make_meetings(cohort: Cohort, people: dict[str, User], seats: dict[int, Membership], start: datetime) -> None:
    ada = people["ada"]
    day = timezone.localdate(start, cohort.zone)
    rhythm = series.Rhythm(day + timedelta(weeks=2), time(18, 0), link="https://meet.example/starting-out")
    meetings = series.make(cohort=cohort, rhythm=rhythm, by=ada, at=start + timedelta(days=1))
    for number, leader in enumerate(["amara", "bela", "chiara"]):
        meetings[number].edit(by=ada, coordinator=seats[people[leader].pk], at=start + timedelta(days=1))
    for meeting in meetings[:2]:
        hold(meeting, people, seats)
    coming = meetings[2]
    coming.write("agenda", AGENDA, by=people["chiara"], version=0, at=start + timedelta(weeks=4, days=2))
    Point.bring_up(
        coming, by=people["bela"], text="My validation score is better than my training score. What have I broken?",
        at=start + timedelta(weeks=4, days=3),
    )  # fmt: skip
    leads = meetings[3].coordinator
    if leads and leads.person_id != people["amara"].pk:
        Exchange.ask(meetings[3], by=leads.person, other=seats[people["amara"].pk], at=start + timedelta(weeks=5))


def hold(meeting: Meeting, people: dict[str, User], seats: dict[int, Membership]) -> None:
    """Minutes written and closed, attendance noted, action items taken on."""
    assert meeting.coordinator is not None
    leader, ended = meeting.coordinator.person, meeting.starts_at + timedelta(hours=2)
    meeting.write("notes", MINUTES, by=leader, version=0, at=ended)
    states = {seat.pk: "present" for seat in seats.values()}
    states[seats[people["dmitri"].pk].pk] = "excused"
    Attendance.note(meeting, by=leader, states=states, at=ended)
    if meeting.title.endswith("2"):
        for name, text, days, done in ACTIONS:
            owner = seats[people[name].pk]
            due = timezone.localdate(ended, meeting.cohort.zone) + timedelta(days=days)
            item = ActionItem.add(meeting, by=leader, owner=owner, text=text, due_on=due, at=ended)
            if done:
                item.tick(by=people[name], at=ended + timedelta(days=3))
    meeting.close(by=leader, at=ended + timedelta(hours=1))
