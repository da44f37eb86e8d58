from tests.access.table import row

OF_SUBMISSION = {"visitor": "login", "mentee": "in", "mentor": "in", "admin": "in"}
AUTHOR = {"visitor": "login", "mentee": "in"}
MENTOR = {"visitor": "login", "mentor": "in"}


def project(w):
    return [w.project.key]


def submission(w):
    return [w.submission.pk]


def returned(w):
    return [w.returned.pk]


def round(w):
    return [w.round.pk]


def two_rounds(w):
    return [w.second_round.pk, 1]


def unclaimed(w):
    return [w.unclaimed.pk]


def file(w):
    return [w.file.pk]


def example(w):
    return ["late-trains"]


def reply(w):
    return [w.reply.pk]


REVIEWERS = {"visitor": "login", "mentor": "in", "other_mentor": "in", "admin": "in"}
REPLY = {"title": "Which split?", "text": "Split by time, {name}."}
API = {"visitor": "401"}
API_OF_SUBMISSION = OF_SUBMISSION | API
API_AUTHOR = AUTHOR | API
API_MENTOR = MENTOR | API
SAYS = {"version": 0, "summary": "A word."}

ROWS = [
    row("projects:index", "GET"),
    row("projects:project", "GET", project),
    row("projects:hand_in", "GET", project, "404", **AUTHOR, other_mentee="in"),
    row("projects:hand_in", "POST", project, "404", data=lambda w: {"title": "Why"}, **AUTHOR, other_mentee="in"),
    row("projects:submission", "GET", submission, "404", **OF_SUBMISSION),
    row("projects:hand_in_again", "GET", returned, "404", **AUTHOR),
    row("projects:hand_in_again", "POST", returned, "404", data=lambda w: {"title": "Why"}, **AUTHOR),
    row("projects:withdraw", "POST", submission, "404", **AUTHOR),
    row("projects:queue", "GET", rest="404", visitor="login", mentor="in", other_mentor="in"),
    row("projects:round", "GET", round, "404", **OF_SUBMISSION),
    row("projects:claim", "POST", unclaimed, "404", **MENTOR),
    row("projects:extend", "POST", round, "404", **MENTOR),
    row("projects:release", "POST", round, "404", **MENTOR),
    row("projects:difference", "GET", two_rounds, "404", **OF_SUBMISSION),
    row("projects:difference", "POST", two_rounds, "404", **OF_SUBMISSION),
    row("projects:review", "GET", round, "404", **MENTOR),
    row("projects:review", "POST", round, "404", data=lambda w: {"summary": "A word."}, **MENTOR),
    row("projects:review_state", "GET", round, "404", **MENTOR),
    row("projects:preview", "GET", round, "404", **MENTOR),
    row("projects:publish", "POST", round, "404", **MENTOR),
    row("projects:file", "GET", file, "404", **OF_SUBMISSION),
    row("projects:rendering", "GET", lambda w: [w.notebook.pk], "404", **OF_SUBMISSION),
    row("projects:notebook_output", "GET", lambda w: [w.notebook.pk, 0], "404", **OF_SUBMISSION),
    row("projects:facts", "GET"),
    row("projects:notebook_image", "GET", lambda w: [w.image.pk], "404", **OF_SUBMISSION),
    row("api:project-list", "GET"),
    row("api:project-detail", "GET", project),
    row("api:submission-list", "GET", **API),
    row("api:submission-list", "POST", data=lambda w: {"title": "Why"}, **API),
    row("api:submission-detail", "GET", submission, "404", **API_OF_SUBMISSION),
    row("api:submission-rounds", "POST", returned, "404", data=lambda w: {"title": "Why"}, **API_AUTHOR),
    row("api:submission-withdraw", "POST", submission, "404", **API_AUTHOR),
    row("api:file-detail", "GET", lambda w: [w.notebook.pk], "404", **API_OF_SUBMISSION),
    row("api:round-detail", "GET", round, "404", **API_OF_SUBMISSION),
    row("api:round-claim", "POST", unclaimed, "404", **API_MENTOR),
    row("api:round-extend", "POST", round, "404", **API_MENTOR),
    row("api:round-release", "POST", round, "404", **API_MENTOR),
    row("api:round-draft", "GET", round, "404", **API_MENTOR),
    row("api:round-draft", "PUT", round, "404", data=lambda w: SAYS, **API_MENTOR),
    row("api:round-mentee", "GET", round, "404", **API_MENTOR),
    row("api:round-publish", "POST", round, "404", **API_MENTOR),
    row("projects:why", "GET", visitor="login"),
    row("projects:why_of", "GET", lambda w: [w.people["mentee"].handle], "404", **OF_SUBMISSION),
    row("api:why-list", "GET", **API),
    row("projects:calibration", "GET", rest="404", **REVIEWERS),
    row("projects:calibrate", "GET", example, "404", **REVIEWERS),
    row("projects:calibrate", "POST", example, "404", **REVIEWERS),
    row("api:calibration-list", "GET", **API),
    row("api:calibration-detail", "GET", example, "404", **(REVIEWERS | API)),
    row("api:calibration-review", "POST", example, "404", **(REVIEWERS | API)),
    row("projects:replies", "GET", rest="404", **REVIEWERS),
    row("projects:new_reply", "GET", rest="404", **REVIEWERS),
    row("projects:new_reply", "POST", rest="404", data=lambda w: REPLY, **REVIEWERS),
    row("projects:reply", "GET", reply, "404", **MENTOR),
    row("projects:reply", "POST", reply, "404", data=lambda w: REPLY | {"version": 1}, **MENTOR),
    row("projects:remove_reply", "POST", reply, "404", **MENTOR),
    row("api:saved-reply-list", "GET", **API),
    row("api:saved-reply-list", "POST", data=lambda w: REPLY, **API),
    row("api:saved-reply-detail", "GET", reply, "404", **API_MENTOR),
    row("api:saved-reply-detail", "PUT", reply, "404", data=lambda w: REPLY | {"version": 1}, **API_MENTOR),
    row("api:saved-reply-detail", "DELETE", reply, "404", **API_MENTOR),
    row("api:round-difference", "GET", two_rounds, "404", **API_OF_SUBMISSION),
    row("api:round-difference", "POST", two_rounds, "404", **API_OF_SUBMISSION),
    row("api:queue-list", "GET", **API),
]
