"""Whether an address that posts lead to still answers, as it was last looked at."""

from datetime import datetime, timedelta

from django.db import models

from mentorship.common import clock

FRESH = timedelta(days=1)


class Links(models.QuerySet["Link"]):
    def fresh(self, at: datetime | None = None) -> "Links":
        return self.filter(checked_at__gt=(at or clock.now()) - FRESH)


class Link(models.Model):
    """One address. What it says is about the web, not about whoever links to it."""

    class State(models.TextChoices):
        ALIVE = "alive", "Answers"
        DEAD = "dead", "Leads nowhere"
        UNSURE = "unsure", "Cannot be told"

    url = models.CharField(max_length=1_000)
    state = models.CharField(max_length=6, choices=State)
    said = models.CharField(max_length=200, blank=True, help_text="What came instead.")
    checked_at = models.DateTimeField(default=clock.now)

    objects = Links.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("url", name="link_once"),
            models.CheckConstraint(condition=models.Q(state__in=["alive", "dead", "unsure"]), name="link_state_known"),
        ]

    def __str__(self) -> str:
        return self.url
