"""Roadmaps: side by side, one by one, followed and ticked off."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from mentorship.people.requests import Request
from mentorship.study.library.following import paths_of
from mentorship.study.library.models import Resource, Roadmap, RoadmapStep, StepResource
from mentorship.study.library.rows import host_of
from streams.models import Item


@require_safe
def roadmaps(request: HttpRequest) -> HttpResponse:
    """All of them beside each other, to choose one."""
    return render(
        request, "study/library/roadmaps.html", {"paths": paths_of(Roadmap.objects.published(), request.user)}
    )


@require_safe
def roadmap(request: HttpRequest, key: str) -> HttpResponse:
    """One roadmap with what each step names."""
    found = paths_of(Roadmap.objects.published().filter(key=key), request.user)
    if not found:
        get_object_or_404(Roadmap.objects.none())
    path = found[0]
    named = named_by(path.roadmap)
    stages = [
        {"stage": stage, "time": stage.time, "mark": f"{path.url}{stage.step.key}/mark/"} | named[stage.step.pk]
        for stage in path.stages
    ]
    return render(request, "study/library/roadmap.html", {"path": path, "stages": stages})


def named_by(row: Roadmap) -> dict[int, dict[str, Any]]:
    """Resources and items of each step, by the step's id; three queries."""
    listed = StepResource.objects.filter(resource__in=Resource.objects.listed()).select_related("resource__link")
    steps = RoadmapStep.objects.filter(roadmap=row).prefetch_related(
        Prefetch("named", listed.defer("resource__words")),
        Prefetch("items", Item.objects.published().select_related("stream")),
    )
    return {
        step.pk: {
            "resources": [
                {
                    "title": one.resource.title,
                    "url": one.resource.get_absolute_url(),
                    "host": host_of(one.resource.url),
                    "broken": one.resource.link is not None and one.resource.link.is_broken,
                }
                for one in step.named.all()
            ],
            "items": [{"title": item.title, "url": item.get_absolute_url()} for item in step.items.all()],
        }
        for step in steps
    }


def published(key: str) -> Roadmap:
    return get_object_or_404(Roadmap.objects.published(), key=key)


@require_POST
@login_required
def follow(request: Request, key: str) -> HttpResponse:
    row = published(key)
    row.follow(by=request.user)
    messages.success(request, "You follow this roadmap. It stands on your library's page from now on.")
    return redirect(row)


@require_POST
@login_required
def unfollow(request: Request, key: str) -> HttpResponse:
    row = published(key)
    row.unfollow(by=request.user)
    messages.success(request, "You follow it no longer. What you ticked is kept.")
    return redirect(row)


@require_POST
@login_required
def mark(request: Request, key: str, step: str) -> HttpResponse:
    """Tick a step, or take the tick back with `done` 0."""
    row = published(key)
    found = get_object_or_404(row.steps.filter(retired_at=None), key=step)
    found.roadmap = row
    found.mark(by=request.user, done=request.POST.get("done", "1") != "0")
    return redirect(f"{row.get_absolute_url()}#step-{found.key}")
