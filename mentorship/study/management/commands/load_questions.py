"""`manage.py load_questions`: bring the bank of interview questions to what its YAML files state."""

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from mentorship.study.questions.loading import apply_bank
from mentorship.study.questions.reading import read_bank
from streams.loading.reader import CurriculumInvalid


class Command(BaseCommand):
    help = (
        "Load the interview questions from their YAML files, after the curriculum, all of it or nothing. What left the "
        "files is retired, never deleted. A mistake is named by file and line, changes nothing and exits with 1."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="report what would change, and change nothing")

    def handle(self, *, check: bool, **options: Any) -> None:
        try:
            found = read_bank()
        except CurriculumInvalid as invalid:
            raise CommandError(f"The questions are not valid; nothing was changed.\n{invalid}") from invalid
        with transaction.atomic():
            changes = apply_bank(found, at=timezone.now())
            transaction.set_rollback(check)
        for change in changes if options["verbosity"] > 1 or len(changes) <= 40 else []:
            self.stdout.write(str(change))
        counted = Counter(f"{change.action} {change.what}" for change in changes)
        text = ", ".join(f"{what}: {count}" for what, count in counted.items()) or "nothing to change"
        self.stdout.write(f"{'Would have' if check else 'Questions loaded'}: {text}.")
