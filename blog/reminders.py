"""What time causes on the blog: mentees who have not written yet are reminded in weeks 6 and 8."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, CharField, DateTimeField, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Concat, Greatest

from blog.models import Coauthor, Post
from mentorship.cohorts.models import Cohort, Membership, on_clock
from mentorship.cohorts.standstill import StoodStill, on_pause
from mentorship.notifications.models import Notification
from mentorship.notifications.outbox import tell

KIND = "no_post_written"
DAYS = (56, 42)
WORDS = {
    42: (
        "Six weeks in: time for your first post",
        "The aim is one post in your first two months. Take something you looked up and found no good "
        "explanation for; a page is enough, and an editor helps you with it. Two weeks are left.",
    ),
    56: (
        "Eight weeks in: your first post is due",
        "It need not be long or perfect. Write down one thing that you would have liked to read yourself, then ask "
        "for editing: an editor takes it from there with you.",
    ),
}


def due(at: datetime) -> QuerySet[Any]:
    """Mentees who have written nothing since they joined, with the highest `threshold` they reached untold.

    A post is written, by its author and by who agreed to be its co-author, once editing was asked for or it is
    published. A day without beat loses nothing: the question is only what was told at this threshold or a higher
    one. Days of a pause do not count.
    """
    begun = Greatest("joined_at", Cast("cohort__starts_on", DateTimeField()))
    reached = Case(
        *(When(begun__lte=at - timedelta(days=days), then=Value(days)) for days in DAYS), output_field=IntegerField()
    )
    since = Q(asked_at__gte=OuterRef("joined_at")) | Q(published_at__gte=OuterRef("joined_at"))
    written = Post.objects.filter(since, author_id=OuterRef("person_id"))
    joined = OuterRef("joined_at")
    together = Coauthor.objects.agreed().filter(
        Q(post__asked_at__gte=joined) | Q(post__published_at__gte=joined), person_id=OuterRef("person_id")
    )
    told = Notification.objects.filter(
        person_id=OuterRef("person_id"),
        kind=KIND,
        subject=Concat(Value("membership:"), Cast(OuterRef("pk"), CharField())),
        threshold__gte=OuterRef("threshold"),
    )
    return (
        Membership.objects.filter(
            on_clock("cohort"),
            role=Membership.Role.MENTEE,
            left_at=None,
            cohort__state=Cohort.State.RUNNING,
            person__is_active=True,
        )
        .filter(~on_pause("pk", at))
        .annotate(joined=begun)
        .annotate(begun=F("joined") + StoodStill("pk", "joined", at))
        .annotate(threshold=reached)
        .filter(threshold__isnull=False)
        .filter(~Exists(written), ~Exists(together), ~Exists(told))
        .select_related("person", "cohort")
        .order_by("pk")
    )


def remind(*, at: datetime) -> int:
    """Tell everyone who is due at `at`; how many were told by this call."""
    count = 0
    for membership in due(at):
        title, body = WORDS[membership.threshold]
        count += tell(
            membership.person,
            KIND,
            subject=membership,
            threshold=membership.threshold,
            title=title,
            body=body,
            url="/blog/board/",
            at=at,
        )
    return count
