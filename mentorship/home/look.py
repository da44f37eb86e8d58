"""In development only: every component on one page, in both themes, to copy the markup from."""

import math
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mentorship.common import clock


class SampleForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(max_length=80, help_text="What a stranger would search for.")
    address = forms.URLField(label="Repository", required=False, assume_scheme="https")
    body = forms.CharField(widget=forms.Textarea, required=False)
    kind = forms.ChoiceField(choices=[("reading", "Reading"), ("video", "Video"), ("project", "Project")])
    verdict = forms.ChoiceField(
        choices=[("accepted", "Accepted"), ("changes", "Changes requested")], widget=forms.RadioSelect
    )
    file = forms.FileField(required=False, help_text="A notebook or a PDF of at most 20 MB.")
    day = forms.DateField(required=False, widget=forms.DateInput({"type": "date"}))
    agree = forms.BooleanField(label="I have read the charter")


def heat() -> list[dict[str, Any]]:
    """Twenty weeks of squares, with their place and level."""
    return [
        {"x": week * 14, "y": day * 14, "level": int((math.sin(week * 1.7 + day * 2.3) + 1) * 2.49)}
        for week in range(20)
        for day in range(7)
    ]


@require_safe
def look(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    messages.success(request, "Round 2 is handed in. Mateo is told.")
    messages.error(request, "This round was claimed by someone else a minute ago.")
    context = {
        "themes": ["light", "dark"],
        "numbers": [1, 2, 3],
        "empty_form": SampleForm(prefix="a"),
        "form": SampleForm({"b-title": "x" * 90}, prefix="b"),
        "past": now - timedelta(hours=5),
        "future": now + timedelta(days=3),
        "heat": heat(),
        "sample_page": {"previous": "?page=1", "next": "?page=3", "number": 2},
    }
    return render(request, "dev/look.html", context)
