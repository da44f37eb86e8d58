"""The board of one's own posts, ideas and their pitches, and how far a cohort is with its first posts."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from blog import ideas
from blog.board import board_of
from blog.forms import IdeaForm, PitchForm
from blog.goal import current_goal_of
from blog.goals import counted, goals_of, watched_by
from blog.models import Coauthor
from blog.views.desk import on_desk
from blog.writing import ChangedMeanwhile
from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.people.requests import Request


@require_safe
@login_required
def board(request: Request) -> HttpResponse:
    """What one writes, a column for each state; who asked to write together; how far the first post is."""
    now = clock.now()
    asked = Coauthor.objects.waiting_for(request.user).select_related("post__author").order_by("asked_at")
    context = {
        "columns": board_of(request.user, now),
        "goal": current_goal_of(request.user, now),
        "asked": list(asked[:20]),
        "cohorts": list(watched_by(request.user)[:50]),
    }
    return render(request, "blog/board.html", context)


@require_safe
@login_required
def cohort(request: Request, slug: str) -> HttpResponse:
    """For admins, editors and the cohort's mentors: who has published, and who is where."""
    found = get_object_or_404(watched_by(request.user), slug=slug)
    standings = goals_of(found, clock.now())
    context = {"cohort": found, "rows": standings, "counts": counted(standings)}
    return render(request, "blog/board_cohort.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def new_idea(request: Request) -> HttpResponse:
    """An idea by hand: a title, and as many answers of the pitch as one has."""
    form = IdeaForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        ideas.idea(by=request.user, **form.cleaned_data)
        messages.success(request, "The idea is on your board.")
        return redirect("blog:board")
    return render(request, "blog/pitch.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@login_required
def pitch(request: Request, pk: int) -> HttpResponse:
    """For whom a post is, and what it adds: answered anew while it is an idea or a draft."""
    post = on_desk(request, pk)
    form = PitchForm(request.POST if request.method == "POST" else None, pitch=post.pitch)
    status, theirs = 200, {}
    if form.is_bound:
        status = 422
        if form.is_valid():
            said = dict(form.cleaned_data)
            try:
                ideas.pitch(post, by=request.user, saw=said.pop("saw"), answers=said)
            except Refused as refusal:
                form.add_error(None, refusal.message)
                status = 409
                if isinstance(refusal, ChangedMeanwhile):
                    theirs = ideas.answers_of(post.pitch)
                    form.data = {**request.POST.dict(), "saw": ideas.seen(post.pitch)}
            else:
                messages.success(request, "Saved.")
                return redirect(post.desk_url)
    answers = [(question, theirs[name]) for name, question in ideas.QUESTIONS.items() if theirs.get(name)]
    return render(request, "blog/pitch.html", {"form": form, "post": post, "theirs": answers}, status=status)
