from tests.access.table import row


def handle(role):
    return lambda w: [w.people[role].handle]


ROWS = [
    row("api:docs", "GET"),
    row("api:docs_part", "GET", lambda w: ["rounds"]),
    row("api:me", "GET", visitor="401"),
    row("api:me", "PATCH", visitor="401", data=lambda w: {"headline": "Hello"}),
    row("api:person-detail", "GET", handle("mentor"), visitor="404"),
    row("api:token-list", "GET", visitor="401"),
    row("api:token-list", "POST", rest="403", visitor="401", data=lambda w: {"name": "laptop"}),
    row("api:token-detail", "DELETE", lambda w: [w.token.pk], "404", visitor="401", mentee="in"),
    row("people:profile", "GET", handle("mentor"), visitor="login"),
    row("people:start", "GET", visitor="login"),
    row("people:settings", "GET", visitor="login"),
    row("people:settings", "POST", visitor="login", data=lambda w: {"name": ""}),
    row("people:account", "GET", visitor="login"),
    row("people:tokens", "GET", visitor="login"),
    row("people:tokens", "POST", visitor="login", data=lambda w: {"name": "laptop", "days": 30}),
    row("people:revoke", "POST", lambda w: [w.token.pk], "404", visitor="login", mentee="in"),
    row("people:change_password", "GET", visitor="login"),
    row("dev_mails", "GET", rest="404"),
    row("dev_mail", "GET", lambda w: ["1700000000000000000-0a1b2c3d"], "404"),
    row("dev_mail_html", "GET", lambda w: ["1700000000000000000-0a1b2c3d"], "404"),
]
