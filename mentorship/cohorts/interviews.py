"""What a mock interview asks for: the rounds that companies have, and what to look at in each.

The rounds are those of machine-learning interviews as the program's seeds name them; the four levels are those of a
review. The interviewer speaks about the candidate by the round's points, the candidate about the interviewer by three.
"""

from dataclasses import dataclass

from django.db import models

from mentorship.study.questions.models.question import Round


class Level(models.IntegerChoices):
    NOT_YET = 0, "Not yet"
    PARTLY = 1, "Partly"
    YES = 2, "Yes"
    BEYOND = 3, "Beyond"


class InterviewRound(models.TextChoices):
    BREADTH = "breadth", "Machine-learning breadth"
    DEPTH = "depth", "Machine-learning depth"
    DESIGN = "design", "System design"
    CODING = "coding", "Coding"
    BEHAVIOURAL = "behavioural", "Behavioural"
    PROJECT = "project", "Project deep dive"


@dataclass(frozen=True)
class Point:
    """One thing to look at; `key` names it in what is stored."""

    key: str
    question: str


RUBRIC: dict[str, list[Point]] = {
    InterviewRound.BREADTH: [
        Point("explains", "Explains a concept in plain words, then exactly?"),
        Point("compares", "Says when one method beats another, and why?"),
        Point("fails", "Names what goes wrong with it: leakage, imbalance, overfitting?"),
        Point("honest", "Says 'I do not know' where that is so, and reasons on from there?"),
    ],
    InterviewRound.DEPTH: [
        Point("derives", "Derives the core of a method without looking it up?"),
        Point("assumes", "Names its assumptions and what breaks when they fail?"),
        Point("trains", "Explains how it is optimised and what its settings do?"),
        Point("literature", "Places it among newer work?"),
    ],
    InterviewRound.DESIGN: [
        Point("asks", "Asks what the goal, the scale and the limits are before designing?"),
        Point("data", "Thinks of where data and labels come from, and how they drift?"),
        Point("measures", "Chooses metrics offline and online, with a baseline?"),
        Point("serves", "Covers serving, latency, monitoring and what happens on failure?"),
    ],
    InterviewRound.CODING: [
        Point("clarifies", "Asks for inputs, edge cases and limits before writing?"),
        Point("works", "Gets to code that runs and is right?"),
        Point("cost", "Knows its cost in time and memory?"),
        Point("tests", "Tests it aloud, and mends what breaks?"),
    ],
    InterviewRound.BEHAVIOURAL: [
        Point("story", "Tells one concrete situation, not a habit?"),
        Point("own", "Says what they themselves did?"),
        Point("outcome", "Says what came of it, with a number where there is one?"),
        Point("learned", "Says what they would do differently?"),
    ],
    InterviewRound.PROJECT: [
        Point("problem", "States the problem and who had it within a minute?"),
        Point("choices", "Gives the reason for each choice, and what it was weighed against?"),
        Point("evidence", "Shows by which measurement it worked?"),
        Point("next", "Knows its weaknesses and the next step?"),
    ],
}
ABOUT_INTERVIEWER = [
    Point("clear", "Were the questions clear?"),
    Point("room", "Was there room to think aloud, with a hint where it helped?"),
    Point("useful", "Do you know now what to work on?"),
]


def points(interview_round: str, *, about_interviewer: bool) -> list[Point]:
    """What one side is asked about the other."""
    return ABOUT_INTERVIEWER if about_interviewer else RUBRIC[interview_round]


def round_of(interview_round: str) -> str:
    """The same round as the bank of questions calls it."""
    return Round.DESIGN.value if interview_round == InterviewRound.DESIGN else interview_round
