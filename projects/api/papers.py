"""The replicated paper of a round, as programs send and read it."""

from typing import Any

from rest_framework import serializers

from projects.forms_paper import MOST_FIGURES, PaperForm
from projects.models import PaperFigure, Replication

NUMBER = {"max_digits": 16, "decimal_places": 6}


class PaperFigureSerializer(serializers.ModelSerializer[PaperFigure]):
    class Meta:
        model = PaperFigure
        fields = ["name", "claimed", "reproduced", "spread", "lower_is_better"]


class PaperSerializer(serializers.ModelSerializer[Replication]):
    """Of a project that replicates one. `reproduced` is left out where a figure could not be."""

    figures = PaperFigureSerializer(many=True)

    class Meta:
        model = Replication
        fields = ["title", "url", "code_url", "seeds", "compute", "deviations", "ideas", "figures"]

    def validate_figures(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if not 1 <= len(rows) <= MOST_FIGURES:
            raise serializers.ValidationError(f"Name from 1 to {MOST_FIGURES} figures.")
        return rows


def as_form(said: dict[str, Any] | None) -> PaperForm:
    """The page's form, filled with what a program said: one set of rules for both."""
    said = said or {"figures": []}
    data: dict[str, Any] = {f"paper-{name}": said.get(name, "") for name in PaperForm.base_fields}
    data |= {"figure-TOTAL_FORMS": len(said["figures"]), "figure-INITIAL_FORMS": 0}
    for place, row in enumerate(said["figures"]):
        data |= {f"figure-{place}-{name}": value for name, value in row.items() if value not in (None, False)}
    return PaperForm({name: str(value) for name, value in data.items()})


def errors_of(form: PaperForm) -> dict[str, Any]:
    """What is wrong, by field; rows of figures by their place."""
    errors: dict[str, Any] = {name: list(said) for name, said in form.errors.items() if name != "__all__"}
    rows = [{name: list(said) for name, said in row.items()} for row in form.figures.errors]
    if any(rows):
        errors["figures"] = rows
    if not errors:
        errors["figures"] = list(form.non_field_errors())
    return errors
