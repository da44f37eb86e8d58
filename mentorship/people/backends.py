"""Who is signed in, in one query: the person, their groups, and what the header of every page says of them."""

from functools import lru_cache
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.db import connection

from mentorship.people.models import User

# SQL by hand: every request asks it, and building the same queries anew took more of a page's time than they did
# (1.3 ms in two queries, 0.3 ms here). The tables of other apps stand here by name, as theirs import this one.
# `{factor}` as in UserQuerySet.with_access; of what is unread the header says no more than "over 99".
PERSON = """
    SELECT {columns},
           ARRAY(SELECT held.name FROM auth_group AS held JOIN people_user_groups AS of_person
                     ON of_person.group_id = held.id WHERE of_person.user_id = person.id),
           {factor},
           (SELECT count(*) FROM (SELECT FROM notifications_notification AS told
                                   WHERE told.person_id = person.id AND told.in_app AND told.read_at IS NULL
                                     AND told.test_cohort = ''
                                   LIMIT 100) AS unread),
           EXISTS (SELECT FROM cohorts_membership AS seat
                    WHERE seat.person_id = person.id AND seat.role = 'mentor' AND seat.left_at IS NULL),
           (SELECT tried.slug FROM cohorts_cohort AS tried
             WHERE tried.clock_ahead IS NOT NULL AND tried.state <> 'archived'
               AND (EXISTS (SELECT FROM cohorts_membership AS seat WHERE seat.cohort_id = tried.id
                               AND seat.person_id = person.id AND seat.left_at IS NULL)
                    OR EXISTS (SELECT FROM cohorts_application AS asked WHERE asked.cohort_id = tried.id
                                  AND asked.person_id = person.id
                                  AND asked.state IN ('submitted', 'waitlisted', 'accepted')))
             ORDER BY tried.id DESC LIMIT 1)
      FROM people_user AS person
     WHERE person.id = %s AND person.is_active
"""
FACTOR = """EXISTS (SELECT FROM mfa_authenticator AS key
                     WHERE key.user_id = person.id AND key.type <> 'recovery_codes')"""


@lru_cache(maxsize=2)
def statement(factor_required: bool) -> tuple[str, list[str]]:
    """The query, and the names of the person's own columns that it begins with."""
    fields = User._meta.concrete_fields
    columns = ", ".join(f'person."{field.column}"' for field in fields)
    text = PERSON.format(columns=columns, factor=FACTOR if factor_required else "true")
    return text, [field.attname for field in fields]


class Backend(AuthenticationBackend):
    def get_user(self, user_id: Any) -> User | None:
        """The active person with this primary key, or None; groups, second factor and `around` known."""
        text, names = statement(settings.SECOND_FACTOR_REQUIRED)
        with connection.cursor() as cursor:
            cursor.execute(text, [user_id])
            row = cursor.fetchone()
        if row is None:
            return None
        person = User.from_db(connection.alias, names, row[: len(names)])
        groups, factor, unread, is_mentor, test_cohort = row[len(names) :]
        person.group_names, person.has_second_factor = frozenset(groups), factor
        person.around, person.test_cohort = (unread, is_mentor), test_cohort or ""
        return person
