"""The demo's mentor has calibrated: both examples, once kinder than the reference and once stricter."""

from datetime import datetime

from mentorship.people.models import User
from projects.examples import example
from projects.models.calibration import Calibration, Judged


def make_calibration(mentor: User, at: datetime) -> None:
    trains, gym = example("late-trains"), example("gym-members")
    if trains is None or gym is None:
        return
    said = {question.key: Judged(question.level) for question in trains.questions}
    said |= {
        "why": Judged("yes", "Each feature has its reason."),
        "metric": Judged("not_yet", "What does “always on time” score? Compare with that first.", True),
    }
    summary = "Careful with the data. The result is not one yet: begin with what a constant answer scores."
    Calibration.submit(trains, by=mentor, verdict="changes_requested", summary=summary, said=said, at=at)
    said = {question.key: Judged(question.level) for question in gym.questions}
    said |= {"worth-solving": Judged("yes", "A number, and an honest one."), "why": Judged("partly")}
    summary = "I would call these members. Recommending the simpler model is the best sentence in it."
    Calibration.submit(gym, by=mentor, verdict="accepted", summary=summary, said=said, at=at)
