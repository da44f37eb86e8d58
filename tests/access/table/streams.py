from tests.access.table import row

ROWS = [
    row("streams:index", "GET"),
    row("streams:stream", "GET", lambda w: [w.stream.key]),
    row("streams:item", "GET", lambda w: [w.stream.key, w.item.key]),
    row(
        "streams:mark",
        "POST",
        lambda w: [w.stream.key, w.item.key],
        data=lambda w: {"state": "done"},
        visitor="login",
    ),
    row("api:stream-list", "GET"),
    row("api:stream-detail", "GET", lambda w: [w.stream.key]),
    row("api:item-detail", "GET", lambda w: [w.item.key]),
    row("api:item-mark", "POST", lambda w: [w.item.key], data=lambda w: {"state": "done"}, visitor="401"),
    row("api:progress-list", "GET", visitor="401"),
]
