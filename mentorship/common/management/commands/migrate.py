"""Django's migrate, which does not wait long for a lock: behind a migration that waits, every reader waits too."""

import gc
from typing import Any

from django.conf import settings
from django.core.management.commands import migrate
from django.db import connections

from mentorship.common.migrating import narrowly


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        with connections[options["database"]].cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", [settings.MIGRATION_LOCK_TIMEOUT])
        # Each step leaves classes by the hundred; to look through all that stands for garbage costs half as much again.
        before = gc.get_threshold()
        gc.freeze()
        gc.set_threshold(20_000, 10, 1_000)
        try:
            with narrowly():
                super().handle(*args, **options)
        finally:
            gc.set_threshold(*before)
