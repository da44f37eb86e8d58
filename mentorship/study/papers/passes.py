"""The three passes over a paper, as 'Lessons from becoming a Machine Learning Engineer in 12 months' tells them:
what each is for, and what is done in it. A key is forever: what somebody ticked is kept under it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Pass:
    number: int
    name: str
    purpose: str
    asks: str
    items: tuple[tuple[str, str], ...]

    @property
    def keys(self) -> set[str]:
        return {key for key, _ in self.items}


PASSES = (
    Pass(
        1,
        "First pass",
        "Find out what the authors want to solve, and whether the paper is worth more of your time. Take the "
        "mathematics as sound for now.",
        "What is the problem, and what do they claim?",
        (
            ("title-abstract", "Read the title; if it appeals, the abstract"),
            ("introduction", "Read the introduction"),
            ("headings", "Read the headings of sections and subsections, not what stands below them"),
            ("conclusion", "Read the conclusion"),
            ("references", "Skim the references and mark those you have read"),
            ("others", "Compare your first impression with what others say about it"),
        ),
    ),
    Pass(
        2,
        "Second pass",
        "Understand how it works from above: the algorithm, and what the mathematics is for. Derivations can wait.",
        "How does it work, and would you get the same results?",
        (
            ("dense", "Read the passages that you skipped, the dense ones too"),
            ("plots", "Read every plot and table"),
            ("algorithm", "Say the algorithm in your own words"),
            ("mathematics", "Follow what the formulas are for, without deriving them"),
            ("experiments", "Judge whether the experiments could be reproduced"),
            ("code", "Where there is code, read it and run a part of it"),
            ("explained", "Read an explanation of it by somebody else"),
        ),
    ),
    Pass(
        3,
        "Third pass",
        "Understand the mathematics itself, with pen and paper, until you could build it.",
        "What would you have to know to build it, and what would you change?",
        (
            ("pen", "Go through it with pen and paper and follow each step"),
            ("terms", "Look up every term and idea that you do not know"),
            ("stuck", "Where you are stuck, ask: your group, your mentor, a forum"),
            ("replicate", "If you want to go all the way: replicate it, with its parameters and its data"),
        ),
    ),
)
BY_NUMBER = {one.number: one for one in PASSES}
