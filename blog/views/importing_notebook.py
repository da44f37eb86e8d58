"""Posts that begin from a notebook: uploaded, its cells chosen, and later brought up to date."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from blog.importing import notebook as notebooks
from blog.importing.forms import CellsForm, NotebookForm
from blog.models import Notebook, Post
from blog.views.desk import on_desk
from mentorship.common.errors import Refused
from mentorship.common.rendering.difference import compare_texts
from mentorship.common.rendering.difference_html import rows_html
from mentorship.common.rendering.errors import RenderError
from mentorship.people.requests import Request


@require_http_methods(["GET", "POST"])
@login_required
def upload(request: Request) -> HttpResponse:
    """A notebook file of one's own."""
    return _upload(request, None)


@require_http_methods(["GET", "POST"])
@login_required
def upload_again(request: Request, pk: int) -> HttpResponse:
    """A newer notebook for a post that began from one."""
    post = on_desk(request, pk)
    if not post.notebooks.exclude(used_at=None).exists():
        messages.info(request, "This post did not begin from a notebook.")
        return redirect(post.desk_url)
    return _upload(request, post)


def _upload(request: Request, post: Post | None) -> HttpResponse:
    form = NotebookForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["notebook"]
        try:
            found = notebooks.upload(by=request.user, raw=file.read(), name=file.name, post=post)
        except Refused as refusal:
            form.add_error("notebook", refusal.message)
        else:
            return redirect("blog:import-cells", found.pk)
    context = {"form": form, "post": post}
    return render(request, "blog/import/notebook.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
@login_required
def cells(request: Request, pk: int) -> HttpResponse:
    """What of the notebook goes into the post; of a post that is there, with the difference before it is saved."""
    rows = Notebook.objects.of(request.user).select_related("post")
    found = get_object_or_404(rows.filter(used_at=None) if request.method == "GET" else rows, pk=pk)
    if request.method == "GET":
        return _page(request, found, CellsForm(notebook=found))
    form = CellsForm(request.POST, notebook=found)
    if not form.is_valid():
        return _page(request, found, form, 422)
    if found.used_at is not None and found.post:
        return redirect(found.post.desk_url)
    try:
        return _taken(request, found, form)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return _page(request, found, form, 409)


def _taken(request: Request, found: Notebook, form: CellsForm) -> HttpResponse:
    chosen = form.chosen()
    if found.post is None:
        title = form.cleaned_data["title"]
        post, problems = notebooks.begin(found, by=request.user, chosen=chosen, title=title)
        messages.success(request, "A draft was made of it. Nobody else sees it.")
    elif "save" not in request.POST:
        return _difference(request, found, form)
    else:
        post = found.post
        version = form.cleaned_data["version"] or 0
        problems, kept = notebooks.update(found, by=request.user, version=version, chosen=chosen)
        messages.success(request, "The post is up to date with the notebook; how it was is among its revisions.")
        problems += [
            f"Cell {one.key.partition('.')[0]} changed, and you had changed it here: yours stays." for one in kept
        ]
    for problem in problems:
        messages.warning(request, problem)
    return redirect(post.desk_url)


def _difference(request: Request, found: Notebook, form: CellsForm) -> HttpResponse:
    """What saving would change, and the choice kept in hidden fields."""
    post = found.post
    assert post is not None
    update = notebooks.update_of(found, form.chosen())
    try:
        rows = compare_texts({"body": (post.body, update.body)}).get("body", [])
    except RenderError as error:
        raise Refused(error.message, code="cannot_be_shown") from None
    context = {
        "notebook": found,
        "post": post,
        "rows": rows_html(rows) if rows else "",
        "kept": [{"cell": one.key.partition(".")[0], "text": one.theirs} for one in update.kept],
        "chosen": form.chosen().items(),
        "version": post.version,
    }
    return render(request, "blog/import/difference.html", context)


def _page(request: Request, found: Notebook, form: CellsForm, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"notebook": found, "post": found.post, "form": form, "rows": form.rows()}
    return render(request, "blog/import/cells.html", context, status=status)
