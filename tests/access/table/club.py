from tests.access.table import row

GROUP = {"mentee": "in", "admin": "in"}  # the other one of the pair has not answered yet
PAGE = {"visitor": "login"} | GROUP
API = {"visitor": "401"} | GROUP
OWN = {"mentee": "in"}
SENT = {"paper": "1512.03385", "title": "Residuals"}


def club(w):
    return [w.cohort.slug, w.pair.pk]


def paper(w):
    return [w.cohort.slug, w.pair.pk, w.club_paper.pk]


def by_id(w):
    return [w.pair.pk, w.club_paper.pk]


ROWS = [
    row("cohorts:club", "GET", club, "404", **PAGE),
    row("cohorts:club", "POST", club, "404", data=lambda w: SENT, **PAGE),
    row("cohorts:choose_paper", "POST", paper, "404", **PAGE),
    row("cohorts:paper_read", "POST", paper, "404", **PAGE),
    row("cohorts:remove_club_paper", "POST", paper, "404", **PAGE),
    row("cohorts:share_reading", "POST", paper, "404", data=lambda w: {"shares": "pass"}, visitor="login", **OWN),
    row("api:group-papers", "GET", lambda w: [w.pair.pk], "404", **API),
    row("api:group-papers", "POST", lambda w: [w.pair.pk], "404", data=lambda w: SENT, **API),
    row("api:group-choose-paper", "POST", by_id, "404", **API),
    row("api:group-paper-read", "POST", by_id, "404", **API),
    row("api:group-remove-paper", "DELETE", by_id, "404", **API),
    row("api:group-share-reading", "PUT", by_id, "404", data=lambda w: {"shares": "pass"}, visitor="401", **OWN),
]
