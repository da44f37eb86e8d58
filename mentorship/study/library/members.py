"""Who may speak in the library, and who keeps it."""

from typing import Any

from mentorship.common.errors import Refused


def is_member(person: Any) -> bool:
    """Who is, or was, in a cohort, and who runs the program: so that there is no spam to clean up.

    By the name of the relation alone: study knows no cohorts.
    """
    if not person.is_authenticated or not person.is_active:
        return False
    return person.is_editor or person.memberships.exists()


def is_keeper(person: Any) -> bool:
    """Who decides what is suggested and hides what was reported."""
    return bool(person.is_authenticated and person.is_admin)


def check_member(person: Any) -> None:
    if not is_member(person):
        raise Refused("Members of the program write here.", code="not_a_member")


def check_keeper(person: Any) -> None:
    if not is_keeper(person):
        raise Refused("An admin decides that.", code="not_a_keeper")
