"""What a verdict asks for: saying how it was met before the next round is handed in; and taking a verdict back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from mentorship.common.errors import Refused
from mentorship.people.requests import Request
from projects.models import ChangeRequest, Review, Round, Submission
from projects.pages import preparable


@require_POST
@login_required
def prepare(request: Request, pk: int) -> HttpResponse:
    """Note how a change was addressed; it goes along with the next round. To htmx only the request is answered."""
    own = ChangeRequest.objects.filter(submission__in=Submission.objects.by(request.user).values("pk"))
    found = get_object_or_404(own.select_related("submission"), pk=pk)
    text = request.POST.get("prepared", "").replace("\r\n", "\n").strip()
    problem = ""
    try:
        found.prepare(by=request.user, text=text)
    except Refused as refusal:
        problem = refusal.message
    context = {"problem": problem, "typed": text, "open": True, "may": True}
    if request.htmx or problem:
        shown = preparable(found.submission, found.pk)
        if request.htmx:
            fragment = context | {"request": shown}
            return render(request, "projects/_request.html", fragment, status=409 if problem else 200)
        project = found.submission.project
        page = {"shown": shown, "submission": found.submission, "project": project, "stream": project.item.stream}
        return render(request, "projects/request.html", context | page, status=409)
    messages.success(request, "Noted. It goes along with your next round.")
    return redirect(f"{found.submission.get_absolute_url()}#request-{found.pk}")


@require_POST
@login_required
def take_back(request: Request, pk: int) -> HttpResponse:
    """Make one's own published review a draft again, within ten minutes."""
    rounds = Round.objects.workable_by(request.user)
    mine = Review.objects.filter(mentor=request.user, round__in=rounds).select_related("round__submission")
    review = get_object_or_404(mine, round=pk)
    try:
        review.take_back(by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect(review.round.submission)
    review.round.refresh_from_db()
    if review.round.held_for(request.user):
        messages.success(request, "Taken back: it is your draft again, and nothing that followed from it counts.")
        return redirect("projects:review", pk)
    messages.success(
        request, "Taken back. You hold four other rounds, so anybody may claim this one; your draft is kept."
    )
    return redirect(review.round.submission)
