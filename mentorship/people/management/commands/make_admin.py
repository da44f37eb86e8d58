"""`manage.py make_admin EMAIL`: the first admin of an installation; the others are made by hand as well."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import BaseCommand, CommandError
from django.core.management.base import CommandParser
from django.db import transaction

from mentorship.people.events import record
from mentorship.people.models import User


class Command(BaseCommand):
    help = "Make the person with this confirmed e-mail address an admin (or with --remove, no longer one)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--remove", action="store_true", help="take the role away")

    @transaction.atomic
    def handle(self, *args: Any, email: str, remove: bool, **options: Any) -> None:
        person = User.objects.active().filter(email__iexact=email.strip()).first()
        if person is None:
            raise CommandError(
                f"Nobody has this address. Make an account at {settings.BASE_URL}/accounts/signup/, then try again."
            )
        if not person.emailaddress_set.filter(email__iexact=person.email, verified=True).exists():
            raise CommandError("This address is not confirmed yet. Open the link that was sent to it, then try again.")
        group, _made = Group.objects.get_or_create(name=User.ADMINS)
        if remove == (not person.groups.filter(pk=group.pk).exists()):
            self.stdout.write(f"{person.name} {'is no admin' if remove else 'is an admin already'}.")
            return
        if remove:
            person.groups.remove(group)
        else:
            person.groups.add(group)
        record(actor=None, verb="removed_admin" if remove else "made_admin", subject=person)
        word = "no longer an admin" if remove else "an admin now"
        more = "" if remove or not settings.SECOND_FACTOR_REQUIRED else " Every page waits for a second factor."
        self.stdout.write(f"{person.name} is {word}.{more}")
