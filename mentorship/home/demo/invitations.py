"""Who was invited, and what each cohort says of itself to everyone."""

from datetime import datetime, timedelta

from mentorship.cohorts.inviting import Asked, invite, invite_all
from mentorship.cohorts.models import Charter, Cohort, Membership
from mentorship.people.models import User

FOR_WHOM = {
    "starting-out-winter": "You have written a few hundred lines of Python and remember some school mathematics. "
    "You want to build things that you can explain.",
    "first-ml-job-spring": "You have finished a first stream, or learned as much elsewhere, and look for a job.",
}
ASKED = [
    Asked("priya@demo.example", name="Priya Raman", message="You asked good questions at the talk. Come and join."),
    Asked("tomas@demo.example", name="Tomás Vidal"),
    Asked("ingrid@demo.example", name="Ingrid Solberg", role="mentor", capacity=3),
]


def make_invitations(people: dict[str, User], now: datetime) -> None:
    """In the open cohort: some wait, one ran out, one was taken back; the charter is accepted by most."""
    ada = people["ada"]
    for slug, text in FOR_WHOM.items():
        Cohort.objects.get(slug=slug).edit(by=ada, for_whom=text, at=now - timedelta(days=2))
    winter = Cohort.objects.get(slug="starting-out-winter")
    invite(cohort=winter, asked=Asked("noa@demo.example", name="Noa Levi"), by=ada, at=now - timedelta(days=9))
    invite_all(cohort=winter, rows=ASKED, by=ada, at=now - timedelta(days=2))
    gone = invite(cohort=winter, asked=Asked("pal@demo.example", name="Pál Tóth"), by=ada, at=now - timedelta(days=3))
    gone.revoke(by=ada, at=now - timedelta(days=1))
    for seat in Membership.objects.mentors().filter(cohort__in=[winter]).select_related("person"):
        seat.show(True, by=seat.person, at=now - timedelta(days=2))
    for cohort in Cohort.objects.filter(state="running"):
        charter = Charter.of(cohort)
        if charter:
            for seat in cohort.memberships.mentors().select_related("person"):
                charter.accept(by=seat.person, at=now - timedelta(days=20))
