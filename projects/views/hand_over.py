"""Handing a round over to another mentor, by an admin."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from mentorship.common.errors import Refused
from mentorship.people.models import User
from mentorship.people.requests import Request
from projects.help_wanted import may_take
from projects.models import HandOver, Round


@require_POST
@login_required
def hand_over(request: Request, pk: int) -> HttpResponse:
    """Give the round that waits to the chosen mentor of its cohort."""
    if not request.user.is_admin:
        raise Http404
    found = get_object_or_404(Round.objects.visible_to(request.user).with_submission(), pk=pk)
    to = chosen(found, request.POST.get("mentor", ""))
    HandOver.give(found, to=to, by=request.user)
    messages.success(request, f"{to} has the round for 24 hours and is told what was said so far.")
    return redirect(found.submission)


def chosen(round: Round, key: str) -> User:
    """The mentor that was chosen. Refused for anybody to whom the round cannot be handed."""
    names = {str(pk) for pk, _name in may_take(round)}
    if key not in names:
        raise Refused("Choose one of the cohort's mentors who has not had this round.", code="mentor")
    return User.objects.get(memberships=int(key))
