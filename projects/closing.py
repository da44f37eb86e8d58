"""A cohort is not archived over rounds that wait: its mentors could not open them any more."""

from mentorship.cohorts.models import Cohort
from projects.models import Submission


def rounds_left(cohort: Cohort) -> str:
    """How many of its rounds wait for a review, and what to do; '' for none."""
    count = Submission.objects.filter(cohort=cohort, state=Submission.State.AWAITING_MENTOR).count()
    if not count:
        return ""
    wait = "1 round still waits" if count == 1 else f"{count} rounds still wait"
    return f"{wait} for a review. Have them reviewed, or withdrawn, before the archive: mentors read nothing there."
