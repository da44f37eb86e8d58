"""What is filled in about another pairing."""

from django import forms

from mentorship.cohorts.models.swap import LONGEST_REASON


class SwapForm(forms.Form):
    reason = forms.CharField(
        required=False, max_length=LONGEST_REASON, label="What would help", widget=forms.Textarea({"rows": 3}),
        help_text="Only the admins read this. You need not give a reason.",
    )  # fmt: skip


class DeclineForm(forms.Form):
    note = forms.CharField(
        max_length=LONGEST_REASON, label="Why it stays", widget=forms.Textarea({"rows": 2}),
        help_text="Only who asked reads this.",
    )  # fmt: skip
