"""Mentors recommend what is in the library to their mentees."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from mentorship.cohorts.forms_recommending import RecommendForm
from mentorship.cohorts.recommending import may_recommend, recommend_to
from mentorship.common.errors import Refused
from mentorship.people.requests import Request
from mentorship.study.library.models import Resource


@require_http_methods(["GET", "POST"])
@login_required
def recommend(request: Request, key: str) -> HttpResponse:
    """Choose to whom, and say why."""
    row = get_object_or_404(Resource.objects.listed().defer("words"), key=key)
    if not may_recommend(request.user):
        raise Http404
    form, status = RecommendForm(request.POST if request.method == "POST" else None, by=request.user), 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                told = recommend_to(row, by=request.user, **form.cleaned_data)
            except Refused as refusal:
                form.add_error(None, refusal.message)
                status = 409
            else:
                said = (
                    f"{told} {'person is' if told == 1 else 'people are'} told." if told else "They were told before."
                )
                messages.success(request, said)
                return redirect(row)
    return render(request, "cohorts/recommend.html", {"resource": row, "form": form}, status=status)
