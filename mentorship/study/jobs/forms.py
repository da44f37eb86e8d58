"""What is typed about applications and resumes, checked."""

import uuid
from datetime import date
from typing import Any, cast

from django import forms

from mentorship.common.errors import Refused
from mentorship.study.days import clean_note
from mentorship.study.jobs.checklist import CHECKS
from mentorship.study.jobs.models import LONGEST, Job, Resume

FIELD_OF = {"closed": "next_on", "no_resume": "resume", "name_taken": "name"}
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 1, 1)


def one_line(form: forms.Form, name: str) -> str:
    said = clean_note(form.cleaned_data[name])
    if not said and form.fields[name].required:
        raise forms.ValidationError(form.fields[name].error_messages["required"])
    return said


class WebField(forms.URLField):
    """An address that begins with http or https; no other ever becomes a link."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=500, required=False, assume_scheme="https", **options)

    def clean(self, value: Any) -> Any:
        said = super().clean(value)
        if said and not said.lower().startswith(("http://", "https://")):
            raise forms.ValidationError("An address begins with https://.")
        return said


class ResumeField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class JobForm(forms.Form):
    """One application. `key` makes a form that is sent twice one, `version` says over which save it was written."""

    use_required_attribute = False

    company = forms.CharField(max_length=120, error_messages={"required": "Say which company."})
    role = forms.CharField(max_length=120, label="Position", error_messages={"required": "Say which position."})
    url = WebField(label="Advertisement")
    next_on = forms.DateField(
        required=False, label="Next date", input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    next_step = forms.CharField(
        max_length=200, required=False, help_text="What happens then: a call, an answer that is due."
    )
    notes = forms.CharField(max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 5}))
    resume = ResumeField(
        Resume.objects.none(), required=False, empty_label="None yet", label="Resume",
        help_text="Which version goes there.",
    )  # fmt: skip
    fit = forms.TypedChoiceField(
        required=False, coerce=int, empty_value=None, choices=[("", "Not said"), *Job.Fit.choices],
        label="How well does it fit this position?",
    )  # fmt: skip
    fit_note = forms.CharField(
        max_length=500, required=False, label="What they ask for that it does not show yet",
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2_000_000_000)

    def __init__(self, data: Any = None, *, person: Any, job: Job | None = None) -> None:
        initial: dict[str, Any] = {"key": uuid.uuid4()}
        names = ("company", "role", "url", "next_on", "next_step", "notes", "resume", "fit", "fit_note", "version")
        if job is not None:
            initial = {name: getattr(job, name) for name in names}
        super().__init__(data, initial=initial, auto_id="job-%s")
        del self.fields["version" if job is None else "key"]
        cast(forms.ModelChoiceField, self.fields["resume"]).queryset = Resume.objects.visible_to(person)

    def clean_company(self) -> str:
        return one_line(self, "company")

    def clean_role(self) -> str:
        return one_line(self, "role")

    def clean_next_step(self) -> str:
        return one_line(self, "next_step")

    def clean_next_on(self) -> date | None:
        day: date | None = self.cleaned_data["next_on"]
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            raise forms.ValidationError("A day between 2000 and 2100.")
        return day

    def clean(self) -> None:
        data = self.cleaned_data
        if {"key", "version"} & set(self.errors):
            self.add_error(None, "This page is out of date. Open it anew; copy first what you typed.")
        if not data.get("resume") and "resume" not in self.errors and (data.get("fit") or data.get("fit_note")):
            self.add_error("resume", "Which version of your resume is this about?")

    def said(self) -> dict[str, Any]:
        """For the verbs, of a form that is valid."""
        found = {name: value for name, value in self.cleaned_data.items() if name != "key"}
        if "version" in found:
            found["version"] = found["version"] or 0
        return found

    def refuse(self, refusal: Refused) -> None:
        """Say a verb's refusal at the field that it is about."""
        self.add_error(FIELD_OF.get(refusal.code), refusal.message)


class ResumeForm(forms.Form):
    use_required_attribute = False

    name = forms.CharField(
        max_length=80, label="Name of the version", help_text="For whom it is: 'recommenders, remote'.",
        error_messages={"required": "Give the version a name."},
    )  # fmt: skip
    url = WebField(label="Where it is kept")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="resume-%s")

    def clean_name(self) -> str:
        return one_line(self, "name")


class ChecksForm(forms.Form):
    """The check list of one version."""

    ticked = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, label="What holds of it",
        choices=[(check.key, check.text) for check in CHECKS],
    )  # fmt: skip

    def __init__(self, data: Any = None, *, resume: Resume) -> None:
        super().__init__(data, initial={"ticked": resume.ticked}, auto_id=f"resume-{resume.pk}-%s")


class JobFilterForm(forms.Form):
    stage = forms.ChoiceField(required=False, choices=[("", "All"), *Job.Stage.choices])
    q = forms.CharField(required=False, max_length=200)

    def asked(self) -> dict[str, str]:
        """What of the table is shown; what makes no sense is left out."""
        self.is_valid()
        return {"stage": self.cleaned_data.get("stage", ""), "q": clean_note(self.cleaned_data.get("q", ""))}
