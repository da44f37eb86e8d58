"""What is typed about papers, checked."""

from typing import Any

from django import forms

from mentorship.study.days import clean_note
from mentorship.study.papers.identity import Identity, NotAPaper, identify
from mentorship.study.papers.models import FIRST_YEAR, LAST_YEAR, LONGEST, Paper, PaperPass, Reading
from mentorship.study.papers.passes import Pass


class ByHandForm(forms.Form):
    """Title, authors and year where nothing could be fetched, or where somebody knows better."""

    use_required_attribute = False

    title = forms.CharField(max_length=500, required=False)
    authors = forms.CharField(max_length=1000, required=False, help_text="As they stand on the paper.")
    year = forms.IntegerField(
        required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": "A year, like 2017."},
    )  # fmt: skip

    def __init__(self, data: Any = None, *, reading: Reading | None = None) -> None:
        initial = {name: getattr(reading, name) for name in ("title", "authors", "year")} if reading else {}
        super().__init__(data, initial=initial, auto_id="paper-%s")

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    def clean_authors(self) -> str:
        return " ".join(self.cleaned_data["authors"].split())


class AddPaperForm(ByHandForm):
    """A paper for the list, however it is named."""

    paper = forms.CharField(
        max_length=500,
        label="Paper",
        help_text="An arXiv number, a DOI or a link, as you copied it.",
        error_messages={"required": "Say which paper: an arXiv number, a DOI or a link."},
    )
    field_order = ("paper", "title", "authors", "year")

    def __init__(self, data: Any = None, *, paper: str = "") -> None:
        super().__init__(data)
        self.initial["paper"] = paper
        self.fields["title"].help_text = "Not needed for arXiv numbers and DOIs: it is asked for within minutes."

    def clean_paper(self) -> Identity:
        try:
            return identify(self.cleaned_data["paper"])
        except NotAPaper as error:
            raise forms.ValidationError(str(error)) from None

    def clean(self) -> None:
        identity = self.cleaned_data.get("paper")
        nameless = not self.cleaned_data.get("title") and "title" not in self.errors
        if identity and identity.kind == Paper.Kind.LINK and nameless:
            self.add_error("title", "Nothing can be asked about a link: say what the paper is called.")

    def said(self) -> dict[str, Any]:
        """For `Reading.add`, of a form that is valid."""
        data = self.cleaned_data
        return {"identity": data["paper"]} | {name: data[name] for name in ("title", "authors", "year")}


class PassForm(forms.Form):
    """The check list and the summary of one pass. `version` says over which save it was written."""

    use_required_attribute = False

    ticked = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple, label="What to do")
    summary = forms.CharField(
        required=False, max_length=LONGEST, strip=False, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Markdown with mathematics. Only you read it, unless you show it to a reading club.",
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)

    def __init__(self, data: Any = None, *, of: Pass, row: PaperPass | None = None) -> None:
        initial = {"ticked": row.ticked, "summary": row.summary, "version": row.version} if row else {"version": 0}
        super().__init__(data, initial=initial, auto_id=f"pass-{of.number}-%s")
        self.fields["ticked"].choices = of.items  # type: ignore[attr-defined]
        self.fields["summary"].label = of.asks


class FilterForm(forms.Form):
    """What of the list is shown; what makes no sense is left out."""

    state = forms.ChoiceField(required=False, choices=[("", "All"), *Reading.State.choices])
    q = forms.CharField(required=False, max_length=200, label="Search")

    def asked(self) -> dict[str, str]:
        self.is_valid()
        return {"state": self.cleaned_data.get("state", ""), "q": clean_note(self.cleaned_data.get("q", ""))}
