"""How lines of the log are written: as text or as JSON, and never with a secret that stands in an address."""

import logging
import re

from pythonjsonlogger.json import JsonFormatter

# What opens a calendar, an invitation or a speaker's letter stands in its address; a 404 or a fault logs addresses.
SECRET = re.compile(r"(/(?:cohorts/calendar|cohorts/invitation|talks/speaker)/)[A-Za-z0-9_-]{16,}")


def without_secrets(text: str) -> str:
    return SECRET.sub(r"\1[secret]", text)


class TextFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return without_secrets(super().format(record))


class JsonLineFormatter(JsonFormatter):
    def format(self, record: logging.LogRecord) -> str:
        return without_secrets(super().format(record))
