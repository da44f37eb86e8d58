"""The addresses of being together in a cohort: pauses and leaving."""

from django.urls import path

from mentorship.cohorts.views import leaving, pauses

urlpatterns = [
    path("<slug:slug>/members/<int:pk>/pause/", pauses.pause, name="pause"),
    path("<slug:slug>/members/<int:pk>/pause/end/", pauses.end, name="end_pause"),
    path("<slug:slug>/members/<int:pk>/leaving/", leaving.leaving, name="leaving"),
    path("<slug:slug>/members/<int:pk>/left/", leaving.left, name="left"),
    path("<slug:slug>/returning/", leaving.returning, name="returning"),
]
