"""How lines of the log are written: as text or as JSON, and never with what opens somebody's calendar."""

import logging
import re

from pythonjsonlogger.json import JsonFormatter

# The secret stands in the address because calendar programs can send nothing else; a 404 or a fault logs addresses.
FEED = re.compile(r"(/cohorts/calendar/)[A-Za-z0-9_-]{16,}")


def without_secrets(text: str) -> str:
    return FEED.sub(r"\1[secret]", text)


class TextFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return without_secrets(super().format(record))


class JsonLineFormatter(JsonFormatter):
    def format(self, record: logging.LogRecord) -> str:
        return without_secrets(super().format(record))
