"""What every page shows around its content."""

from functools import cached_property
from typing import Any

from django.db import connection
from django.http import HttpRequest

from mentorship.common import clock
from mentorship.people.models import User

# Written out as in people/backends.py, which brings it for who is signed in.
AROUND = """
SELECT (SELECT count(*) FROM notifications_notification
            WHERE person_id = %(person)s AND in_app AND read_at IS NULL AND test_cohort = %(test_cohort)s),
       EXISTS (SELECT FROM cohorts_membership WHERE person_id = %(person)s AND role = 'mentor' AND left_at IS NULL)
"""


class Around:
    """What the header needs of one person. It comes with who is signed in (see people/backends.py); of a person who
    came another way, who has signed in just now, it takes one query, made only when a template asks.
    """

    def __init__(self, person: User) -> None:
        self.person = person

    @cached_property
    def row(self) -> tuple[int, bool]:
        if self.person.around is not None and not clock.test_cohort():
            return self.person.around
        with connection.cursor() as cursor:
            cursor.execute(AROUND, {"person": self.person.pk, "test_cohort": clock.test_cohort()})
            return cursor.fetchone()

    def unread(self) -> int:
        return self.row[0]

    def is_mentor(self) -> bool:
        return self.row[1]


def page(request: HttpRequest) -> dict[str, Any]:
    """What base.html reads.

    `section`: the first part of the address, which the header marks as the place where one is. `unread`: how many
    notifications wait. `roles.mentor`: whether the person mentors anywhere.
    """
    section = request.path.split("/", 2)[1]
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return {"section": section, "unread": 0, "roles": {}}
    around = Around(person)
    return {"section": section, "unread": around.unread, "roles": {"mentor": around.is_mentor}}
