"""What the pages of one cohort share: finding it, its tabs, and how its rows are shown."""

from functools import cache
from html import escape
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import SafeString

from mentorship.cohorts.forms_application import ApplicationForm
from mentorship.cohorts.models import Application, Cohort, Membership
from mentorship.people.models import User
from mentorship.people.requests import Request

TONES = {"draft": "", "open": "accent", "running": "good", "finished": "", "archived": ""}
PRIVATE = str(User.Visibility.PRIVATE.value)
MEMBER_TABS = [
    ("cohort", "Cohort"),
    ("announcements", "Announcements"),
    ("calendar", "Calendar"),
    ("meetings", "Meetings"),
    ("hours", "Hours"),
    ("groups", "Groups"),
    ("asked", "Questions"),
    ("directory", "Directory"),
    ("charter", "Charter"),
]
ADMIN_TABS = [
    ("cockpit", "Cockpit"),
    ("applications", "Applications"),
    ("invitations", "Invitations"),
    ("assignments", "Assignments"),
    ("progress", "Progress"),
    ("stalled", "Stalled"),
    ("edit", "Set-up"),
]


def administered(request: Request, slug: str) -> Cohort:
    """The cohort, for an admin; for everyone else there is none."""
    return get_object_or_404(Cohort.objects.administered_by(request.user).select_related("stream"), slug=slug)


def triaged(request: Request, slug: str) -> Cohort:
    """The cohort, for admins and for its mentors who read applications."""
    return get_object_or_404(Cohort.objects.triaged_by(request.user).select_related("stream"), slug=slug)


def belonging(request: Request, slug: str) -> Cohort:
    """The cohort, for its members and for admins."""
    cohorts = Cohort.objects.all() if request.user.is_admin else Cohort.objects.of(request.user)
    return get_object_or_404(cohorts.select_related("stream"), slug=slug)


def tabs(request: Request, cohort: Cohort, current: str) -> list[dict[str, Any]]:
    """The pages of `cohort` that the reader, a member or an admin, may open, in groups of a row each."""
    groups = [("Pages of this cohort", MEMBER_TABS)]
    if request.user.is_admin:
        groups.append(("Running it", [("as-of", "As of"), *ADMIN_TABS] if cohort.is_test else ADMIN_TABS))
    elif current == "applications":
        # Of a mentor who reads them; asking on each page costs more.
        groups.append(("Running it", [("applications", "Applications")]))
    base = cohort.get_absolute_url()  # the others stand below it, each at its name: see urls.py
    return [
        {
            "label": label,
            "url": base if name == "cohort" else f"{base}{name}/",
            "current": name == current,
            "group": group,
        }
        for group, names in groups
        for name, label in names
    ]


def page(
    request: Request, template: str, cohort: Cohort, current: str, status: int = 200, **context: Any
) -> HttpResponse:
    """`cohorts/<template>` of one cohort, below the cohort's head and tabs."""
    context |= {"cohort": cohort, "tabs": tabs(request, cohort, current), "tone": TONES[cohort.state]}
    return render(request, f"cohorts/{template}", context, status=status)


class Roster:
    """Members as rows of name and address. A profile that the reader may not open is a name without a link."""

    def __init__(self, reader: Any) -> None:
        self.reader, self.address = reader, reverse("people:profile", args=["HANDLE"])
        self.before, self.after = self.address.split("HANDLE")

    def row(self, pk: int, name: str, handle: str, visibility: str) -> dict[str, Any]:
        hidden = self.hides(pk, visibility)
        return {"name": name or handle, "url": "" if hidden else self.address.replace("HANDLE", handle)}

    def link(self, pk: int, name: str, handle: str, visibility: str) -> str:
        """The same as HTML; by hand, for two hundred of them were half of a cohort's page."""
        text = escape(name or handle)
        if self.hides(pk, visibility):
            return text
        return f'<a href="{self.before}{escape(handle)}{self.after}">{text}</a>'

    def hides(self, pk: int, visibility: str) -> bool:
        return visibility == PRIVATE and pk != self.reader.pk and not self.reader.is_admin

    def person(self, person: User) -> dict[str, Any]:
        return self.row(person.pk, person.name, person.handle, person.visibility)

    def member(self, membership: Membership) -> dict[str, Any]:
        return self.person(membership.person) | {"membership": membership, "pk": membership.pk}


def list_html(names: list[str], css_class: str = "") -> SafeString:
    """Links of `Roster` as the `<li>` of a list."""
    start = f'<li class="{css_class}">' if css_class else "<li>"
    return SafeString("".join([f"{start}{name}</li>" for name in names]))


def answers_of(application: Application) -> list[dict[str, Any]]:
    """What the applicant wrote, the standard questions first; what they left empty is left out."""
    rows = [
        {"label": label, "value": getattr(application, name), "link": name == "link"}
        for name, label in standard_labels().items()
    ]
    own = application.own_answers.select_related("question").order_by("question__position", "question_id")
    rows += [
        {"label": row.question.label, "value": row.text, "link": row.question.kind == row.question.Kind.LINK}
        for row in own
    ]
    return [row for row in rows if row["value"]]


@cache
def standard_labels() -> dict[str, str]:
    """How the form asks the standard questions."""
    fields = ApplicationForm.base_fields
    return {name: str(fields[name].label) for name in Application.ANSWERS}
