"""How many applications of a cohort are in each state: the one part of triage that grows with their number."""

from django.db import connection

from mentorship.cohorts.models import Application, Cohort

# Each state by itself is counted along its part of an index; grouped, the state of every row is compared besides.
COUNTS = """
    SELECT asked.state, (SELECT count(*) FROM cohorts_application AS row
                          WHERE row.cohort_id = %s AND row.state = asked.state)
      FROM unnest(%s::text[]) AS asked (state)
"""


def applications_by_state(cohort: Cohort) -> dict[str, int]:
    """Every state, those without any too."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, [cohort.pk, Application.State.values])
        return dict(cursor.fetchall())
