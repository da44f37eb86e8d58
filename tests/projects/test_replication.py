"""A paper replicated: its figures claimed against reproduced, and the project that goes on from there."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from mentorship.common.errors import Refused
from projects.models import PaperFigure, Replication, Submission
from projects.papers import Claimed, Paper, row_of, summary
from tests import factory

PAPER = Paper(
    title="Attention is all you need",
    url="https://arxiv.org/abs/1706.03762",
    seeds="1 to 3",
    deviations="Half the *batch*.",
    ideas="- Fewer heads",
    figures=(Claimed("BLEU", Decimal("27.3"), Decimal("26.1"), Decimal("0.3")), Claimed("Perplexity", Decimal("4.9"))),
)


@pytest.fixture
def replication(stream):
    unit = stream.units.get()
    item = factory.make_item(unit, "paper", key=f"{stream.key}-paper", kind="project")
    return factory.make_project(item, label="Advanced project 1", replicates=True)


@pytest.fixture
def extension(stream, replication):
    item = factory.make_item(stream.units.get(), "more", key=f"{stream.key}-more", kind="project")
    return factory.make_project(item, label="Advanced project 2", builds_on=replication)


@pytest.fixture
def seat(cohort, amara):
    return cohort.memberships.get(person=amara)


def hand_in(project, seat, **fields):
    return project.hand_in(by=seat.person, membership=seat, work=factory.make_work(project, **fields))


def figure(claimed, reproduced=None, spread=None, lower=False):
    values = [None if value is None else Decimal(value) for value in (claimed, reproduced, spread)]
    return row_of(Claimed("a", *values, lower))


@pytest.mark.parametrize(
    ("values", "gap", "relative", "verdict"),
    [
        (("27.3", "26.1"), "−1.2", "−4.4 %", "Falls short"),
        (("27.3", "26.1", "1.2"), "−1.2", "−4.4 %", "Within the spread"),
        (("27.3", "27.3"), "0", "+0.0 %", "The same"),
        (("27.3", "28"), "+0.7", "+2.6 %", "Better than claimed"),
        (("4.9", "5.2", None, True), "+0.3", "+6.1 %", "Falls short"),
        (("4.9", "4.5", None, True), "−0.4", "−8.2 %", "Better than claimed"),
        (("-2", "-3"), "−1", "−50.0 %", "Falls short"),
        (("0", "1"), "+1", "", "Better than claimed"),
        (("27.3",), "", "", "Not reproduced"),
    ],
)
def test_the_gap_is_reckoned_with_its_sign(values, gap, relative, verdict):
    row = figure(*values)
    assert (row.gap, row.relative, row.verdict) == (gap, relative, verdict)


def test_the_whole_in_a_sentence():
    rows = [figure("1", "1"), figure("2", "1"), figure("3")]
    assert summary(rows) == "1 of 3 figures reproduced: 1 falls short, 1 was not reproduced."
    assert summary(rows[:1]) == "1 of 1 figure reproduced."


def test_a_round_keeps_its_paper_and_it_never_changes(replication, seat):
    hand_in(replication, seat, paper=PAPER)
    kept = Replication.objects.get()
    assert "<em>batch</em>" in kept.deviations_html
    assert [str(row) for row in kept.figures.all()] == ["BLEU", "Perplexity"]
    for change in (
        lambda: Replication.objects.update(title="Another"),
        lambda: PaperFigure.objects.update(reproduced=Decimal(99)),
        lambda: PaperFigure.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_extension_waits_for_the_replication_and_keeps_the_link(replication, extension, seat, mateo):
    with pytest.raises(Refused) as refusal:
        hand_in(extension, seat)
    assert refusal.value.code == "needs_accepted"
    first = hand_in(replication, seat, paper=PAPER)
    with pytest.raises(Refused):
        hand_in(extension, seat)
    factory.make_review(first, mateo, factory.accepting(first))
    second = hand_in(extension, seat)
    assert second.starts_from == first
    with pytest.raises(DatabaseError), transaction.atomic():
        Submission.objects.filter(pk=second.pk).update(starts_from=None)


def test_the_pages_show_both_ways(sign_in, replication, extension, seat, mateo, amara):
    first = hand_in(replication, seat, paper=PAPER)
    factory.make_review(first, mateo, factory.accepting(first))
    before = sign_in(amara).get(f"/projects/{extension.key}/hand-in/").content.decode()
    assert "Ideas written down then" in before
    second = hand_in(extension, seat)
    shown = sign_in(mateo).get(first.get_absolute_url()).content.decode()
    assert "Falls short" in shown
    assert second.get_absolute_url() in shown
    later = sign_in(amara).get(second.get_absolute_url()).content.decode()
    assert first.get_absolute_url() in later
    assert "Fewer heads" in later


def test_without_the_replication_the_page_says_what_comes_first(sign_in, replication, extension, seat, amara):
    page = sign_in(amara).get(f"/projects/{extension.key}/hand-in/").content.decode()
    assert "First comes Advanced project 1" in page
    assert replication.get_absolute_url() in page
