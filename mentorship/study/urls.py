from django.urls import path

from mentorship.study import views, views_notes

app_name = "study"
urlpatterns = [
    path("", views.log, name="log"),
    path("notes/", views_notes.notes, name="notes"),
    path("notes/<int:pk>/", views_notes.note, name="note"),
    path("notes/<int:pk>/remove/", views_notes.remove_note, name="remove_note"),
    path("<int:pk>/", views.entry, name="entry"),
    path("<int:pk>/remove/", views.remove, name="remove"),
]
