"""Two published posts, one of them written together, with what readers say, one in editing, one draft."""

from datetime import datetime, timedelta

from blog.anchors import Passage
from blog.models import Coauthor, Follow, Post, ReaderComment, Series, Shared, Suggestion, Thanks
from blog.writing import Text, begin
from mentorship.home.demo.cross_posts import make_cross_posts
from mentorship.home.demo.notes import make_notes
from mentorship.people.models import User

BAGGING = """\
I could use a random forest long before I could say why it works. This is the explanation I would have liked to find.

## One tree changes its mind

Grow a tree on Monday's data and one on Tuesday's, and they disagree. Each is right *on average*, but each alone is
off. That being-off has a name: variance.

## Many trees, one vote

If $n$ trees each have variance $\\sigma^2$ and are correlated by $\\rho$, their mean has

$$\\rho\\sigma^2 + \\frac{1-\\rho}{n}\\sigma^2.$$

The second part goes away with more trees. The first stays, which is why a forest looks at a random choice of features
at every split: to make its trees disagree *differently*.

```python
import numpy as np

rng = np.random.default_rng(7)
votes = rng.normal(size=(1000, 50))
print(votes.mean(axis=1).var())  # close to 1/50
```

| trees | variance of the mean |
| ----: | -------------------: |
|     1 |                 1.00 |
|    10 |                 0.10 |
|    50 |                 0.02 |

What I still cannot explain well: how large $\\rho$ is for real trees. If you know a good picture, write to me.
"""
BASELINE = """\
Before any model, I now write down the error of three answers that need no learning: the mean, yesterday's value, and
the mean of this weekday.

For bike rentals the weekday mean is off by a factor of 2.7. My first neural network was off by 2.9. It took me a week
to see that, since I had never written the first number down.

1. Choose the metric.
2. Score the three simple answers.
3. Only then open the library.
"""
MATRIX = """\
My classifier was right in 96 % of all cases, and everybody was happy with that number for a while.

Then somebody asked how many of the *rare* cases it had found. It were none. The confusion matrix had said so all
along, in it's lower left corner.

I now look at recall first, and at the threshold second.
"""
EDITS = [
    ("It were none.", "None.", "Short is stronger here."),
    ("it's lower left", "its lower left", ""),
    (", and everybody was happy with that number for a while", "", "The next paragraph says it."),
]
SENSORS = """\
Ten years of weather stations, and a third of the values are missing. What I learned about gaps:

- A gap is information: stations fall silent in storms.
- Filling with the mean erases exactly the days that matter.
"""


# By title: category and tags.
FILED = {
    "Why a forest is steadier than its trees": ("machine_learning", ("trees", "variance")),
    "Write the baseline down first": ("practice", ("baselines", "variance")),
}


def make_posts(people: dict[str, User], now: datetime) -> None:
    emre = people["emre"]
    publish(
        people["chiara"], "Why a forest is steadier than its trees",
        "Bagging, explained with one formula and fifty votes.", BAGGING, emre, now - timedelta(days=8),
        together=people["bela"],
    )  # fmt: skip
    publish(
        people["nadia"], "Write the baseline down first",
        "Three answers that need no learning, and why they come first.", BASELINE, emre, now - timedelta(days=20),
    )  # fmt: skip
    waiting = draft(
        people["esi"], "What gaps in sensor data tell", "A third is missing.", SENSORS, now - timedelta(days=4)
    )
    waiting.ask_for_editing(by=people["esi"], at=now - timedelta(days=2))
    edited = draft(people["amara"], "What a confusion matrix hides", "Four numbers.", MATRIX, now - timedelta(days=6))
    edited.ask_for_editing(by=people["amara"], at=now - timedelta(days=5))
    edited.take(by=emre, at=now - timedelta(days=4))
    for quote, replacement, why in EDITS:
        Suggestion.make(
            edited, by=emre, passage=Passage(quote), replacement=replacement, why=why, at=now - timedelta(days=3)
        )
    asked = edited.comment(by=emre, text="Which data was this?", passage=Passage("96 %"), at=now - timedelta(days=3))
    edited.comment(by=people["amara"], text="Loans, two years of them.", parent=asked, at=now - timedelta(days=1))
    draft(people["amara"], "Splitting by time, or how I fooled myself", "", "My error rose by a fifth.", now)
    make_notes(people["amara"], now)
    discuss(people, now)
    make_cross_posts(people, now)
    newest = Post.objects.published().get(author=people["chiara"])
    newest.feature(by=emre, at=now - timedelta(days=7))
    Series.make(by=people["chiara"], title="Trees and forests", posts=[newest.pk], at=now - timedelta(days=6))


def discuss(people: dict[str, User], now: datetime) -> None:
    """What readers said of the newest post, once everyone has a seat."""
    post = Post.objects.published().get(author=people["chiara"])
    asked = ReaderComment.write(
        post, by=people["amara"], at=now - timedelta(days=6),
        text="The formula finally made it click. Does $\\rho$ go down when I grow *deeper* trees, too?",
    )  # fmt: skip
    ReaderComment.write(
        post, by=people["chiara"], parent=asked, at=now - timedelta(days=5),
        text="A little: deep trees differ more. Choosing features at random does far more, though.",
    )  # fmt: skip
    for name in ("amara", "aiko"):
        Thanks.give(post, by=people[name])
    Follow.begin(by=people["amara"], author=people["chiara"])
    Shared.objects.update(told_at=now)  # nobody is told now of what was new weeks ago


def draft(author: User, title: str, summary: str, body: str, at: datetime) -> Post:
    category, tags = FILED.get(title, ("", ()))
    return begin(by=author, text=Text(title, summary, body, category=category, tags=tags), at=at)


def publish(
    author: User, title: str, summary: str, body: str, editor: User, at: datetime, together: User | None = None
) -> None:
    post = draft(author, title, summary, body, at - timedelta(days=5))
    if together is not None:
        row = Coauthor.ask(post, by=author, handle=together.handle, at=at - timedelta(days=5))
        row.agree(by=together, at=at - timedelta(days=5))
    post.ask_for_editing(by=author, at=at - timedelta(days=4))
    post.take(by=editor, at=at - timedelta(days=3))
    post.comment(
        by=editor, text="The example carries it. Say in the first line who this is for?", at=at - timedelta(days=2)
    )
    post.publish(by=editor, at=at)
