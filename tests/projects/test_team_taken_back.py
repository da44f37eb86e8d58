"""A verdict on a team's work that is taken back counts for nobody, and counts again once it is given again."""

from datetime import timedelta

from django.utils import timezone

from streams.models import Progress
from tests import factory


def test_taken_back_it_counts_for_nobody(cohort, amara, bela, mateo):
    work = factory.make_team_work(cohort, amara, bela)
    for part in work.team.all():
        part.state_contribution("Mine.", by=part.person)
        part.approve(by=mateo, why="Seen.")
    now = timezone.now()
    review = factory.make_review(work, mateo, factory.accepting(work), at=now)
    done = Progress.objects.filter(item=work.project.item, state="done")
    assert done.count() == 3
    review.take_back(by=mateo, at=now + timedelta(minutes=5))
    assert done.count() == 0
    assert not work.team.filter(credited_at__isnull=False).exists()
    review.publish(by=mateo, verdict="accepted", at=now + timedelta(minutes=6))
    assert done.count() == 3
