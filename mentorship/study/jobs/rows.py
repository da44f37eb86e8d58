"""Applications as pages show them, and as a table for a spreadsheet."""

import csv
from collections.abc import Iterable
from datetime import date, datetime
from io import StringIO
from typing import Any

from mentorship.common.cells import defuse
from mentorship.common.times import time_html
from mentorship.study.jobs.models import CLOSED, OPEN, Job

BADGES = {"offer": "good", "accepted": "good", "refused": "", "declined": "", "withdrawn": "", "interested": ""}
IN_A_COLUMN = 30
COMING = 30
HEAD = ("company", "position", "stage", "since", "next date", "next step", "advertisement", "resume", "fit", "notes")


def shown(job: Job, today: date, now: datetime) -> dict[str, Any]:
    left = job.days_left(today)
    return {
        "url": f"/study/jobs/{job.pk}/", "company": job.company, "role": job.role, "stage": job.get_stage_display(),
        "badge": BADGES.get(job.stage, "accent"), "since": time_html(job.stage_since, now), "next": when(job, left),
        "late": left is not None and left < 0, "step": job.next_step,
    }  # fmt: skip


def when(job: Job, left: int | None) -> str:
    """'Today', 'Tomorrow', 'Fri 27 Nov 2026, 3 days ago'."""
    if left is None or job.next_on is None:
        return ""
    day = f"{job.next_on:%a} {job.next_on.day} {job.next_on:%b %Y}"
    named = {0: "Today", 1: "Tomorrow", -1: "Yesterday"}.get(left)
    return f"{named}, {day}" if named else f"{day}, {f'in {left} days' if left > 0 else f'{-left} days ago'}"


def board(jobs: Iterable[Job], today: date, now: datetime) -> list[dict[str, Any]]:
    """A column for each stage that is open, and one for what has ended; each with the first few and how many."""
    columns: dict[str, list[Job]] = {stage: [] for stage in (*OPEN, "ended")}
    for job in jobs:
        columns["ended" if job.stage in CLOSED else job.stage].append(job)
    return [
        {
            "name": "Ended" if stage == "ended" else Job.Stage(stage).label, "count": len(found), "key": stage,
            "rows": [shown(job, today, now) for job in found[:IN_A_COLUMN]], "more": max(len(found) - IN_A_COLUMN, 0),
        }
        for stage, found in columns.items()
    ]  # fmt: skip


def as_csv(jobs: Iterable[Job]) -> str:
    """All of them, a line each; no cell is a formula."""
    out = StringIO()
    writer = csv.writer(out)
    names = [
        "company",
        "position",
        "stage",
        "since",
        "next date",
        "next step",
        "advertisement",
        "resume",
        "fit",
        "notes",
    ]
    writer.writerow(names)
    for job in jobs:
        cells = [
            job.company, job.role, job.get_stage_display(), job.stage_since.date().isoformat(),
            job.next_on.isoformat() if job.next_on else "", job.next_step, job.url,
            job.resume.name if job.resume else "", job.get_fit_display() if job.fit else "", job.notes,
        ]  # fmt: skip
        writer.writerow([defuse(cell) for cell in cells])
    return out.getvalue()
