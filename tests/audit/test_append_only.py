"""History is only ever added to: the database refuses everything else, to the application's role too."""

import pytest
from django.db import ProgrammingError, connection, transaction

from mentorship.people import events
from mentorship.people.models import Event


@pytest.mark.parametrize(
    "statement",
    ["UPDATE people_event SET verb = 'nothing'", "DELETE FROM people_event", "TRUNCATE people_event"],
)
def test_neither_changed_nor_removed_nor_emptied(ada, olga, statement):
    events.record(actor=ada, verb="made_admin", subject=olga)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # or emptying is refused for another reason
        with pytest.raises(ProgrammingError, match="only ever added to"), transaction.atomic():
            cursor.execute(statement)
    assert Event.objects.get().verb == "made_admin"


def test_through_the_models_neither(ada, olga):
    event = events.record(actor=ada, verb="made_admin", subject=olga)
    event.verb = "nothing"
    for change in (event.save, event.delete, Event.objects.all().delete, lambda: Event.objects.update(verb="x")):
        with pytest.raises(ProgrammingError), transaction.atomic():
            change()
