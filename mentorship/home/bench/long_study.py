"""Study at size: five years of entries of one person, and many notes to search, of many people."""

import random
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from mentorship.home.bench.seed import put
from mentorship.people.models import User
from mentorship.study.models import Note, StudyEntry

YEARS = 5
EACH = 200  # notes of one person
# In what people write of one subject few words are rare.
SUBJECT = """
gradient descent learning rate batch epoch loss metric recall precision curve forest tree boosting
bagging variance bias regularisation dropout attention transformer embedding token sequence kernel
margin support vector cluster centroid neighbour distance feature selection scaling leakage split
fold validation test train label noise outlier residual plot baseline model error estimate sample
mean median prior posterior likelihood entropy divergence
"""


class LongStudy:
    """`person` has the most of everything."""

    def __init__(self, person: User) -> None:
        self.person, self.random, self.now = person, random.Random(7), timezone.now()  # noqa: S311
        self.words = SUBJECT.split()

    def five_years(self) -> str:
        """The address of the log of somebody who studied nearly every day for five years."""
        today = timezone.localdate(self.now, self.person.zone)
        days = [today - timedelta(days=day) for day in range(1, 365 * YEARS) if day % 6]
        have = set(StudyEntry.objects.filter(person=self.person).values_list("day", flat=True))
        put(
            StudyEntry(
                person=self.person, day=day, minutes=self.random.randint(20, 150),
                created_at=self.now - (today - day),
            )
            for day in days
            if day not in have
        )  # fmt: skip
        self.analyze("study_studyentry")
        return "/study/"

    def notes(self, count: int) -> str:
        """The address of a search in `count` notes, some of them the person's own."""
        missing = count - Note.objects.count()
        if missing > 0:
            others = list(User.objects.exclude(pk=self.person.pk).order_by("pk")[: max(count // EACH - 1, 1)])
            people = [self.person, *others]
            for start in range(0, missing, 5000):
                numbers = range(start, min(start + 5000, missing))
                put(Note(person=people[number % len(people)], text=self.text(number)) for number in numbers)
        self.analyze("study_note")
        return "/search/?q=gradient+descent"

    def text(self, number: int) -> str:
        return f"Note {number}. " + " ".join(self.random.choices(self.words, k=60))

    @staticmethod
    def analyze(table: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"VACUUM ANALYZE {table}")
