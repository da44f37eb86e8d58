"""What is scheduled publishes itself when its moment has come."""

from datetime import datetime

from django.db import transaction

from blog import telling
from blog.models import Post
from mentorship.common.errors import Refused
from mentorship.people.models import Event

MOST = 200  # in one run; the rest a minute later


def publish_due(*, at: datetime) -> int:
    """Publish what is due at `at`, also what was due while nothing ran; how many this call published."""
    return sum(publish_one(pk, at) for pk in list(Post.objects.due(at).values_list("pk", flat=True)[:MOST]))


def publish_one(pk: int, at: datetime) -> bool:
    """Whether this call published it. A post that another worker has in hand is left to that one."""
    with transaction.atomic():
        post = Post.objects.due(at).filter(pk=pk).select_for_update(of=("self",), skip_locked=True).first()
        if post is None:
            return False
        said = said_by(post)
        try:
            with transaction.atomic():
                post.publish(by=said.actor or post.author, scheduled=True, at=at)
        except Refused as refusal:
            telling.stayed(post, said, refusal.message, at)
            return False
    return True


def said_by(post: Post) -> Event:
    """The event that set its moment; its actor is in whose name it is published."""
    events = Event.objects.filter(subject_type="blog.post", subject_id=post.pk, verb="scheduled")
    return events.select_related("actor").latest("pk")
