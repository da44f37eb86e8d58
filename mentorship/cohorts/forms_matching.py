"""What is sent about a proposal."""

from django import forms

LARGEST = 2**63 - 1


class VersionForm(forms.Form):
    """Which proposal was looked at, and in which state."""

    proposal = forms.IntegerField(min_value=1, max_value=LARGEST, widget=forms.HiddenInput)
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)


class ProposeForm(forms.Form):
    everyone = forms.BooleanField(required=False)


class ApplyForm(VersionForm):
    reason = forms.CharField(max_length=300, required=False)


class MenteeForm(VersionForm):
    mentee = forms.IntegerField(min_value=1, max_value=LARGEST, widget=forms.HiddenInput)


class PlaceForm(MenteeForm):
    mentor = forms.IntegerField(required=False, min_value=1, max_value=LARGEST)
