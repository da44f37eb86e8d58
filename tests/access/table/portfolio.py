"""Portfolios: the world's mentee has a public one, the other mentee one for the program, the mentor a private one."""

from tests.access.table import row

OWNER = {"rest": "404", "visitor": "login", "mentee": "in"}
API_OWNER = OWNER | {"visitor": "401"}
EVERYONE = {"visitor": "login"}
SCORE = ["engineering"]


def handle(role):
    return lambda w: [w.people[role].handle]


def project(w):
    return [w.portfolio_project.pk]


def work(w):
    return [w.other_work.pk]


def shown(w):
    return [w.people["mentee"].handle, w.portfolio_project.slug]


ROWS = [
    row("home:portfolio", "GET", handle("mentee")),
    row("home:portfolio_card", "GET", handle("other_mentee"), visitor="login"),
    row("home:portfolio_project", "GET", shown),
    row("home:portfolio_project_card", "GET", shown),
    row("projects:my_portfolio", "GET", **EVERYONE),
    row("projects:my_portfolio", "POST", data=lambda w: {"visibility": "private"}, **EVERYONE),
    row("projects:my_portfolio_add", "POST", lambda w: [w.portfolio_project.submission_id], **OWNER),
    row("projects:my_portfolio_project", "GET", project, **OWNER),
    row("projects:my_portfolio_project", "POST", project, data=lambda w: {"title": "Rent"}, **OWNER),
    row("projects:my_portfolio_move", "POST", project, data=lambda w: {"direction": "up"}, **OWNER),
    row("projects:my_score", "GET", **EVERYONE),
    row("projects:my_score_in", "GET", lambda w: SCORE, **EVERYONE),
    row("projects:tick_project", "POST", lambda w: SCORE + project(w), data=lambda w: {"kind": "unique"}, **OWNER),
    row("projects:add_work", "POST", lambda w: SCORE, data=lambda w: {"title": "A paper"}, **EVERYONE),
    row("projects:tick_work", "POST", lambda w: SCORE + work(w), data=lambda w: {"kind": "unique"}, **OWNER),
    row("projects:remove_work", "POST", lambda w: SCORE + work(w), **OWNER),
    row("api:portfolios-detail", "GET", handle("mentor"), "404", mentor="in"),
    row("api:portfolio", "GET", visitor="401"),
    row("api:portfolio", "PATCH", visitor="401", data=lambda w: {"about": "Hello"}),
    row("api:portfolio-score", "GET", visitor="401"),
    row("api:portfolio-project-list", "GET", visitor="401"),
    row(
        "api:portfolio-project-list", "POST",
        data=lambda w: {"submission": w.portfolio_project.submission_id}, **API_OWNER,
    ),
    row("api:portfolio-project-detail", "GET", project, **API_OWNER),
    row("api:portfolio-project-detail", "PATCH", project, data=lambda w: {"title": "Rent"}, **API_OWNER),
    row("api:portfolio-project-move", "POST", project, data=lambda w: {"places": 1}, **API_OWNER),
    row("api:portfolio-project-tick", "POST", project, data=lambda w: {"kind": ""}, **API_OWNER),
    row("api:other-work-list", "GET", visitor="401"),
    row("api:other-work-list", "POST", visitor="401", data=lambda w: {"title": "A paper"}),
    row("api:other-work-detail", "GET", work, **API_OWNER),
    row("api:other-work-detail", "DELETE", work, **API_OWNER),
    row("api:other-work-tick", "POST", work, data=lambda w: {"kind": ""}, **API_OWNER),
]  # fmt: skip
