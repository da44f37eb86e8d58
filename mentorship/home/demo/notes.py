"""What Amara noted while she studied, two gaps among it, and the idea that one of them became."""

from datetime import datetime, timedelta

from blog import ideas
from mentorship.people.models import User
from mentorship.study.models import Note
from streams.models import Item

GAP = """\
Every page says that shuffled folds **leak** when rows have a time. None shows by how much.

- scikit-learn's guide names `TimeSeriesSplit`, without a number
- two posts say 'never shuffle', and nothing else
"""
OPEN_GAP = (
    "When is an hour of the day a number, and when a category? I found opinions, and no comparison on real rides."
)
PLAIN = """\
Bagging: same model, other samples. Boosting: next model, the *errors* of the last one. Both begin with [[Decision trees]].

- [x] Bagging by hand, on fifty rows
- [ ] Gradient boosting by hand
- [ ] Say the difference aloud in a minute
"""
TREES = """\
A split is good when it makes both sides purer. With shares $p_k$ of the classes:

$$G = 1 - \\sum_k p_k^2$$

> [!TIP] For interviews
> Gini and entropy choose the same split nearly always; say so, then why.

What grows from many of them: [[Bagging and boosting]], [[Random forests]].
"""
ANSWERS = {
    "for_whom": "People at their first time series, who split it as they split everything.",
    "tried": "The bike rentals, split at random and by time: the error rose by a fifth.",
}


def make_notes(amara: User, now: datetime) -> None:
    """Of one gap she makes an idea; the other one waits."""
    items = list(Item.objects.published().filter(unit__stream__number=1, kind=Item.Kind.READING).order_by("pk")[:2])
    tags = ["ensembles", "interview"]
    Note.write(by=amara, title="Bagging and boosting", text=PLAIN, tags=tags, item=items[0], at=now - timedelta(days=9))
    trees = Note.write(
        by=amara, title="Decision trees", text=TREES, tags=["trees", "interview"], at=now - timedelta(days=8)
    )
    trees.share(Note.Shared.COHORT, at=now - timedelta(days=8))
    Note.write(by=amara, text=OPEN_GAP, is_gap=True, at=now - timedelta(days=3))
    gap = Note.write(by=amara, text=GAP, item=items[-1], is_gap=True, at=now - timedelta(days=2))
    idea = ideas.from_note(gap, by=amara, at=now - timedelta(days=1))
    answers = ideas.answers_of(idea.pitch) | ANSWERS
    ideas.pitch(idea, by=amara, answers=answers, saw=ideas.seen(idea.pitch), at=now - timedelta(days=1))
