"""On which days members are not there for meetings and hours: when they are away, and on a pause."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from mentorship.cohorts.models.away import Away, DayOf
from mentorship.cohorts.models.membership import Membership
from mentorship.cohorts.models.pause import Pause


class Absences:
    """The days of `seats`, which have their person beside them, read in two queries."""

    def __init__(self, seats: Iterable[Membership]) -> None:
        seats = list(seats)
        self.paused: dict[int, list[Pause]] = {}
        for pause in Pause.objects.filter(membership__in=[seat.pk for seat in seats]):
            self.paused.setdefault(pause.membership_id, []).append(pause)
        self.away: dict[int, list[Away]] = {}
        for row in Away.objects.filter(person__in=[seat.person_id for seat in seats]):
            self.away.setdefault(row.person_id, []).append(row)

    def hold(self, seat: Membership, moment: datetime) -> bool:
        """Whether the member of `seat` is away or on a pause, on that day of their own calendar."""
        day = moment.astimezone(seat.person.zone).date()
        if any(pause.is_on(day) for pause in self.paused.get(seat.pk, [])):
            return True
        return any(row.first_day <= day <= row.last_day for row in self.away.get(seat.person_id, []))


def absent_on(seat: str, moment: str) -> Q:
    """Whether the member of the column `seat` is away or on a pause, on their own day of the column `moment`."""
    day = DayOf(OuterRef(moment), OuterRef(f"{seat}__person__timezone"))
    away = Away.objects.filter(person=OuterRef(f"{seat}__person"), first_day__lte=day, last_day__gte=day)
    return Q(Exists(away)) | Q(Exists(Pause.objects.active(day).filter(membership=OuterRef(seat))))
