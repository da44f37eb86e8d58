from tests.access.table import row

OWN = {"visitor": "login", "mentee": "in"}
API = {"visitor": "401"}
API_OWN = API | {"mentee": "in"}


def entry(w):
    return [w.study_entry.pk]


ROWS = [
    row("study:log", "GET", visitor="login"),
    row("study:log", "POST", data=lambda w: {"minutes": 30}, visitor="login"),
    row("study:entry", "GET", entry, "404", **OWN),
    row("study:entry", "POST", entry, "404", data=lambda w: {"minutes": 45}, **OWN),
    row("study:remove", "POST", entry, "404", **OWN),
    row("api:study-entry-list", "GET", **API),
    row("api:study-entry-list", "POST", data=lambda w: {"minutes": 30}, **API),
    row("api:study-entry-streak", "GET", **API),
    row("api:study-entry-hours", "GET", **API),
    row("api:study-entry-detail", "GET", entry, "404", **API_OWN),
    row("api:study-entry-detail", "PATCH", entry, "404", data=lambda w: {"minutes": 45}, **API_OWN),
    row("api:study-entry-detail", "DELETE", entry, "404", **API_OWN),
]
