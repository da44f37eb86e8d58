"""`manage.py load_library`: bring sources, resources and roadmaps to what mentorship/study/library/data states."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from mentorship.study.library.loading import apply_library
from mentorship.study.library.reading import DATA, read_library
from streams.loading.reader import CurriculumInvalid
from streams.models import Item


class Command(BaseCommand):
    help = (
        "Load the library from its YAML files, all of it or nothing; after the curriculum, whose items it names. "
        "What left the files is retired, never deleted. A mistake is named by file and line and exits with 1."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="report what would change, and change nothing")
        parser.add_argument("--path", type=Path, default=DATA, help="the directory of the files")

    def handle(self, *, check: bool, path: Path, **options: Any) -> None:
        try:
            spec = read_library(path, items=set(Item.objects.values_list("key", flat=True)))
        except CurriculumInvalid as invalid:
            raise CommandError(f"The library is not valid; nothing was changed.\n{invalid}") from invalid
        with transaction.atomic():
            changes = apply_library(spec, at=timezone.now())
            transaction.set_rollback(check)
        for change in changes if options["verbosity"] > 1 else []:
            self.stdout.write(str(change))
        if not options["verbosity"]:
            return
        said = f"{len(changes)} rows {'would change' if check else 'changed'}" if changes else "nothing to change"
        self.stdout.write(f"The library: {said}.")
