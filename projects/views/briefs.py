"""Projects as they are set: open to everybody, with one's own way in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from projects import pages
from projects.models import Project


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "projects/index.html", pages.index_context(request.user))


@require_safe
def project(request: HttpRequest, key: str) -> HttpResponse:
    found = get_object_or_404(Project.objects.visible_to(request.user).select_related("item__stream"), key=key)
    return render(request, "projects/project.html", pages.project_context(found, request.user))
