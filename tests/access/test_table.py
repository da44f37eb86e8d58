"""Walks the real resolver: a URL without a row fails, and every row is called as every role."""

import importlib
import pkgutil
from collections.abc import Iterator
from http.cookies import SimpleCookie

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access import table

MODULES = [importlib.import_module(f"{table.__name__}.{m.name}") for m in pkgutil.iter_modules(table.__path__)]
ROWS = [row for module in MODULES for row in module.ROWS]
# Namespaces and prefixes of other people's apps, each covered by a test of its own, named here.
COVERED = {prefix: test for module in MODULES for prefix, test in getattr(module, "COVERED", {}).items()}
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def names(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from names(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name or str(entry.pattern).lstrip('^')}"


def covered(name: str) -> bool:
    return any(name.startswith(prefix) for prefix in COVERED)


def answer(response) -> str:
    if response.status_code in (301, 302) and "/accounts/login/" in response["Location"]:
        return "login"
    if response.status_code in (401, 403, 404, 405):
        return str(response.status_code)
    return "in" if response.status_code < 500 else f"fault {response.status_code}"


# One for all calls: each client builds its chain of middleware anew.
client = Client(raise_request_exception=False)


def call(world, role: str, row, method: str) -> str:
    """The answer to one call, undone afterwards."""
    client.cookies = SimpleCookie(world.cookies[role])
    address = reverse(row.name, args=row.arguments(world))
    data = row.data(world) if row.data and method == row.method else {}
    with transaction.atomic():
        got = answer(client.generic(method, address) if method != "POST" else client.post(address, data))
        transaction.set_rollback(True)
    return got


def test_every_url_has_a_row():
    rows = {row.name for row in ROWS}
    missing = {name for name in names(get_resolver()) if name not in rows and not covered(name)}
    assert not missing, f"URLs without a row in tests/access/table/: {sorted(missing)}"


def test_every_row_has_a_url():
    assert {row.name for row in ROWS} <= set(names(get_resolver()))


@pytest.mark.parametrize("name", sorted({row.name for row in ROWS}))
def test_each_role_gets_its_answer(world, name):
    rows = {row.method: row for row in ROWS if row.name == name}
    some = next(iter(rows.values()))
    wrong = []
    for role in table.ROLES:
        for method in METHODS:
            got = call(world, role, rows.get(method, some), method)
            allowed = {rows[method].answers[role]} if method in rows else {"405", "403", "401", *other(rows, role)}
            if got not in allowed:
                wrong.append(f"{method} as {role}: {got}, not {' or '.join(sorted(allowed))}")
    assert not wrong, f"{name}: " + "; ".join(wrong)


def other(rows, role: str) -> set[str]:
    """What a role may get for a method that the URL does not have: its refusal of the others, never 'in'."""
    return {row.answers[role] for row in rows.values()} - {"in"}
