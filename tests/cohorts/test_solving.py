"""Matching without a database: waking hours on real calendars, what forbids a pair, the best pairs at once."""

from datetime import date, time

import pytest

from mentorship.cohorts.matching.pairing import Around, Pair, Seat, hours
from mentorship.cohorts.matching.solving import Question, solve
from mentorship.cohorts.matching.waking import Waking, overlap, sample_days

SPRING = sample_days(date(2027, 2, 1), date(2027, 5, 31))
AROUND = Around(SPRING, {1: "Trees", 2: "Evaluation", 3: "Networks"})


def waking(zone="UTC", since=8, until=22):
    return Waking(zone, time(since), time(until))


def mentee(pk, **fields):
    return Seat(pk, pk, f"Mentee {pk}", **{"waking": waking()} | fields)


def mentor(pk, capacity=1, **fields):
    return Seat(pk, pk, f"Mentor {pk}", capacity=capacity, **{"waking": waking()} | fields)


def solved(mentees, mentors, pins=None, around=AROUND):
    return solve(Question(mentees, mentors, around), pins)


def chosen(solution):
    return {one.mentee.pk: one.pair and one.pair.mentor.pk for one in solution.answers}


def test_two_in_one_zone_share_what_both_are_awake():
    both = overlap(waking(since=8, until=22), waking(since=14, until=23), SPRING)
    assert (both.least, both.most, both.mean) == (480, 480, 480)


def test_awake_past_midnight():
    assert overlap(waking(since=18, until=2), waking(since=0, until=6), SPRING).most == 120


def test_the_overlap_changes_when_only_one_of_the_two_changes_clocks():
    """Berlin goes to summer time on 28 March 2027, Lagos never does: an hour's difference becomes none."""
    both = overlap(waking("Europe/Berlin"), waking("Africa/Lagos"), SPRING)
    assert (both.least, both.most) == (13 * 60, 14 * 60)


def test_clocks_that_go_apart_from_both_sides():
    """Santiago goes back on 3 April 2027, a week after Berlin went forward: four hours, then five, then six apart."""
    both = overlap(waking("Europe/Berlin"), waking("America/Santiago"), SPRING)
    assert (both.least, both.most) == (8 * 60, 10 * 60)


def test_zones_of_half_and_quarter_hours():
    both = overlap(waking("Asia/Kathmandu"), waking("Asia/Kolkata"), SPRING)
    assert both.mean == 14 * 60 - 15


def test_a_cohort_of_two_days_is_looked_at_on_its_first():
    assert sample_days(date(2027, 2, 1), date(2027, 2, 2)) == (date(2027, 2, 1),)


@pytest.mark.parametrize(
    ("minutes", "said"), [(0, "0"), (30, "½"), (60, "1"), (90, "1½"), (475, "8"), (435, "7"), (450, "7½")]
)
def test_hours_as_they_are_said(minutes, said):
    assert hours(minutes) == said


def test_what_forbids_a_pair():
    assert Pair.of(mentee(1, vetoes=frozenset([9])), mentor(9), AROUND).forbidden == "vetoed_by_mentee"
    assert Pair.of(mentee(1), mentor(9, vetoes=frozenset([1])), AROUND).forbidden == "vetoed_by_mentor"
    one, other = mentee(1, languages=frozenset(["en"])), mentor(9, languages=frozenset(["es"]))
    assert Pair.of(one, other, AROUND).forbidden == "language"
    assert Pair.of(one, mentor(9), AROUND).forbidden == ""  # who says nothing of languages is not ruled out
    assert Pair.of(mentee(1), Seat(9, 1, "Mentee 1", waking()), AROUND).forbidden == "oneself"


def test_the_sentence_says_what_speaks_for_them():
    one = Seat(
        1, 1, "Amara Okafor", waking("Africa/Lagos"), frozenset(["en", "fr"]), frozenset([1, 2, 3]), frozenset([9])
    )
    other = Seat(9, 9, "Mateo Rojas", waking("Africa/Lagos"), frozenset(["en", "fr"]), frozenset([1, 3]))
    assert Pair.of(one, other, AROUND).sentence == (
        "Amara asked for Mateo, they speak English and French, both are awake 14 hours a day and "
        "Mateo knows 2 of 3 wished topics (“Trees”, “Networks”)."
    )


def test_the_sentence_of_two_who_share_nothing():
    one = mentee(1, waking=waking(since=8, until=12), topics=frozenset([2]))
    pair = Pair.of(one, mentor(9, waking=waking(since=14, until=18)), AROUND)
    assert pair.sentence == "They are never awake at the same time and Mentor knows none of the wished topics."


def test_the_best_for_all_and_not_for_the_first():
    """Both want mentor 8; the one who loses less by it goes to 9."""
    first = mentee(1, wishes=frozenset([8]), topics=frozenset([1]))
    second = mentee(2, wishes=frozenset([8]))
    mentors = [mentor(8), mentor(9, topics=frozenset([1]))]
    assert chosen(solved([first, second], mentors)) == {1: 9, 2: 8}


def test_as_many_as_possible_come_before_points():
    """Mentee 1 fits 8 best, but only 8 may have mentee 2."""
    first = mentee(1, wishes=frozenset([8]), languages=frozenset(["en", "es"]))
    second = mentee(2, languages=frozenset(["es"]))
    mentors = [mentor(8, languages=frozenset(["es"])), mentor(9, languages=frozenset(["en"]))]
    assert chosen(solved([first, second], mentors)) == {1: 9, 2: 8}


def test_the_load_is_spread_among_those_who_fit_as_well():
    mentors = [mentor(8, capacity=4), mentor(9, capacity=4)]
    found = chosen(solved([mentee(pk) for pk in range(1, 5)], mentors))
    assert sorted(found.values()) == [8, 8, 9, 9]


def test_hours_that_a_mentor_has_said_count_across_cohorts():
    mentors = [mentor(8, capacity=9, hours=2, elsewhere=2), mentor(9, capacity=2)]
    assert sorted(chosen(solved([mentee(1), mentee(2)], mentors)).values()) == [9, 9]


@pytest.mark.parametrize(
    ("mentors", "sentence"),
    [
        ([], "The cohort has no mentor who is there."),
        ([mentor(9, capacity=0)], "No mentor has a place left."),
        ([mentor(9, vetoes=frozenset([1]))], "The only mentor with a place left is ruled out by the mentor."),
        (
            [mentor(9, languages=frozenset(["es"])), mentor(7, languages=frozenset(["ja"]))],
            "All 2 mentors with a place left are without a language in common.",
        ),
        (
            [mentor(8), mentor(9, languages=frozenset(["es"]))],
            "Of 2 mentors with a place left, 1 is ruled out by the mentee and 1 is without a language in common.",
        ),
    ],
)
def test_why_somebody_stays_without_a_mentor(mentors, sentence):
    alone = mentee(1, vetoes=frozenset([8]), languages=frozenset(["en"]))
    (answer,) = solved([alone], mentors).answers
    assert (answer.pair, answer.why_not) == (None, sentence)


def test_who_finds_no_place_is_told_whose_places_went_to_others():
    answers = solved([mentee(1), mentee(2)], [mentor(9)]).answers
    (alone,) = [one for one in answers if one.pair is None]
    assert alone.why_not == "Others fit better into the 1 place of Mentor 9."


def test_pins_stay_when_they_may():
    wish = mentee(1, wishes=frozenset([8]))
    two = [mentor(8), mentor(9)]
    assert chosen(solved([wish, mentee(2)], two, {1: 9})) == {1: 9, 2: 8}
    assert chosen(solved([wish, mentee(2)], two, {1: None})) == {1: None, 2: 8}
    lost = solved([mentee(1, vetoes=frozenset([9])), mentee(2), mentee(3)], two, {1: 9, 2: 7, 3: 8})
    assert [text.partition(":")[0] for text in lost.lost_pins] == ["Mentee 1", "Mentee 2"]
    assert chosen(lost)[3] == 8


def test_five_hundred_mentees_and_sixty_mentors():
    zones = ["Africa/Lagos", "Europe/Berlin", "America/Santiago", "Asia/Tokyo", "Asia/Amman", "America/Denver"]
    languages = [frozenset(["en"]), frozenset(["en", "fr"]), frozenset(["es", "en"]), frozenset(["es"])]

    def seat(number, **more):
        topics = frozenset([1 + number % 3, 1 + number % 2])
        own = {"waking": waking(zones[number % 6], 6 + number % 4), "languages": languages[number % 4]}
        return Seat(number, number, f"Person {number}", topics=topics, **own | more)

    mentors = [seat(1000 + number, capacity=8, hours=6) for number in range(60)]
    mentees = [
        seat(number, wishes=frozenset([1000 + number % 60]), vetoes=frozenset([1000 + (number * 7 + 1) % 60]))
        for number in range(500)
    ]
    found = solved(mentees, mentors)
    assert sum(one.pair is not None for one in found.answers) == 480  # every place is taken
    assert all(one.pair.forbidden == "" if one.pair else one.why_not for one in found.answers)
    assert chosen(found) == chosen(solved(mentees, mentors))
