"""The one way in which a request starts work for a worker."""

import logging
from typing import Any

from django.db import transaction

from mentorship.celery import app

logger = logging.getLogger(__name__)


def enqueue(task: str, *args: Any) -> None:
    """Send the task named `task` with primary keys `args` once the transaction has committed.

    Never raises: what must not be lost stands in a row of the database, and a sweeper finds it when Redis was away.
    """

    def send() -> None:
        try:
            app.send_task(task, args=args, retry=False)
        except Exception as error:
            logger.warning("%s%r was not enqueued, the sweeper will find it: %s", task, args, error)

    transaction.on_commit(send, robust=True)
