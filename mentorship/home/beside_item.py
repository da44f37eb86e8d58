"""What stands beside an item for its reader: their own time, who of their cohort is there too, questions, reports.

In one statement, for the page of an item is opened again and again.
"""

from dataclasses import dataclass
from typing import Any

from django.db import connection

from mentorship.cohorts.views.frame import Roster
from mentorship.people.models import User
from mentorship.study.heatmap import as_hours
from mentorship.study.models import ItemReport
from streams.models import Item

# In a directory stands who asked to; the same holds here.
BESIDE = """
SELECT
    (SELECT coalesce(sum(e.minutes), 0)::int FROM study_studyentry e
        WHERE e.person_id = %(person)s AND e.item_id = %(item)s),
    (SELECT coalesce(array_agg(r.kind::text), '{}') FROM study_itemreport r
        WHERE r.person_id = %(person)s AND r.item_id = %(item)s AND r.state = 'open'),
    (SELECT count(*) FROM study_question_items of_item JOIN study_question q ON q.id = of_item.question_id
        WHERE of_item.item_id = %(item)s AND q.retired_at IS NULL
            AND (q.person_id IS NULL OR q.person_id = %(person)s)),
    (SELECT coalesce(json_agg(found), '[]') FROM (
        SELECT DISTINCT u.id, u.name, u.handle, u.visibility FROM cohorts_membership mine
        JOIN cohorts_cohort c ON c.id = mine.cohort_id AND c.state = 'running'
        JOIN cohorts_membership fellow ON fellow.cohort_id = c.id AND fellow.left_at IS NULL
            AND fellow.role = 'mentee' AND fellow.person_id <> mine.person_id
        JOIN cohorts_listing l ON l.membership_id = fellow.id AND l.listed
        JOIN people_user u ON u.id = fellow.person_id AND u.is_active
        JOIN streams_progress p ON p.person_id = u.id AND p.item_id = %(item)s AND p.state = 'in_progress'
        WHERE mine.person_id = %(person)s AND mine.left_at IS NULL ORDER BY u.name, u.id LIMIT 12
    ) found)
"""


@dataclass(frozen=True)
class Beside:
    minutes: int  # that the reader logged on the item
    reported: frozenset[str]  # what they have reported of it that is still open
    questions: int
    fellows: list[dict[str, Any]]  # names and addresses

    @property
    def time(self) -> str:
        return as_hours(self.minutes) if self.minutes else ""

    @property
    def kinds(self) -> list[dict[str, Any]]:
        """What can be reported, and whether the reader has."""
        return [
            {"value": kind.value, "label": kind.label, "said": kind.value in self.reported} for kind in ItemReport.Kind
        ]


def beside(item: Item, reader: User) -> Beside:
    """One query."""
    with connection.cursor() as cursor:
        cursor.execute(BESIDE, {"person": reader.pk, "item": item.pk})
        minutes, reported, questions, fellows = cursor.fetchone()
    roster = Roster(reader)
    names = [roster.row(row["id"], row["name"], row["handle"], row["visibility"]) for row in fellows]
    return Beside(minutes, frozenset(reported), questions, names)
