"""The audit, imports, exports and rehearsals: for admins."""

from tests.access.table import row

ADMIN = {"rest": "404", "visitor": "login", "admin": "in"}


def checked(w):
    return [w.import_.pk]


def exported(w):
    return [w.export.pk]


API = ADMIN | {"visitor": "401"}

ROWS = [
    row("home:audit", "GET", **ADMIN),
    row("home:export_audit", "POST", **ADMIN),
    row("api:event-list", "GET", **API),
    row("home:rehearsal", "GET", lambda w: [w.cohort.slug], **ADMIN),
    row("home:rehearsal", "POST", lambda w: [w.cohort.slug], **ADMIN),
    row("cohorts:transfers", "GET", **ADMIN),
    row("api:transfer-list", "GET", visitor="401"),
    row("api:transfer-export", "POST", **API),
    row("api:transfer-upload", "POST", **API),
    row("api:transfer-detail", "GET", checked, **API),
    row("api:transfer-apply", "POST", checked, **API),
    row("api:transfer-cancel", "POST", checked, **API),
    row("api:transfer-download", "GET", exported, **API),
    row("cohorts:export", "POST", **ADMIN),
    row("cohorts:upload", "POST", **ADMIN),
    row("cohorts:transfer", "GET", checked, **ADMIN),
    row("cohorts:apply_transfer", "POST", checked, **ADMIN),
    row("cohorts:cancel_transfer", "POST", checked, **ADMIN),
    row("cohorts:download", "GET", exported, **ADMIN),
]
