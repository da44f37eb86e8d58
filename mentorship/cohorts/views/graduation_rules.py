"""What graduating from each stream asks: for admins, who change it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from mentorship.cohorts.forms_graduation import GraduationRuleForm
from mentorship.cohorts.graduating import asked_of
from mentorship.cohorts.models import GraduationRule
from mentorship.cohorts.seen import ChangedMeanwhile
from mentorship.common.errors import Refused
from mentorship.people.requests import Request
from streams.models import Stream


@require_safe
@login_required
def rules(request: Request) -> HttpResponse:
    if not request.user.is_admin:
        raise Http404
    streams = list(Stream.objects.published().order_by("number"))
    asked = asked_of(streams)
    rows = [{"stream": stream, "asked": asked[stream.pk]} for stream in streams]
    return render(request, "cohorts/graduation_rules.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@login_required
def rule(request: Request, key: str) -> HttpResponse:
    if not request.user.is_admin:
        raise Http404
    stream = get_object_or_404(Stream.objects.published(), key=key)
    form = GraduationRuleForm(request.POST or None, instance=GraduationRule.of(stream))
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            GraduationRule.change(stream, by=request.user, seen=form.cleaned_data["seen"], **form.values())
        except ChangedMeanwhile as refusal:
            form.compare(GraduationRule.of(stream), refusal.message)
            status = 409
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "Saved. Who has graduated already stays a graduate.")
            return redirect("cohorts:graduation_rules")
    context: dict[str, Any] = {"form": form, "stream": stream, "asked": asked_of([stream])[stream.pk]}
    return render(request, "cohorts/graduation_rule.html", context, status=status)
