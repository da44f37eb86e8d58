"""The floor: the least that a page, an API list and a write can be. Served by a server of the bench's own.

It pays the middleware of every page; session and person are read as Django reads them (see floor_settings.py).
"""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import include, path
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from rest_framework import serializers, viewsets
from rest_framework.routers import SimpleRouter

from mentorship.people.models import User

FILLER = ["Ten kilobytes of plain paragraphs, so that the floor sends what a page sends. " * 2] * 50


class Backend(ModelBackend):
    """Django's own, and nothing of a person is asked for besides: the middleware would ask for groups."""

    def get_user(self, user_id: Any) -> User | None:
        person = super().get_user(user_id)
        if person is not None:
            person.group_names, person.has_second_factor, person.around = frozenset(), True, (0, False)
        return person


@require_safe
@login_required
def page(request: HttpRequest) -> HttpResponse:
    """Signed in, one indexed SELECT, 10 KB of HTML."""
    person = get_object_or_404(User.objects.only("name"), pk=request.user.pk)
    return render(request, "bench/floor.html", {"person": person, "filler": FILLER})


@require_POST
@login_required
def write(request: HttpRequest) -> HttpResponse:
    """Signed in, one UPDATE of one row, a redirect."""
    User.objects.filter(pk=request.user.pk).update(last_login=timezone.now())
    return redirect("/bench/floor/")


class FloorSerializer(serializers.ModelSerializer):
    class Meta:
        model = User
        fields = ["id", "handle", "name", "headline", "timezone", "date_joined"]


class FloorViewSet(viewsets.ReadOnlyModelViewSet):
    """A list of 20 rows by primary key, paginated as all of ours."""

    serializer_class = FloorSerializer
    queryset = User.objects.order_by("pk")


router = SimpleRouter()
router.register("people", FloorViewSet, "floor")
urlpatterns = [
    path("bench/floor/", page),
    path("bench/write/", write),
    path("bench/api/", include(router.urls)),
    path("", include("mentorship.urls")),
]
handler404 = "mentorship.home.errors.not_found"
handler500 = "mentorship.home.errors.server_error"
