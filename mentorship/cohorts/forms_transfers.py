"""What goes out and what comes in."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from mentorship.cohorts.models import Cohort, Transfer


class ExportForm(forms.Form):
    kind = forms.ChoiceField(choices=Transfer.Kind, label="Rows", help_text="Results: who has begun or done what.")
    cohort = forms.ModelChoiceField(
        Cohort.objects.none(), required=False, to_field_name="slug", empty_label="Every cohort"
    )
    format = forms.ChoiceField(choices=Transfer.FORMATS, label="File")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cohort"].queryset = Cohort.objects.order_by("-starts_on", "name")  # type: ignore[attr-defined]


class ImportForm(forms.Form):
    kind = forms.ChoiceField(choices=Transfer.Kind, label="Rows")
    file = forms.FileField(
        widget=forms.FileInput({"accept": ".csv,.xlsx"}), help_text="CSV in UTF-8, or XLSX. 20,000 rows at most.",
        max_length=200,
    )  # fmt: skip

    def clean_file(self) -> Any:
        return check_file(self.cleaned_data["file"])


def check_file(file: Any) -> Any:
    """`file`, if it may be taken in."""
    if file.size > settings.UPLOAD_MAX_BYTES:
        raise ValidationError("This file is larger than 20 MB. Split it.")
    if not file.name.lower().endswith((".csv", ".txt", ".tsv", ".xlsx")):
        raise ValidationError("Choose a CSV or XLSX file.")
    return file
