"""Groups, the shared draft of a team, who contributed what, papers and hours."""

from tests.access.table import row

MEMBERS = {"mentee": "in", "other_mentee": "in", "mentor": "in", "admin": "in"}
PAGE = MEMBERS | {"rest": "404", "visitor": "login"}
FORMS = PAGE | {"mentor": "404"}
API = PAGE | {"visitor": "401"}


def cohort(w):
    return [w.cohort.slug]


def pair(w):
    return [w.cohort.slug, w.pair.pk]


def pk(w):
    return [w.pair.pk]


def own_place(w):
    return w.pair.members.get(membership=w.mentee).pk


def team(w):
    return [w.team_work.pk]


def part(w):
    return [w.team_work.pk, w.team_work.team.get(person=w.people["other_mentee"]).pk]


def capstone(w):
    return [w.team_work.project.key]


KEY = {"visitor": "401"}
TEAM = {"rest": "404", "visitor": "login", "mentee": "in", "other_mentee": "in"}
READ = TEAM | {"mentor": "in", "admin": "in"}
MENTOR = {"rest": "404", "visitor": "login", "mentor": "in"}
OWN = {"rest": "404", "visitor": "login", "mentee": "in", "admin": "in"}
ROWS = [
    row("cohorts:groups", "GET", cohort, **PAGE),
    row("cohorts:new_group", "GET", cohort, **FORMS),
    row("cohorts:new_group", "POST", cohort, **FORMS),
    row("cohorts:group", "GET", pair, **PAGE),
    row("cohorts:join_group", "POST", pair, **PAGE),
    row("cohorts:decline_group", "POST", pair, **PAGE),
    row("cohorts:invite", "POST", pair, **PAGE),
    row("cohorts:leave_group", "POST", lambda w: [*pair(w), own_place(w)], **OWN),
    row("projects:team", "GET", team, **READ),
    row("projects:state_contribution", "POST", team, data=lambda w: {"contribution": "The data."}, **TEAM),
    row("projects:confirm_contribution", "POST", part, **TEAM),
    row("projects:approve_contribution", "POST", part, **MENTOR),
    row("projects:approve_contributions", "POST", team, **MENTOR),
    row("projects:commit_log", "POST", team, data=lambda w: {"log": "3 Amara <amara-okafor@example.org>"}, **TEAM),
    row("projects:match_commits", "POST", team, **TEAM),
    row("api:submission-team", "GET", team, **(READ | KEY)),
    row("api:submission-state-contribution", "POST", team, data=lambda w: {"contribution": "Data."}, **(TEAM | KEY)),
    row("api:submission-confirm-contribution", "POST", part, **(TEAM | KEY)),
    row("api:submission-approve-contribution", "POST", part, **(MENTOR | KEY)),
    row("api:submission-commit-log", "POST", team, data=lambda w: {"log": "3 Amara"}, **(TEAM | KEY)),
    row("api:submission-match-commits", "POST", team, **(TEAM | KEY)),
    row("api:project-draft", "GET", capstone, **(TEAM | KEY)),
    row("api:project-draft", "PUT", capstone, data=lambda w: {"version": 0}, **(TEAM | KEY)),
    row("api:group-list", "GET", visitor="401"),
    row("api:group-list", "POST", visitor="401"),
    row("api:group-detail", "GET", pk, **API),
    row("api:group-join", "POST", pk, **API),
    row("api:group-decline", "POST", pk, **API),
    row("api:group-invite", "POST", pk, **API),
    row("api:group-leave", "POST", lambda w: [*pk(w), own_place(w)], **(OWN | {"visitor": "401"})),
]
