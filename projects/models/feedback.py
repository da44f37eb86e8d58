"""What mentees found helpful: a short private rating once their work is accepted, and words that a mentor may show."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import F, Q

from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.notifications.outbox import tell
from mentorship.people.events import record
from mentorship.people.models import User
from projects.models.submission import Submission

LONGEST_TESTIMONIAL = 600


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    def testimonials(self) -> "FeedbackQuerySet":
        return self.exclude(testimonial="").select_related("by", "submission__project").order_by("-given_at", "-pk")

    def testimonials_for(self, mentor: Any) -> "FeedbackQuerySet":
        """What mentees wrote for `mentor` to show; never the rating that it came with."""
        return self.filter(mentor=mentor).testimonials()

    def shown_of(self, mentor: User) -> "FeedbackQuerySet":
        """The testimonials that `mentor` shows to whoever may open their profile."""
        return self.testimonials_for(mentor).filter(shown_at__isnull=False, by__is_active=True)


class Feedback(models.Model):
    """What one of whose work was accepted says about one of its reviewers. The rating counts in sums only."""

    class Rating(models.IntegerChoices):
        NOT = 1, "Not really"
        LITTLE = 2, "A little"
        HELPFUL = 3, "Helpful"
        VERY = 4, "Very helpful"

    class Helped(models.TextChoices):
        SPECIFIC = "specific", "Comments on the exact spot"
        WHY = "why", "Being asked why"
        NEXT = "next", "Knowing what to do next"
        PROMPT = "prompt", "Not waiting long"
        KIND = "kind", "The tone"

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="feedback")
    mentor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="feedback_got")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="feedback_given")
    rating = models.PositiveSmallIntegerField(choices=Rating)
    helped = ArrayField(models.CharField(max_length=8, choices=Helped), default=list, blank=True)
    testimonial = models.TextField(blank=True, max_length=LONGEST_TESTIMONIAL)
    shown_at = models.DateTimeField(null=True, blank=True, help_text="Since when the mentor shows the testimonial.")
    given_at = models.DateTimeField(default=clock.now)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["mentor", "-given_at"], name="feedback_of_mentor")]
        constraints = [
            models.UniqueConstraint("submission", "mentor", "by", name="feedback_once"),
            models.CheckConstraint(condition=Q(rating__gte=1, rating__lte=4), name="feedback_rating_known"),
            models.CheckConstraint(condition=~Q(mentor=F("by")), name="feedback_of_another"),
            models.CheckConstraint(condition=Q(shown_at=None) | ~Q(testimonial=""), name="feedback_shown_has_words"),
        ]

    def __str__(self) -> str:
        return f"of {self.mentor_id} on {self.submission_id}"

    @classmethod
    def give(
        cls,
        *,
        submission: Submission,
        mentor: User,
        by: User,
        rating: int,
        helped: Iterable[str] = (),
        testimonial: str = "",
        at: datetime | None = None,
    ) -> "Feedback":
        """Say, or say anew, how helpful `mentor` was. Other words are not shown until the mentor shows them again."""
        now = at or clock.now()
        if rating not in cls.Rating.values or not set(helped) <= set(cls.Helped.values):
            raise Refused("Choose from what is offered.", code="rating")
        words = testimonial.strip()
        with transaction.atomic():
            current = Submission.objects.select_for_update(no_key=True).get(pk=submission.pk)
            if not current.is_by(by) or current.state != Submission.State.ACCEPTED:
                raise Refused("Once your work is accepted, you can say what helped.", code="not_accepted")
            if not reviewers_of(submission).filter(pk=mentor.pk).exists():
                raise Refused(f"{mentor} did not review this work.", code="not_a_reviewer")
            given = cls.objects.filter(submission=submission, mentor=mentor, by=by).first()
            row = given or cls(submission=submission, mentor=mentor, by=by)
            if row.testimonial != words:
                row.shown_at = None
            row.rating, row.helped, row.testimonial, row.given_at = rating, sorted(set(helped)), words, now
            row.save()
            record(actor=by, verb="gave_feedback", subject=row, at=now)
            if words:
                title = f"{by} wrote a few words about your reviews"
                body = f"“{words}”\n\nShow them on your profile, or keep them for yourself."
                tell(mentor, "testimonial", subject=row, title=title, body=body, url="/queue/figures/", at=now)
        return row

    def show(self, *, by: User, shown: bool, at: datetime | None = None) -> None:
        """The mentor shows the testimonial on their profile, or no longer."""
        now = at or clock.now()
        with transaction.atomic():
            if by.pk != self.mentor_id:
                raise Refused("This is about somebody else.", code="not_yours")
            rows = Feedback.objects.filter(pk=self.pk).exclude(testimonial="")
            if not rows.update(shown_at=now if shown else None):
                raise Refused("There are no words to show any more.", code="no_words")
            record(actor=by, verb="showed" if shown else "hid", subject=self, at=now)
        self.refresh_from_db()


def reviewers_of(submission: Submission) -> models.QuerySet[User]:
    """Who published a review of this work."""
    published = submission.rounds.filter(reviews__state="published").order_by()
    return User.objects.filter(pk__in=published.values("reviews__mentor")).order_by("pk")
