"""Counting how often a post is opened: cheaply, and without looking at who does."""

from datetime import datetime

from django.http import HttpRequest

from blog.models import Post, Reads
from mentorship.common import counting

NAME = "reads"
# What says of itself that it is a machine. Nothing of it is kept.
MACHINES = ("bot", "crawl", "spider", "slurp", "preview", "monitor", "curl", "wget", "python", "feed", "headlesschrome")


def count_read(request: HttpRequest, post: int, at: datetime) -> None:
    """Someone opened the page of `post`; a machine that says so, and a browser that only fetches ahead, do not."""
    agent = request.headers.get("User-Agent", "").lower()
    ahead = "prefetch" in request.headers.get("Sec-Purpose", "")
    if request.method == "GET" and agent and not ahead and not any(mark in agent for mark in MACHINES):
        counting.count(NAME, post, at)


def keep_reads(at: datetime) -> int:
    """Take what was counted today and yesterday over into the database; how many reads that were."""
    posts = Post.objects.published().values_list("pk", flat=True)
    return counting.keep(NAME, posts, at, Reads, "post_id")
