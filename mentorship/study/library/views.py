"""The library: what to learn from, found by what one looks for; one's own list; stars."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from mentorship.common import clock
from mentorship.common.pages import paginate
from mentorship.common.redirects import safe_next
from mentorship.people.requests import Request
from mentorship.study.library.choices import LEVELS
from mentorship.study.library.filters import filtered
from mentorship.study.library.following import followed_by
from mentorship.study.library.forms import AnnotationForm, FilterForm
from mentorship.study.library.members import is_keeper, is_member
from mentorship.study.library.models import Annotation, ListEntry, Rating, Recommendation, Resource, Source
from mentorship.study.library.rows import (
    annotation_rows,
    host_of,
    link_row,
    rating_text,
    resource_rows,
    with_parts,
)

SIZE = 30
STARS = [(5, "Changed how I work"), (4, "Very useful"), (3, "Useful"), (2, "Of little use"), (1, "Of no use")]


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All of it, or what is asked for."""
    sources = list(Source.objects.filter(retired_at=None).order_by("title").values_list("key", "title"))
    form = FilterForm(request.GET, sources=sources)
    page = paginate(request, with_parts(filtered(Resource.objects.listed(), form.asked)), size=SIZE)
    context = {
        "form": form,
        "page": page,
        "rows": resource_rows(page.rows, request.user),
        "followed": followed_by(request.user),
        "keeps": is_keeper(request.user),
    }
    return render(request, "study/library/library.html", context, status=400 if form.errors else 200)


def found(request: HttpRequest, key: str) -> Resource:
    rows = Resource.objects.visible_to(request.user).select_related("link", "suggested_by").defer("words")
    return get_object_or_404(rows, key=key)


@require_safe
def resource(request: HttpRequest, key: str) -> HttpResponse:
    return page_of(request, found(request, key))


def page_of(
    request: HttpRequest, row: Resource, *, form: AnnotationForm | None = None, status: int = 200
) -> HttpResponse:
    """One resource: who recommends it, what members say of it, where it stands on one's list."""
    now, person = clock.now(), request.user
    notes = paginate(
        request, Annotation.objects.visible_to(person).filter(resource=row).select_related("author").order_by("-pk"), 20
    )
    for note in notes:
        note.resource = row
    context: dict[str, Any] = {
        "resource": row,
        "host": host_of(row.url),
        "level": LEVELS[row.level],
        "rating": rating_text(row),
        "sources": row.sources.filter(retired_at=None).order_by("title"),
        "steps": steps_naming(row),
        "link": link_row(row.link, now),
        "page": notes,
        "annotations": annotation_rows(notes, person, now),
        "keeps": is_keeper(person),
        "speaks": is_member(person),
    }
    if person.is_authenticated:
        entry = ListEntry.objects.visible_to(person).filter(resource=row).first()
        stars = Rating.objects.filter(person=person.pk, resource=row).values_list("stars", flat=True).first()
        context |= {
            "choices": [(value, label, entry and entry.state == value) for value, label in ListEntry.State.choices],
            "entry": entry,
            "stars": [(number, label, number == stars) for number, label in STARS],
            "own_stars": stars,
            "recommended": Recommendation.objects.to(person).filter(resource=row).select_related("by"),
            "form": form or AnnotationForm(),
        }
    return render(request, "study/library/resource.html", context, status=status)


def steps_naming(row: Resource) -> list[dict[str, str]]:
    """The steps of roadmaps that name it."""
    named = row.named_in.filter(step__retired_at=None, step__roadmap__retired_at=None)
    named = named.select_related("step__roadmap").order_by("step__roadmap__position", "step__position")
    return [
        {
            "roadmap": one.step.roadmap.title,
            "step": one.step.title,
            "url": f"{one.step.roadmap.get_absolute_url()}#step-{one.step.key}",
        }
        for one in named[:12]
    ]


@require_POST
@login_required
def keep(request: Request, key: str) -> HttpResponse:
    """Put it on one's list as `state`, or take it off with `off`."""
    row = found(request, key)
    if "off" in request.POST:
        ListEntry.take_off(row, by=request.user)
        messages.success(request, "It is off your list.")
    else:
        entry = ListEntry.put(row, by=request.user, state=request.POST.get("state", ""))
        messages.success(request, f"On your list: {entry.get_state_display().lower()}.")
    return redirect(safe_next(request, row.get_absolute_url()))


@require_POST
@login_required
def rate(request: Request, key: str) -> HttpResponse:
    """Say how useful it was; `stars` 0 takes that back."""
    row, said = found(request, key), request.POST.get("stars", "")
    stars = int(said) if said.isascii() and said.isdigit() and len(said) < 3 else -1
    Rating.give(row, by=request.user, stars=stars)
    messages.success(request, "Thank you, rated." if stars else "Your rating is taken back.")
    return redirect(row)


@require_safe
@login_required
def mine(request: Request) -> HttpResponse:
    """One's own list, with what was recommended to one and the roadmaps one follows."""
    state = request.GET.get("state", "")
    entries = ListEntry.objects.visible_to(request.user).newest_first()
    if state in ListEntry.State.values:
        entries = entries.filter(state=state)
    rows = entries.select_related("resource__link").prefetch_related("resource__sources")
    page = paginate(request, rows.defer("resource__words"), size=SIZE)
    given = Recommendation.objects.to(request.user).select_related("resource", "by").defer("resource__words")
    context = {
        "page": page,
        "rows": resource_rows([entry.resource for entry in page], request.user),
        "state": state,
        "states": ListEntry.State.choices,
        "recommended": [
            {"title": row.resource.title, "url": row.resource.get_absolute_url(), "by": row.by.name, "note": row.note}
            for row in given[:12]
        ],
        "followed": followed_by(request.user),
    }
    return render(request, "study/library/mine.html", context)
