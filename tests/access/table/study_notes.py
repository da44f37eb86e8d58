import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.access.table import row
from tests.access.table.study import API, API_OWN, OWN

MENTOR = {"mentor": "in"}
FELLOWS = {"mentor": "in", "other_mentee": "in"}


def note(w):
    return [w.note.pk]


def for_mentor(w):
    return [w.mentor_reads.pk]


def for_cohort(w):
    return [w.cohort_reads.pk]


def an_import(w):
    return [w.note_import.pk]


def a_zip(w):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.md", "Text")
    return {"file": SimpleUploadedFile("a.zip", packed.getvalue())}


ROWS = [
    row("study:notes", "GET", visitor="login"),
    row("study:notes", "POST", data=lambda w: {"text": "Why?"}, visitor="login"),
    row("study:note", "GET", note, "404", **OWN),
    row("study:note", "POST", note, "404", data=lambda w: {"text": "Why?", "version": 1}, **OWN),
    row("study:note_named", "GET", visitor="login"),
    row("study:export_notes", "GET", visitor="login"),
    row("study:tick_note", "POST", note, "404", data=lambda w: {"box": "0+", "version": 1}, **OWN),
    row("study:share_note", "POST", note, "404", data=lambda w: {"shared": "mentor"}, **OWN),
    row("study:remove_note", "POST", note, "404", **OWN),
    row("study:import_notes", "GET", visitor="login"),
    row("study:import_notes", "POST", data=a_zip, visitor="login"),
    row("study:note_import", "GET", an_import, "404", **OWN),
    row("study:decide_note", "POST", lambda w: [w.note_import.pk, w.note_file.pk], "404", **OWN),
    row("shared_notes:notes", "GET", visitor="login"),
    row("shared_notes:note", "GET", for_mentor, "404", visitor="login", **MENTOR),
    row("shared_notes:linked", "GET", for_cohort, "404", visitor="login", **FELLOWS),
    row("home:begin_idea", "POST", rest="404", data=lambda w: {"source": f"note:{w.note.pk}"}, **OWN),
    row("api:note-list", "GET", **API),
    row("api:note-list", "POST", data=lambda w: {"text": "Why?"}, **API),
    row("api:note-export", "GET", **API),
    row("api:note-detail", "GET", note, "404", **API_OWN),
    row("api:note-detail", "PATCH", note, "404", data=lambda w: {"version": 1}, **API_OWN),
    row("api:note-detail", "DELETE", note, "404", **API_OWN),
    row("api:note-tick", "POST", note, "404", data=lambda w: {"box": 0, "done": True, "version": 1}, **API_OWN),
    row("api:note-share", "POST", note, "404", data=lambda w: {"shared": "mentor"}, **API_OWN),
    row("api:note-links", "GET", note, "404", **API_OWN),
    row("api:note-import-list", "GET", **API),
    row("api:note-import-list", "POST", data=a_zip, **API),
    row("api:note-import-detail", "GET", an_import, "404", **API_OWN),
    row("api:note-import-files", "GET", an_import, "404", **API_OWN),
    row(
        "api:note-import-decide", "POST", an_import, "404",
        data=lambda w: {"file": w.note_file.pk, "take": False}, **API_OWN,
    ),
    row("api:shared-note-list", "GET", **API),
    row("api:shared-note-detail", "GET", for_cohort, "404", **API, **FELLOWS),
    row("api:idea-list", "GET", **API),
    row("api:idea-list", "POST", rest="404", data=lambda w: {"source": f"note:{w.note.pk}"}, **API_OWN),
]  # fmt: skip
