from tests.access.table import row

OWN = {"visitor": "login", "mentee": "in"}
API = {"visitor": "401"}
API_OWN = API | {"mentee": "in"}


def timer(w):
    return [w.timer.pk]


def slot(w):
    return [w.plan_slot.pk]


def report(w):
    return [w.item_report.pk]


ROWS = [
    row("study:reports", "GET", visitor="login"),
    row("study:report", "POST", visitor="login"),
    row("study:settle_report", "POST", report, "404", visitor="login", admin="in"),
    row("api:item-report-list", "GET", **API),
    row("api:item-report-list", "POST", **API),
    row("api:item-report-detail", "GET", report, "404", **API_OWN, admin="in"),
    row("api:item-report-settle", "POST", report, "404", **API, admin="in"),
    row("api:next", "GET", **API),
    row("home:forecast", "GET", visitor="login"),
    row("home:catch_up", "POST", visitor="login"),
    row("api:forecast", "GET", **API),
    row("api:catch-up", "POST", **API),
    row("study:goals", "GET", visitor="login"),
    row("study:goals", "POST", visitor="login"),
    row("study:plan", "GET", visitor="login"),
    row("study:plan", "POST", visitor="login"),
    row("study:adopt_week", "POST", data=lambda w: {"week": "weekend"}, visitor="login"),
    row("study:slot", "GET", slot, "404", **OWN),
    row("study:slot", "POST", slot, "404", **OWN),
    row("study:remove_slot", "POST", slot, "404", **OWN),
    row("api:study-goal", "GET", **API),
    row("api:study-goal", "PUT", **API),
    row("api:plan-slot-list", "GET", **API),
    row("api:plan-slot-list", "POST", **API),
    row("api:plan-slot-adopt", "POST", data=lambda w: {"week": "weekend"}, **API),
    row("api:plan-slot-doing", "GET", **API),
    row("api:plan-slot-detail", "GET", slot, "404", **API_OWN),
    row("api:plan-slot-detail", "PATCH", slot, "404", **API_OWN),
    row("api:plan-slot-detail", "DELETE", slot, "404", **API_OWN),
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
