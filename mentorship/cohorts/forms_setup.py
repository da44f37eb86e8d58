"""The set-up of a cohort in steps: each form is a part of CohortForm and is saved on its own."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import slugify

from mentorship.cohorts.cloning import TOO_FAR, Plan, is_too_far, mentors_to_take
from mentorship.cohorts.forms import CohortForm, DayInput
from mentorship.cohorts.models import Cohort, Membership
from mentorship.cohorts.models.charter import LONGEST as LONGEST_CHARTER
from mentorship.cohorts.models.cohort import TAKEN_SLUGS, TEST_PREFIX, validate_slug
from mentorship.common import clock


class WhatForm(CohortForm):
    """What and when. An address that is left empty is made from the name."""

    WATCHED = ["name", "slug", "stream", "starts_on", "ends_on", "applications_close_on"]

    class Meta(CohortForm.Meta):
        fields = ["stream", "name", "slug", "starts_on", "ends_on", "applications_close_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
        self.fields["slug"].help_text += " Left empty, it is made from the name."

    def clean_slug(self) -> str:
        typed = self.cleaned_data["slug"]
        return typed or self.instance.slug or free_slug(self.cleaned_data.get("name", ""))


def test_field() -> forms.BooleanField:
    return forms.BooleanField(
        required=False, label="A test cohort",
        help_text="With a clock that you put ahead, to try its whole life out. Its address begins with 'test-', nobody "
        "is written to, and who is in a real cohort cannot join.",
    )  # fmt: skip


class NewForm(WhatForm):
    """The first step of a cohort that is not there yet."""

    test = test_field()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        check_prefix(self, data)
        return data


def check_prefix(form: Any, data: dict[str, Any]) -> None:
    """A test cohort's address gets its beginning; that of a real one may not have it."""
    slug = data.get("slug", "")
    if data.get("test") and slug and not slug.startswith(TEST_PREFIX):
        data["slug"] = free_slug(slug, test=True) if not form["slug"].value() else f"{TEST_PREFIX}{slug}"[:60]
    elif slug.startswith(TEST_PREFIX) and not data.get("test"):
        form.add_error(
            "slug", "Addresses that begin with 'test-' are those of test cohorts. Tick that, or choose another."
        )


class RoomForm(CohortForm):
    """Seats, zone, hours, promise."""

    WATCHED = ["timezone", "seats", "hours_a_week", "promise_days"]

    class Meta(CohortForm.Meta):
        fields = ["seats", "timezone", "hours_a_week", "promise_days"]


class PageForm(CohortForm):
    """What everyone reads, and the charter."""

    WATCHED = ["about", "for_whom"]

    charter = forms.CharField(
        max_length=LONGEST_CHARTER, label="Charter", widget=forms.Textarea({"rows": 14}),
        help_text="What people promise each other here, in Markdown. It begins as the program's.",
    )  # fmt: skip

    class Meta(CohortForm.Meta):
        fields = ["about", "for_whom"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about"].required = True
        self.fields["about"].error_messages["required"] = "Say in two or three sentences what the cohort is like."

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in super().values().items() if name != "charter"}


def free_slug(name: str, *, test: bool = False) -> str:
    """An address near `name` that no cohort and no page of ours has."""
    base = slugify(name)[:45].strip("-") or "cohort"
    if test:
        base = f"{TEST_PREFIX}{base.removeprefix(TEST_PREFIX)}"
    taken = set(Cohort.objects.filter(slug__startswith=base).values_list("slug", flat=True)) | TAKEN_SLUGS
    number, slug = 1, base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


STEP_FORMS: dict[int, type[CohortForm]] = {1: WhatForm, 2: RoomForm, 3: PageForm}


class CloneForm(forms.Form):
    """An earlier cohort's next run."""

    name = forms.CharField(max_length=120)
    slug = forms.SlugField(
        max_length=60, required=False, label="Address", validators=[validate_slug],
        help_text="The last part of its page's address. Left empty, it is made from the name.",
    )  # fmt: skip
    first_day = forms.DateField(widget=DayInput, help_text="Every other date moves along; weekdays of meetings stay.")
    mentors = forms.ModelMultipleChoiceField(
        Membership.objects.none(), required=False, label="Mentors who come along", widget=forms.CheckboxSelectMultiple,
        help_text="With their capacity. They are told; everyone else of the earlier cohort is not.",
    )  # fmt: skip
    test = test_field()

    def __init__(self, source: Cohort, data: Any = None) -> None:
        super().__init__(data, initial={"name": next_name(source.name), "first_day": next_first_day(source)})
        field: Any = self.fields["mentors"]
        field.queryset = mentors_to_take(source)
        field.label_from_instance = lambda seat: f"{seat.person}, up to {seat.capacity}"
        self.source = source

    def clean_first_day(self) -> date:
        day: date = self.cleaned_data["first_day"]
        if is_too_far(self.source, day):
            raise forms.ValidationError(TOO_FAR)
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "slug" in data and not data["slug"] and "name" in data:
            data["slug"] = free_slug(data["name"])
        check_prefix(self, data)
        if data.get("test") and data.get("mentors"):
            self.add_error("mentors", "Nobody real comes along into a test cohort.")
        return data

    def plan(self) -> Plan:
        """What was filled in; where it was not, what the form offers."""
        if not self.is_bound or not self.is_valid():
            return Plan(self.source, self.initial["first_day"], self.initial["name"])
        data = self.cleaned_data
        return Plan(
            self.source, data["first_day"], data["name"], data["slug"], list(data["mentors"]), test=data["test"]
        )


def next_name(name: str) -> str:
    """'Autumn' gives 'Autumn 2', 'Autumn 2' gives 'Autumn 3'."""
    words, _space, number = name.rpartition(" ")
    if words and number.isascii() and number.isdigit() and len(number) < 5:
        return f"{words} {int(number) + 1}"
    return f"{name[:110]} 2"


def next_first_day(source: Cohort) -> date:
    """The same weekday, the week after the earlier one ends, and not before next week."""
    earliest = max(source.ends_on, timezone.localdate(clock.now(), source.zone) + timedelta(days=7))
    weeks = (earliest - source.starts_on).days // 7 + 1
    return source.starts_on + timedelta(weeks=weeks)
