"""Looking whether the links of a post are alive: in a task, never while a page waits."""

import time

from blog.models import Link, Post
from blog.text_facts import facts_of
from mentorship.common import clock
from mentorship.common.enqueue import enqueue
from mentorship.common.fetching import NotFetched, fetch
from mentorship.common.rendering.errors import RenderError

SECONDS = 45.0  # of one task; what is left is another one's
EACH = 8.0
LARGEST = 256 * 1024  # more than that is an answer, too
# Doors that are closed to programs, and servers that know no HEAD: people may still get in.
CLOSED = (401, 402, 403, 405, 406, 407, 408, 418, 425, 429, 451, 999)
GONE = (404, 410)


def check_links(pk: int) -> int:
    """Look at the links of a post that nobody looked at for a day, fifty at most; how many. Harmless when repeated."""
    post = Post.objects.filter(pk=pk).only("body").first()
    if post is None:
        return 0
    try:
        links = facts_of(post.body)["links"]
    except RenderError:
        return 0
    known = set(Link.objects.fresh().filter(url__in=links).values_list("url", flat=True))
    ends, looked = time.monotonic() + SECONDS, 0
    for url in [one for one in links if one not in known]:
        if time.monotonic() > ends:
            enqueue("blog.check_links", pk)
            break
        state, said = look(url)
        Link.objects.update_or_create(url=url, defaults={"state": state, "said": said[:200], "checked_at": clock.now()})
        looked += 1
    return looked


def look(url: str) -> tuple[str, str]:
    """Whether something answers at `url`, and what is to be said of it otherwise."""
    try:
        status = fetch(url, method="HEAD", seconds=EACH, largest=LARGEST).status
        if status >= 400:  # many servers answer HEAD carelessly
            status = fetch(url, seconds=EACH, largest=LARGEST).status
    except NotFetched as error:
        if error.code == "too_large":
            return Link.State.ALIVE, ""
        return (Link.State.UNSURE if error.code == "too_slow" else Link.State.DEAD), error.message
    if status < 400:
        return Link.State.ALIVE, ""
    if status in GONE:
        return Link.State.DEAD, "There is no such page any more."
    if status in CLOSED:
        return Link.State.UNSURE, f"It lets no program look (answer {status}); open it yourself once."
    return Link.State.UNSURE if status >= 500 else Link.State.DEAD, f"It answers with an error ({status})."
