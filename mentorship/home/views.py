"""The pages that say what the program is."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from blog.posts import featured_post
from mentorship.cohorts.models import Cohort
from streams.models import Stream

# What each stream works towards, by its number.
LEADS_TO = {
    1: "A first project: others' solutions taken apart and built again, until you know why each step is there.",
    2: "Two projects with a solution of your own added, then a capstone in a team of three or four.",
    3: "A paper replicated, then a contribution on top of it, written up like one.",
}


@dataclass(frozen=True)
class StreamCard:
    """A stream as the landing page shows it."""

    number: int
    title: str
    tagline: str
    audience: str
    leads_to: str
    href: str


@dataclass(frozen=True)
class OpenCohort:
    """A cohort that takes applications, as the landing page shows it."""

    name: str
    number: int
    stream: str
    starts_on: str
    closes_on: str
    hours_a_week: int
    href: str


def day(moment: date) -> str:
    return f"{moment.day} {moment:%B %Y}"


def stream_card(stream: Stream) -> StreamCard:
    leads_to = LEADS_TO.get(stream.number, "")
    return StreamCard(stream.number, stream.title, stream.tagline, stream.audience, leads_to, stream.get_absolute_url())


def open_cohorts(at: datetime | None = None) -> list[OpenCohort]:
    """The next three cohorts that still take applications."""
    found = Cohort.objects.taking_applications(at)
    return [
        OpenCohort(
            c.name,
            c.stream.number,
            c.stream.title,
            day(c.starts_on),
            day(c.applications_close_on),
            c.hours_a_week,
            c.get_absolute_url(),
        )
        for c in found.select_related("stream").order_by("starts_on", "pk")[:3]
    ]


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    # The post comes with the streams, in their statement.
    streams = list(Stream.objects.published().annotate(featured=Subquery(featured_post())))
    featured = streams[0].featured if streams else featured_post().first()
    context = {
        "streams": [stream_card(stream) for stream in streams],
        "open_cohorts": open_cohorts(),
        "featured": featured,
    }
    return render(request, "home/landing.html", context)


@require_safe
def charter(request: HttpRequest) -> HttpResponse:
    return render(request, "home/charter.html")


@require_safe
def faq(request: HttpRequest) -> HttpResponse:
    return render(request, "home/faq.html")
