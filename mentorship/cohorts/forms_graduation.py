"""What is filled in about graduating."""

from typing import Any

from django import forms

from mentorship.cohorts.forms import SeenForm
from mentorship.cohorts.models import GraduationRule
from mentorship.cohorts.seen import fingerprint


class GraduationRuleForm(SeenForm):
    WATCHED = GraduationRule.EDITABLE

    class Meta:
        model = GraduationRule
        fields = GraduationRule.EDITABLE

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "seen" not in self.fields:  # the defaults, of which there is no row yet, can change meanwhile too
            self.fields["seen"] = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)
            self.initial = {**self.initial, "seen": fingerprint(self.instance, self.WATCHED)}

    def shown(self, row: Any, name: str) -> str:
        value = getattr(row, name)
        return "as many as the stream requires" if value is None else str(value)
