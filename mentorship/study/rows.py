"""Entries as the log shows them, every value ready to print."""

from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from mentorship.study import days
from mentorship.study.heatmap import as_hours
from mentorship.study.models import EntryQuerySet, Mood

COLUMNS = ("id", "day", "minutes", "note", "mood", "item__title", "item__key", "item__stream__key")


def columns(entries: EntryQuerySet) -> Any:
    """The columns that `listed` needs, newest first."""
    return entries.newest_first().values(*COLUMNS)


def listed(found: list[dict[str, Any]], today: date) -> list[dict[str, str]]:
    """Rows of `columns`, printed. Those that may still be corrected have an `edit` address."""
    entry, streams = reverse("study:entry", args=[0]), reverse("streams:index")
    return [
        {
            "day": day_name(row["day"], today),
            "iso": row["day"].isoformat(),
            "minutes": as_hours(row["minutes"]),
            "item": row["item__title"] or "In general",
            "url": f"{streams}{row['item__stream__key']}/items/{row['item__key']}/" if row["item__key"] else "",
            "note": row["note"],
            "mood": str(Mood(row["mood"]).label) if row["mood"] else "",
            "edit": entry.replace("0", str(row["id"])) if row["day"] >= today - timedelta(days=days.OPEN_FOR) else "",
        }
        for row in found
    ]


def day_name(day: date, today: date) -> str:
    """'Today', 'Yesterday', else 'Fri 20 Nov', with the year when it is another one."""
    if day in (today, today - timedelta(days=1)):
        return "Today" if day == today else "Yesterday"
    return f"{day:%a} {day.day} {day:%b}" + (f" {day.year}" if day.year != today.year else "")
