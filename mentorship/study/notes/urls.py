from django.urls import path

from mentorship.study.notes import views, views_importing

urlpatterns = [
    path("notes/", views.notes, name="notes"),
    path("notes/to/", views.note_named, name="note_named"),
    path("notes/export/", views.export_notes, name="export_notes"),
    path("notes/import/", views_importing.ask, name="import_notes"),
    path("notes/import/<int:pk>/", views_importing.note_import, name="note_import"),
    path("notes/import/<int:pk>/decide/<int:file>/", views_importing.decide, name="decide_note"),
    path("notes/<int:pk>/", views.note, name="note"),
    path("notes/<int:pk>/tick/", views.tick_note, name="tick_note"),
    path("notes/<int:pk>/share/", views.share_note, name="share_note"),
    path("notes/<int:pk>/remove/", views.remove_note, name="remove_note"),
]
