from django.urls import path

from mentorship.study.notes import views

urlpatterns = [
    path("notes/", views.notes, name="notes"),
    path("notes/<int:pk>/", views.note, name="note"),
    path("notes/<int:pk>/remove/", views.remove_note, name="remove_note"),
]
