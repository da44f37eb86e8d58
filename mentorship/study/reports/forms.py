"""What is typed about an item that needs care, checked."""

from django import forms

from mentorship.study.reports.models import ItemReport
from streams.models import Item


class ReportForm(forms.Form):
    use_required_attribute = False

    item = forms.ModelChoiceField(Item.objects.published(), to_field_name="key")
    kind = forms.ChoiceField(choices=ItemReport.Kind.choices)
    text = forms.CharField(max_length=500, required=False)


class SettleForm(forms.Form):
    answer = forms.CharField(max_length=500, required=False)
