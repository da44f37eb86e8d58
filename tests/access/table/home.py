from tests.access.table import row

ROWS = [
    row("home:landing", "GET"),
    row("home:charter", "GET"),
    row("home:faq", "GET"),
    row("home:home", "GET", visitor="login"),
    row("home:search", "GET"),
    row("api:search", "GET"),
    row("api:schema", "GET"),
]
