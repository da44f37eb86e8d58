from tests.access.table import row

OWN = {"visitor": "login", "mentee": "in"}
LOGIN = {"visitor": "login"}
API = {"visitor": "401"}
API_OWN = API | {"mentee": "in"}
WRITTEN = {"text": "Why folds?", "covers": "Variance", "round": "breadth", "level": 1}


def card(w):
    return [w.card.pk]


def left_out(w):
    return [w.left_out.pk]


def own(w):
    return [w.own_interview_question.pk]


def bank(w):
    return [w.bank_question.pk]


def rated(w):
    return {"rating": 3, "version": w.card.version}


ROWS = [
    row("study:practice", "GET", **LOGIN),
    row("study:figures", "GET", **LOGIN),
    row("study:figures", "POST", data=lambda w: {"new_a_day": 5, "wanted": 90}, **LOGIN),
    row("study:rate", "POST", card, "404", data=rated, **OWN),
    row("study:undo", "POST", **LOGIN),
    row("study:leave_out", "POST", card, "404", **OWN),
    row("study:take_up", "POST", left_out, "404", **OWN),
    row("study:questions", "GET", **LOGIN),
    row("study:add_questions", "POST", data=lambda w: {"question": w.bank_question.pk}, **LOGIN),
    row("study:write_question", "GET", **LOGIN),
    row("study:write_question", "POST", data=lambda w: WRITTEN, **LOGIN),
    row("study:question", "GET", own, "404", **OWN),
    row("study:edit_question", "GET", own, "404", **OWN),
    row("study:edit_question", "POST", own, "404", data=lambda w: WRITTEN | {"version": 1}, **OWN),
    row("study:retire_question", "POST", own, "404", **OWN),
    row("home:interviews", "GET", **LOGIN),
    row("home:interviews", "POST", data=lambda w: {"role": "machine-learning-engineer"}, **LOGIN),
    row("api:readiness", "GET", **API),
    row("api:readiness", "PUT", data=lambda w: {"role": "machine-learning-engineer"}, **API),
    row("api:practice-list", "GET", **API),
    row("api:practice-undo", "POST", **API),
    row("api:practice-figures", "GET", **API),
    row("api:practice-plan", "PATCH", data=lambda w: {"new_a_day": 5}, **API),
    row("api:card-list", "GET", **API),
    row("api:card-detail", "GET", card, "404", **API_OWN),
    row("api:card-rate", "POST", card, "404", data=rated, **API_OWN),
    row("api:card-leave-out", "POST", card, "404", **API_OWN),
    row("api:card-take-up", "POST", left_out, "404", **API_OWN),
    row("api:interview-question-list", "GET", **API),
    row("api:interview-question-list", "POST", data=lambda w: WRITTEN, **API),
    row("api:interview-question-add", "POST", data=lambda w: {"round": "breadth"}, **API),
    row("api:interview-question-detail", "GET", own, "404", **API_OWN),
    row("api:interview-question-detail", "PATCH", own, "404", data=lambda w: {"version": 1}, **API_OWN),
    row("api:interview-question-detail", "DELETE", own, "404", **API_OWN),
    row("api:interview-question-practise", "POST", bank, **API),
]
