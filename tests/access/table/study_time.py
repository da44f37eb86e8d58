from tests.access.table import row

OWN = {"visitor": "login", "mentee": "in"}
API = {"visitor": "401"}
API_OWN = API | {"mentee": "in"}


def timer(w):
    return [w.timer.pk]


ROWS = [
    row("study:timer", "GET", visitor="login"),
    row("study:start_timer", "POST", visitor="login"),
    row("study:pause_timer", "POST", timer, "404", **OWN),
    row("study:resume_timer", "POST", timer, "404", **OWN),
    row("study:stop_timer", "POST", timer, "404", **OWN),
    row("study:discard_timer", "POST", timer, "404", **OWN),
    row("api:timer-list", "GET", **API),
    row("api:timer-list", "POST", **API),
    row("api:timer-detail", "GET", timer, "404", **API_OWN),
    row("api:timer-pause", "POST", timer, "404", **API_OWN),
    row("api:timer-resume", "POST", timer, "404", **API_OWN),
    row("api:timer-stop", "POST", timer, "404", **API_OWN),
    row("api:timer-discard", "POST", timer, "404", **API_OWN),
]
