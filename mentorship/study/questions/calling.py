"""Something shows that a person should practise a question: its card is asked for now, with the reason."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from mentorship.common import clock
from mentorship.people.models import User
from mentorship.study import days
from mentorship.study.questions.models import Call, Card, Question


@transaction.atomic
def call(
    questions: Sequence[Question], *, person: User, source: str, says: str, url: str = "", at: datetime | None = None
) -> int:
    """Make the cards of `questions` due now for `person`, because of `source`; how many it was the first time for.

    Once for each source: a card that it asked for already stays as it is. One that the person left out stays out.
    """
    moment = at or clock.now()
    days.lock(person.pk)
    rows = [Card(person=person, question=row, due=moment, added_at=moment) for row in questions]
    Card.objects.bulk_create(rows, ignore_conflicts=True)
    cards = Card.objects.filter(person=person, question__in=questions)
    new = set(cards.exclude(calls__source=source).values_list("pk", flat=True))
    Call.objects.bulk_create([Call(card_id=pk, source=source, at=moment) for pk in sorted(new)], ignore_conflicts=True)
    asked = Card.objects.filter(pk__in=new)
    asked.update(called_at=moment, reason=says[:300], reason_url=url[:200])
    asked.filter(due__gt=moment).update(due=moment)
    return len(new)
