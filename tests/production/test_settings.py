"""Production refuses to start wrong, and says what is missing."""

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings

COMPLETE = {
    "SECRET_KEY": "x" * 50 + "0123456789abcdefgh",
    "ALLOWED_HOSTS": "mentorship.example",
    "BASE_URL": "https://mentorship.example",
    "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "EMAIL_URL": "smtp://127.0.0.1:1",
    "DEFAULT_FROM_EMAIL": "hello@mentorship.example",
    "DEBUG": "false",
}


def manage(*command, **environment):
    return subprocess.run(
        [sys.executable, "manage.py", *command], cwd=settings.BASE_DIR, capture_output=True, text=True, check=False,
        env={"PATH": os.environ["PATH"]} | environment,
    )  # fmt: skip


@pytest.mark.parametrize("name", [name for name in COMPLETE if name != "DEBUG"])
def test_it_refuses_to_start_without(name):
    done = manage("check", **{key: value for key, value in COMPLETE.items() if key != name})
    assert done.returncode
    assert re.search(rf"^  {name}: ", done.stderr, re.M)


def test_the_deployment_check_is_clean():
    done = manage("check", "--deploy", "--fail-level", "INFO", **COMPLETE)
    assert done.returncode == 0, done.stderr


def test_every_variable_that_the_settings_read_is_in_the_example():
    text = (settings.BASE_DIR / "mentorship" / "settings.py").read_text()
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z][A-Z0-9_]+)"', text))
    named = set(re.findall(r"^([A-Z][A-Z0-9_]+)=", (settings.BASE_DIR / ".env.example").read_text(), re.M))
    assert read <= named
