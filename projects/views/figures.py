"""A mentor's own figures and testimonials; and where mentees say what helped."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from mentorship.common.errors import Refused
from mentorship.people.models import User
from mentorship.people.requests import Request
from projects import pages
from projects.feedback import FeedbackForm, cards
from projects.figures import figures_of
from projects.models import Feedback, Submission
from projects.models.feedback import reviewers_of
from projects.models.scopes import mentors_of_cohorts, own_keys


@require_safe
@login_required
def figures(request: Request) -> HttpResponse:
    """For who mentors, or has been told something as a mentor."""
    testimonials = Feedback.objects.testimonials_for(request.user)
    if not mentors_of_cohorts(request.user).exists() and not testimonials.exists():
        raise Http404
    context = {"figures": figures_of(request.user), "testimonials": testimonials[:50], "section": "queue"}
    return render(request, "projects/figures.html", context)


@require_POST
@login_required
def show(request: Request, pk: int, shown: bool) -> HttpResponse:
    """Show a testimonial on one's profile, or no longer."""
    row = get_object_or_404(Feedback.objects.testimonials_for(request.user), pk=pk)
    row.show(by=request.user, shown=shown)
    messages.success(request, "It stands on your profile now." if shown else "It no longer stands on your profile.")
    return redirect("projects:figures")


@require_POST
@login_required
def feedback(request: Request, pk: int, mentor: int) -> HttpResponse:
    """What the author of accepted work says about one of its reviewers."""
    found = get_object_or_404(Submission.objects.filter(pk__in=own_keys(request.user)).with_people(), pk=pk)
    about: User = get_object_or_404(reviewers_of(found).exclude(pk=request.user.pk), pk=mentor)
    form = FeedbackForm(request.POST, mentor=about)
    if form.is_valid():
        try:
            Feedback.give(submission=found, mentor=about, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, f"Thank you. {about} sees sums of ratings, never yours alone.")
        return redirect(found)
    context = pages.submission_context(found, request.user) | {"feedback": cards(found, request.user, form, about.pk)}
    return render(request, "projects/submission.html", context, status=422)
