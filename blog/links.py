"""Looking whether the links of a post are alive: in a task, never while a page waits."""

import time

from blog.models import Link, Post
from blog.text_facts import facts_of
from mentorship.common import clock
from mentorship.common.enqueue import enqueue
from mentorship.common.links import look
from mentorship.common.rendering.errors import RenderError

SECONDS = 45.0  # of one task; what is left is another one's


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
        found = look(url)
        values = {"state": found.state, "said": found.said[:200], "checked_at": clock.now()}
        Link.objects.update_or_create(url=url, defaults=values)
        looked += 1
    return looked
