"""A post from a notebook that one handed in: projects know the file, the blog makes the post."""

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from blog.importing import notebook as notebooks
from blog.models import Notebook, Post
from mentorship.common.errors import Refused
from mentorship.common.pages import paginate
from mentorship.people.models import User
from mentorship.people.requests import Request
from projects.models import RoundFile, Submission
from projects.work import NOTEBOOK


def own_notebooks(person: User) -> QuerySet[RoundFile]:
    """The notebooks of one's own work, alone or in a team, the newest first."""
    own = RoundFile.objects.filter(round__submission__in=Submission.objects.by(person), content_type=NOTEBOOK)
    return own.select_related("round__submission__project").order_by("-round__handed_in_at", "-pk")


@require_safe
@login_required
def choose(request: Request) -> HttpResponse:
    """One's notebooks, and the posts that began from them."""
    page = paginate(request, own_notebooks(request.user))
    keys = {key_of(file): file for file in page.rows}
    posts = Post.objects.filter(author=request.user, origin_key__in=keys).only("pk", "title", "origin_key")
    begun = {post.origin_key: post for post in posts}
    rows = [
        {
            "pk": file.pk,
            "name": file.name,
            "work": file.round.submission.title,
            "round": file.round.number,
            "project": str(file.round.submission.project),
            "accepted": file.round.submission.state == Submission.State.ACCEPTED,
            "post": begun.get(key_of(file)),
        }
        for file in page.rows
    ]
    return render(request, "home/own_notebooks.html", {"page": page, "rows": rows})


@require_POST
@login_required
def take(request: Request, pk: int) -> HttpResponse:
    """Have the notebook read; the post that began from this work before is brought up to date with it."""
    file = get_object_or_404(own_notebooks(request.user), pk=pk)
    return redirect("blog:import-cells", read(file, by=request.user).pk)


def read(file: RoundFile, *, by: User) -> Notebook:
    """Have the blog read one's own notebook; for the post that began from this work before, if there is one."""
    submission = file.round.submission
    post = Post.objects.filter(author=by, origin_key=key_of(file)).first()
    try:
        with file.file.open("rb") as opened:
            raw = opened.read()
    except FileNotFoundError:
        raise Refused("The file is missing in the store.", code="file") from None
    return notebooks.upload(
        by=by,
        raw=raw,
        name=file.name,
        post=post,
        origin_key=key_of(file),
        origin_url=submission.get_absolute_url(),
    )


def key_of(file: RoundFile) -> str:
    return f"notebook:submission:{file.round.submission_id}"
