"""What makes a resume worth the six seconds that it gets: our list, ticked for each version of one's resume.

A key is forever: what somebody ticked is kept under it.
"""

from typing import NamedTuple


class Check(NamedTuple):
    key: str
    text: str
    why: str
    source: str  # of mentorship/study/library/data/sources.yaml


CHECKS = (
    Check("one-page", "It fits on one page", "Two of our sources ask for exactly that.", "twelve-months"),
    Check(
        "six-seconds", "Six seconds are enough to see why you fit",
        "That is about what a resume gets at first. Let somebody look that long, and tell you what they saw.",
        "problem-first",
    ),
    Check(
        "fit", "It speaks to this position",
        "One resume can go to five hundred companies; one that answers their advertisement is called back more often.",
        "problem-first",
    ),
    Check(
        "noise", "Nothing stands in it that does not help to get a call",
        "Whatever distracts from why they should call you takes seconds away from it.", "problem-first",
    ),
    Check(
        "no-life-story", "No life story, no grades, no list of course work",
        "It shows that you are a good candidate, not all that you have done.", "problem-first",
    ),
    Check(
        "goal", "It is written to get a phone call, and nothing else",
        "It gets you neither the job nor the salary; the talks after it do.", "problem-first",
    ),
    Check(
        "no-toys", "No Titanic, no MNIST digits, no iris flowers",
        "They show that a tutorial was followed, and may put the resume aside.", "twelve-months",
    ),
    Check(
        "own-project", "A project that others do not have",
        "An unusual analysis or idea is what somebody remembers.", "problem-first",
    ),
    Check(
        "portfolio", "It leads to your portfolio",
        "Resume and portfolio are put together before the first company is written to.", "twelve-months",
    ),
)  # fmt: skip
KEYS = [check.key for check in CHECKS]
