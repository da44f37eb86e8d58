"""Who wrote what into a meeting's agenda or minutes, and when."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from mentorship.cohorts.models.meeting import Meeting
from mentorship.common.errors import Refused
from mentorship.common.rendering.errors import RenderError
from mentorship.common.rendering.markdown import render_markdown
from mentorship.people.models import User

LONGEST = 20_000
ONE_SITTING = timedelta(minutes=10)


class TextChanged(Refused):
    """Somebody else saved after this page was opened. `saved` is what stands there now, at `version`."""

    def __init__(self, meeting: Meeting, what: str) -> None:
        message = "Somebody saved other words meanwhile. Both stand below: put them together, or keep one of them."
        super().__init__(message, code="changed_meanwhile")
        self.saved: str = getattr(meeting, what)
        self.version: int = getattr(meeting, f"{what}_version")


class MeetingRevision(models.Model):
    """What one person made of a text in one sitting. Saves that follow each other within minutes are one row:
    somebody who types is saved every few seconds. Another person's save begins the next row, so that no words of
    one person are lost by another's.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="revisions")
    what = models.CharField(max_length=6, choices=[("agenda", "Agenda"), ("notes", "Minutes")])
    version = models.PositiveIntegerField(help_text="The text's version after the last save of this sitting.")
    text = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    began_at = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint("meeting", "what", "version", name="meeting_revision_once"),
            models.CheckConstraint(condition=Q(what__in=["agenda", "notes"]), name="meeting_revision_what_known"),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.version} of {self.meeting_id}"

    @classmethod
    def keep(cls, meeting: Meeting, what: str, text: str, *, version: int, by: User, at: datetime) -> None:
        """Note one save, in the transaction that holds the meeting's row."""
        last = cls.objects.filter(meeting=meeting, what=what).first()
        if last and last.by_id == by.pk and at - last.at < ONE_SITTING:
            cls.objects.filter(pk=last.pk).update(text=text, version=version, at=at)
            return
        cls.objects.create(meeting=meeting, what=what, text=text, version=version, by=by, began_at=at, at=at)


def cleaned(text: str) -> str:
    """As it can be stored; refused when it is far too long."""
    clean = text.encode("utf-8", "replace").decode().replace("\0", "").replace("\r\n", "\n").strip()
    if len(clean) > LONGEST:
        raise Refused(f"This text has {LONGEST:,} characters at most.", code="too_long")
    return clean


def rendered(text: str) -> str:
    try:
        return render_markdown(text, heading_level=4)
    except RenderError as error:
        raise Refused(str(error), code="unreadable") from error
