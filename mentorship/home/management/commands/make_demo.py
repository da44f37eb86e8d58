"""Demo people and their history, on an empty database."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from mentorship.home.demo.apprentices import make_apprentices
from mentorship.home.demo.calendar import make_calendar
from mentorship.home.demo.cast import CAST, accounts, make_people
from mentorship.home.demo.cockpit import make_cockpit
from mentorship.home.demo.cohorts import make_cohorts
from mentorship.home.demo.hours import make_hours, make_talks
from mentorship.home.demo.invitations import make_invitations
from mentorship.home.demo.library import make_library
from mentorship.home.demo.matching import make_matching
from mentorship.home.demo.papers import make_papers
from mentorship.home.demo.portfolio import make_portfolio
from mentorship.home.demo.posts import make_posts
from mentorship.home.demo.practice import make_practice
from mentorship.home.demo.promises import make_promises
from mentorship.home.demo.study_time import make_study_time
from mentorship.home.demo.teams import make_teams
from mentorship.home.demo.together import make_together
from mentorship.home.demo.work import make_progress, make_work
from mentorship.notifications.models import Notification
from mentorship.people.models import User


class Command(BaseCommand):
    help = "Make the demo people and five weeks of their history, if nobody is here yet."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--accounts", action="store_true", help="Only list the demo accounts that are here.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["accounts"]:
            if User.objects.filter(email__in=[role.email for role in CAST]).exists():
                self.stdout.write(accounts())
            return
        if User.objects.exists():
            raise CommandError("People are here already; the demo is only made on an empty database.")
        now = timezone.now()
        with transaction.atomic():
            people = make_people()
            cohort = make_cohorts(people, now)
            make_progress(people, cohort, now)
            make_study_time(people, now)
            make_work(people, cohort, now)
            make_promises(people, cohort, now)
            make_apprentices(people, cohort, now)
            make_teams(people, cohort, now)
            make_calendar(people, cohort, now)
            make_together(people, cohort, now)
            make_cockpit(people, now)
            make_hours(cohort, people, now)
            make_talks(people, now)
            make_matching(people, cohort, now)
            make_posts(people, now)
            make_portfolio(people, now)
            make_papers(people["amara"], now)
            make_library(people, now)
            make_invitations(people, now)
            make_practice(people["amara"], now)
            # What was told in the past five weeks has been told: nobody gets those mails now.
            Notification.objects.update(email=Notification.Email.NONE)
