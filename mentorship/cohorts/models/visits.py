"""How often a cohort's public page was opened on a day: a number, and nothing about who opened it."""

from django.db import models

from mentorship.cohorts.models.cohort import Cohort


class Visits(models.Model):
    """One row a cohort and day of UTC; `mentorship/cohorts/visits.py` counts."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="visits")
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "visits"
        constraints = [models.UniqueConstraint("cohort", "day", name="visits_one_a_day")]

    def __str__(self) -> str:
        return f"{self.count} on {self.day}"
