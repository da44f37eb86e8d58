"""What its owner fills in about a portfolio."""

from typing import Any

from django import forms

from projects.models import OtherWork, Portfolio, PortfolioProject
from projects.models.portfolio_project import SUMMARY
from projects.portfolio.tables import Table, tables
from projects.portfolio.text import LONGEST_WRITE_UP, SUMMARY_WORDS, count_words

KEPT = "It was changed in another window meanwhile. That stands below; saving again replaces it."


class VersionedForm(forms.Form):
    """What was read before is not overwritten unseen. `version`: what the form began from."""

    version = forms.IntegerField(required=False, min_value=0, max_value=10**9, widget=forms.HiddenInput)

    def changed_meanwhile(self, field: str | None, version: int) -> None:
        """Say so, keep what was typed, and let it replace the `version` that stands there once it was seen."""
        self.add_error(field, KEPT)
        self.data = {**dict(self.data.items()), "version": str(version)}


class PortfolioForm(VersionedForm):
    """The page as a whole: who may open it, and what stands on it beside projects."""

    visibility = forms.ChoiceField(
        label="Who may open it", choices=Portfolio.Visibility.choices, widget=forms.RadioSelect,
        help_text="Your name, headline and links, as your profile has them, stand at its top.",
    )  # fmt: skip
    about = forms.CharField(
        label="About you", max_length=2000, required=False, widget=forms.Textarea({"rows": 4}),
        help_text="Two or three sentences: what you are looking for, and what you bring. Markdown.",
    )  # fmt: skip
    shows_posts = forms.BooleanField(label="Show my posts", required=False)
    shows_score = forms.BooleanField(label="Show my score, line by line", required=False)
    aims_at = forms.ChoiceField(label="The roles that you aim at", help_text="The table of the score that is shown.")

    def __init__(self, *args: Any, portfolio: Portfolio, **kwargs: Any) -> None:
        names = ("visibility", "about", "shows_posts", "shows_score", "aims_at", "version")
        kwargs["initial"] = {name: getattr(portfolio, name) for name in names}
        super().__init__(*args, **kwargs)
        self.fields["aims_at"].choices = [(table.key, table.title) for table in tables().values()]  # type: ignore[attr-defined]


class OneLine(forms.CharField):
    """Words without line ends, single spaces between them."""

    def to_python(self, value: Any) -> str:
        return " ".join((super().to_python(value) or "").split())


def summary_field(label: str, asks: str) -> forms.CharField:
    return OneLine(
        label=label,
        help_text=asks,
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 2, "data-words": ""}),
    )


class ProjectForm(VersionedForm):
    """One accepted project as it is presented."""

    title = OneLine(max_length=140)
    why = summary_field("Why", "The problem, and whose it is.")
    what = summary_field("What", "What you did about it, in plain words.")
    data = summary_field("Data", "Which data, how much of it, and where from.")  # type: ignore[assignment]
    result = summary_field("Result", "What came out, with a number and what it is compared with.")
    link = forms.URLField(
        label="Where the code is", max_length=300, required=False, assume_scheme="https",
        widget=forms.URLInput({"placeholder": "https://"}),
    )  # fmt: skip
    write_up = forms.CharField(
        label="Write-up", max_length=LONGEST_WRITE_UP, required=False, widget=forms.Textarea({"rows": 14}),
        help_text="For who wants to know more. It begins with the one that you handed in. Markdown, with $TeX$.",
    )  # fmt: skip
    shown = forms.BooleanField(
        label="Show it on my portfolio", required=False, help_text="It needs all four parts of the summary then."
    )

    def __init__(self, *args: Any, project: PortfolioProject, **kwargs: Any) -> None:
        names = ("title", *SUMMARY, "link", "write_up", "version")
        # Who opens it for the first time wants to show it.
        shown = project.shown or project.version == 1
        kwargs["initial"] = {name: getattr(project, name) for name in names} | {"shown": shown}
        super().__init__(*args, **kwargs)

    def summary(self) -> list[forms.BoundField]:
        return [self[name] for name in SUMMARY]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        words = count_words(data.get(name, "") for name in SUMMARY)
        if words > SUMMARY_WORDS:
            longest = max(SUMMARY, key=lambda name: count_words([data.get(name, "")]))
            self.add_error(
                longest,
                f"Why, what, data and result have {words} words together; {SUMMARY_WORDS} are read in twenty seconds.",
            )
        if data.get("shown"):
            for name in SUMMARY:
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, "Say this before it is shown, or leave it hidden for now.")
        return data


class OtherWorkForm(forms.Form):
    """A work from outside of the program, to be counted."""

    title = OneLine(
        label="Another work", max_length=140, help_text="A paper, a competition, a project of your own.",
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip


class TickForm(forms.Form):
    """What one work is in one table, and which facts hold."""

    kind = forms.ChoiceField(required=False, label="What it is")
    facts = forms.MultipleChoiceField(required=False, label="What holds of it", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, table: Table, work: PortfolioProject | OtherWork, **kwargs: Any) -> None:
        kwargs["initial"] = {"kind": work.kinds.get(table.key, ""), "facts": work.facts}
        kwargs.setdefault("auto_id", f"{type(work).__name__.lower()}-{work.pk}-%s")
        super().__init__(*args, **kwargs)
        kinds = [(kind.key, f"{kind.title} ({signed(kind.points)})") for kind in table.kinds]
        self.fields["kind"].choices = [("", "Not counted"), *kinds]  # type: ignore[attr-defined]
        facts = [(factor.key, f"{factor.title} (× {factor.factor})") for factor in table.factors]
        self.fields["facts"].choices = facts  # type: ignore[attr-defined]


def signed(points: int) -> str:
    """'−1,000' with a real minus."""
    return f"{points:,}".replace("-", "\N{MINUS SIGN}")
