"""What the cockpit shows in the demo: how often pages were opened, and somebody whose mood fell."""

from datetime import datetime, timedelta

from mentorship.cohorts.models import Cohort, Visits
from mentorship.people.models import User
from mentorship.study.models import Mood, StudyEntry


def make_cockpit(people: dict[str, User], now: datetime) -> None:
    """Dmitri has had two harder days after each other, and no step for more than a week: he is on the list."""
    entries = StudyEntry.objects.filter(person=people["dmitri"]).order_by("-day", "-pk")[:3]
    for entry, mood in zip(entries, [Mood.HARD, Mood.EVEN, Mood.GOOD], strict=False):
        StudyEntry.objects.filter(pk=entry.pk).update(mood=mood)
    days = [(now - timedelta(days=number)).date() for number in range(1, 15)]
    for slug, most in (("starting-out-winter", 9), ("starting-out-autumn", 4)):
        cohort = Cohort.objects.get(slug=slug)
        Visits.objects.bulk_create(
            Visits(cohort=cohort, day=day, count=1 + number * 5 % most) for number, day in enumerate(days)
        )
