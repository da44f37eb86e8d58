"""The part of a hand-in that is about the replicated paper, with a row for each of its figures."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

from mentorship.common.rendering.errors import RenderError
from projects.papers import Claimed, Paper

MOST_FIGURES = 40
EMPTY_ROWS = 3
WEB = RegexValidator(r"^https?://", "Start with https://")


def text_area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "maxlength": 10_000})


class NumberField(forms.DecimalField):
    """A number as papers print them: 27.3, 27,3 and 27.3 % are the same."""

    widget = forms.TextInput

    def __init__(self, **options: Any) -> None:
        messages = {"invalid": "A number, like 27.3"}
        super().__init__(max_digits=16, decimal_places=6, error_messages=messages, **options)
        self.widget.attrs["inputmode"] = "decimal"

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = re.sub(r"\s*%$", "", value.strip().replace("−", "-"))
            value = value.replace(",", ".") if re.fullmatch(r"-?[0-9]+,[0-9]+", value) else value
        return super().to_python(value)


class FigureForm(forms.Form):
    name = forms.CharField(max_length=160, label="What is measured")
    claimed = NumberField(label="Claimed")
    reproduced = NumberField(label="Reproduced", required=False)
    spread = NumberField(label="Spread ±", required=False, min_value=0)
    lower_is_better = forms.BooleanField(label="Lower is better", required=False)

    def clean(self) -> None:
        data = self.cleaned_data
        if data.get("spread") is not None and data.get("reproduced") is None and "reproduced" not in self.errors:
            self.add_error("reproduced", "Of which number is this the spread?")


class Figures(forms.BaseFormSet):
    """Rows that were there before may be emptied as any other: an empty row says nothing."""

    def initial_form_count(self) -> int:
        return 0

    def total_form_count(self) -> int:
        if self.is_bound:
            return super().total_form_count()
        return min(len(self.initial or ()) + EMPTY_ROWS, MOST_FIGURES)


FigureForms = forms.formset_factory(
    FigureForm,
    Figures,
    extra=EMPTY_ROWS,
    max_num=MOST_FIGURES,
    absolute_max=MOST_FIGURES + EMPTY_ROWS,
    validate_max=True,
)


class PaperForm(forms.Form):
    """Sent with the hand-in; names begin with `paper-`, those of figures with `figure-`."""

    title = forms.CharField(max_length=300, label="Paper", help_text="Title, authors, year.")
    url = forms.URLField(
        max_length=300, assume_scheme="https", validators=[WEB], label="Where to read it",
        help_text="arXiv, the proceedings, or the authors' page.",
    )  # fmt: skip
    code_url = forms.URLField(
        max_length=300, required=False, assume_scheme="https", validators=[WEB], label="The paper's code"
    )
    seeds = forms.CharField(max_length=200, required=False, help_text="Which ones, or how many: 1 to 5.")
    compute = forms.CharField(max_length=300, required=False, help_text="Which machine, how long: one T4, 9 hours.")
    deviations = forms.CharField(
        max_length=10_000, required=False, widget=text_area(5), label="Where you deviate from the paper",
        help_text="And why, where you know. Markdown.",
    )  # fmt: skip
    ideas = forms.CharField(
        max_length=10_000, required=False, widget=text_area(5), label="Ideas for the extension",
        help_text="What you would change next. The project that builds upon this one starts with them. Markdown.",
    )  # fmt: skip

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None, figures: Any = ()) -> None:
        super().__init__(data, initial=initial, prefix="paper")
        self.figures: Any = FigureForms(data, initial=list(figures), prefix="figure")
        if data is not None and "figure-TOTAL_FORMS" not in data:
            self.figures = FigureForms({"figure-TOTAL_FORMS": 0, "figure-INITIAL_FORMS": 0}, prefix="figure")

    @classmethod
    def of(cls, paper: Any, begun: dict[str, str] | None = None) -> "PaperForm":
        """Filled with what an earlier round said, or with what the address that led here `begun`."""
        if paper is None:
            return cls(initial=begun)
        names = list(cls.base_fields)
        figures = [{name: shown(getattr(row, name)) for name in FigureForm.base_fields} for row in paper.figures.all()]
        return cls(initial={name: getattr(paper, name) for name in names}, figures=figures)

    @classmethod
    def again(cls, data: Any) -> "PaperForm":
        """What was typed, not checked yet, with empty rows for more figures below."""
        names = list(cls.base_fields)
        total = data.get("figure-TOTAL_FORMS", "")
        count = min(int(total), MOST_FIGURES) if total.isascii() and total.isdigit() and len(total) < 4 else 0
        rows = [{name: data.get(f"figure-{n}-{name}", "") for name in FigureForm.base_fields} for n in range(count)]
        return cls(
            initial={name: data.get(f"paper-{name}", "") for name in names},
            figures=[row for row in rows if any(row.values())],
        )

    def clean(self) -> None:
        if not self.figures.is_valid():
            raise ValidationError("See the figures below.")
        if not self.rows():
            raise ValidationError("Name at least one figure that the paper claims, and what came out for you.")
        try:
            if not self.errors:
                self.paper().rendered()
        except RenderError as error:
            raise ValidationError(error.message) from error

    def rows(self) -> list[Claimed]:
        return [Claimed(**form.cleaned_data) for form in self.figures if form.cleaned_data.get("name")]

    def paper(self) -> Paper:
        """What was said, of a form that is valid."""
        said = {name: (self.cleaned_data.get(name) or "").replace("\r\n", "\n") for name in self.fields}
        return Paper(**said, figures=tuple(self.rows()))


def shown(value: Any) -> Any:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value
