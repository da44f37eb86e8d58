"""One post that waits at the Jekyll blog, and one that is out there; nobody outside is asked."""

from datetime import datetime, timedelta

from blog.crossposting.destination import Stands
from blog.models import CrossPost, Post
from mentorship.people.models import User

BLOG = "https://github.com/example/blog/pull"


def make_cross_posts(people: dict[str, User], now: datetime) -> None:
    out = Post.objects.published().get(author=people["nadia"])
    row = CrossPost.opened_by_hand(out, by=people["nadia"], url=f"{BLOG}/11", number=11, at=now - timedelta(days=18))
    row.stand(Stands("merged"), at=now - timedelta(days=15))
    waits = Post.objects.published().get(author=people["chiara"])
    CrossPost.opened_by_hand(waits, by=people["emre"], url=f"{BLOG}/12", number=12, at=now - timedelta(days=3))
