from tests.access.table import row
from tests.access.table.study import API, API_OWN, OWN


def note(w):
    return [w.note.pk]


ROWS = [
    row("study:notes", "GET", visitor="login"),
    row("study:notes", "POST", data=lambda w: {"text": "Why?"}, visitor="login"),
    row("study:note", "GET", note, "404", **OWN),
    row("study:note", "POST", note, "404", data=lambda w: {"text": "Why?", "version": 1}, **OWN),
    row("study:remove_note", "POST", note, "404", **OWN),
    row("home:begin_idea", "POST", rest="404", data=lambda w: {"source": f"note:{w.note.pk}"}, **OWN),
    row("api:note-list", "GET", **API),
    row("api:note-list", "POST", data=lambda w: {"text": "Why?"}, **API),
    row("api:note-detail", "GET", note, "404", **API_OWN),
    row("api:note-detail", "PATCH", note, "404", data=lambda w: {"version": 1}, **API_OWN),
    row("api:note-detail", "DELETE", note, "404", **API_OWN),
    row("api:idea-list", "GET", **API),
    row("api:idea-list", "POST", rest="404", data=lambda w: {"source": f"note:{w.note.pk}"}, **API_OWN),
]
