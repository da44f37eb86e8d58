"""`manage.py load_curriculum`: bring streams, items and project briefs to what streams/curriculum/*.yaml state."""

from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from projects.briefs import apply_briefs
from streams.loading.apply import apply_streams
from streams.loading.reader import CurriculumInvalid
from streams.loading.schema import read_curriculum
from streams.loading.sync import Change


class Command(BaseCommand):
    help = (
        "Load the curriculum from its YAML files, all of it or nothing. Reports each difference; what left the files "
        "is retired, never deleted. A mistake is named by file and line, changes nothing and exits with 1."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="report what would change, and change nothing")
        parser.add_argument(
            "--path",
            type=Path,
            default=settings.BASE_DIR / "streams" / "curriculum",
            help="the directory of the files (default: streams/curriculum)",
        )

    def handle(self, *, check: bool, path: Path, **options: Any) -> None:
        try:
            specs = read_curriculum(path)
        except CurriculumInvalid as invalid:
            raise CommandError(f"The curriculum is not valid; nothing was changed.\n{invalid}") from invalid
        now = timezone.now()
        with transaction.atomic():
            # --check does everything and takes it back: what it reports cannot differ from what a load does.
            changes = [*apply_streams(specs, at=now), *apply_briefs(specs, at=now)]
            transaction.set_rollback(check)
        for change in changes if options["verbosity"] > 1 or len(changes) <= 40 else []:
            self.stdout.write(str(change))
        self.stdout.write(_summary(changes, check))


def _summary(changes: list[Change], check: bool) -> str:
    if not changes:
        return "The curriculum is up to date; nothing to change."
    counted = Counter((change.action, change.what) for change in changes)
    text = ", ".join(f"{action} {count} {_plural(what, count)}" for (action, what), count in counted.items())
    return f"{'Would have' if check else 'Curriculum loaded:'} {text}."


def _plural(what: str, count: int) -> str:
    if count == 1:
        return what
    return "criteria" if what == "criterion" else f"{what}s"
