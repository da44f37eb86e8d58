"""What changed from one round to another."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from mentorship.people.requests import Request
from projects import difference_page
from projects.models import Difference, Round


@require_http_methods(["GET", "POST"])
@login_required
def difference(request: Request, pk: int, number: int) -> HttpResponse:
    """Two rounds compared; POST has them compared. To htmx only what changed is answered."""
    found = get_object_or_404(Round.objects.visible_to(request.user).with_submission(), pk=pk)
    if chosen := _chosen(request, found):
        return chosen
    pair = Difference.pair(found, number)
    if pair is None:
        raise Http404
    earlier, later = pair
    if request.method == "POST":
        row: Difference | None = Difference.ask(earlier, later)
        if not request.htmx:
            return redirect(difference_page.address(earlier, later))
    else:
        row = Difference.objects.filter(earlier=earlier, later=later).first()
    if row and row.state == Difference.State.DONE:
        found.submission.read_by(request.user)
    if request.htmx:
        return render(request, "projects/_difference.html", difference_page.state_context(earlier, later, row))
    return render(request, "projects/difference.html", difference_page.context(earlier, later, row))


def _chosen(request: Request, found: Round) -> HttpResponse | None:
    """Where the form with two numbers leads; None when it was not sent, or names no two rounds."""
    if "from" not in request.GET:
        return None
    asked = {request.GET.get(name, "") for name in ("from", "to")}
    numbers = {int(one) for one in asked if one.isascii() and one.isdigit() and len(one) < 5}
    rounds = list(Round.objects.filter(submission=found.submission_id, number__in=numbers).order_by("number"))
    if len(rounds) == 2:
        return redirect(difference_page.address(*rounds))
    messages.error(request, "Choose two different rounds.")
    return None
