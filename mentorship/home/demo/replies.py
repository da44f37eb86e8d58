"""What the demo's mentor explains again and again."""

from mentorship.people.models import User
from projects.models import Project, SavedReply

REPLIES = [
    (
        "Split by time",
        "{name}, the future must not be in the training part: hold back the last weeks, not random rows. Then say how "
        "much the error rises; that difference is what the random split was hiding.",
        "over-fitting",
        True,
    ),
    (
        "Start from a baseline",
        "Before the first model, {name}: what does the mean predict, or yesterday's value? Every later number is only "
        "as good as its distance from that.",
        "compare-algorithms",
        True,
    ),
    (
        "Why this metric?",
        "Who loses what when the model is wrong by ten, and who when it is wrong by one? Pick the metric that costs "
        "what the mistake costs.",
        "metric",
        False,
    ),
    ("Answer the question", "{name}, this says what you did. The question is why: “{criterion}”", "", False),
    ("Well told", "I could follow every step of round {round} without opening the notebook. Keep that.", "", False),
]


def make_replies(mentor: User, project: Project) -> None:
    for title, text, criterion, shared in REPLIES:
        said = {"title": title, "text": text, "criterion": criterion, "shared": shared}
        SavedReply.save_new(by=mentor, said=said | {"project": project if shared else None})
