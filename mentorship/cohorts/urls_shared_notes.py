"""Below `/study/notes/shared/`: what others let one read."""

from django.urls import path

from mentorship.cohorts.views import shared_notes

app_name = "shared_notes"
urlpatterns = [
    path("", shared_notes.shared_notes, name="notes"),
    path("<int:pk>/", shared_notes.shared_note, name="note"),
    path("<int:pk>/to/", shared_notes.linked_note, name="linked"),
]
