"""Reading what an apprentice has signed, as the mentee would, and countersigning it or returning it with a note."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from mentorship.common.errors import Refused
from mentorship.people.requests import Request
from projects.countersigning import beside_of, to_countersign
from projects.models import Review
from projects.models.signing import LONGEST_NOTE
from projects.preview import preview_context


class ReturnForm(forms.Form):
    note = forms.CharField(
        max_length=LONGEST_NOTE,
        label="Note",
        widget=forms.Textarea({"rows": 4, "maxlength": LONGEST_NOTE}),
        help_text="What should change before the mentee reads it. Only who wrote the review reads this.",
        error_messages={"required": "Say what should change."},
    )


@require_http_methods(["GET", "POST"])
@login_required
def countersign(request: Request, pk: int) -> HttpResponse:
    """Read it; POST countersigns it. Who wrote it reads here that it waits."""
    if request.method != "POST":
        return _show(request, pk)
    review = get_object_or_404(to_countersign(request.user), round=pk)
    text = request.POST.get("version", "")
    version = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None
    try:
        review.countersign(by=request.user, version=version)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("projects:countersign", pk)
    messages.success(request, f"Countersigned and published. {review.mentor} is told.")
    return redirect(review.round.submission)


def _show(request: Request, pk: int, form: ReturnForm | None = None, status: int = 200) -> HttpResponse:
    review = to_countersign(request.user).filter(round=pk).first()
    mine = review is None
    if review is None:
        own = Review.objects.filter(round=pk, mentor=request.user, state=Review.State.SIGNED)
        review = own.filter(round__state="waiting").select_related("mentor", "round__submission").first()
    if review is None:
        return _gone(request, pk)
    found = review.round
    context: dict[str, Any] = preview_context(found, review)
    context |= {"mine": mine, "form": form or ReturnForm(), "signed_at": review.signings.get(state="waiting").signed_at}
    if mine:
        context["beside"] = beside_of(review, noted=False)
    return render(request, "projects/countersign.html", context, status=status)


def _gone(request: Request, pk: int) -> HttpResponse:
    """It waits no more: to what became of it, for who had a part in that; for everyone else there is nothing."""
    mine = Review.objects.filter(round=pk, signings__isnull=False)
    if mine.filter(mentor=request.user).exists():
        return redirect("projects:review", pk)
    if mine.filter(countersigned_by=request.user).exists():
        return redirect("projects:round", pk)
    if mine.filter(signings__by=request.user).exists():
        return redirect("projects:queue")
    raise Http404


@require_POST
@login_required
def return_review(request: Request, pk: int) -> HttpResponse:
    """Give it back to who wrote it, with a note."""
    review = get_object_or_404(to_countersign(request.user), round=pk)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return _show(request, pk, form, 422)
    try:
        review.return_with(form.cleaned_data["note"], by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("projects:countersign", pk)
    messages.success(request, f"Returned to {review.mentor}, who reads your note in the draft.")
    return redirect("projects:queue")
