"""The audit, imports, exports and rehearsals: for admins."""

from tests.access.table import row

ADMIN = {"rest": "404", "visitor": "login", "admin": "in"}
API = ADMIN | {"visitor": "401"}

ROWS = [
    row("home:audit", "GET", **ADMIN),
    row("home:export_audit", "POST", **ADMIN),
    row("api:event-list", "GET", **API),
]
