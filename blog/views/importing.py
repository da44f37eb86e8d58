"""Posts that begin from something that exists: the pages."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from blog.importing import jekyll, pictures
from blog.importing.feed import elsewhere
from blog.importing.forms import FileForm, ImagesForm
from blog.importing.jekyll import Imported
from blog.models import ImageFetch
from blog.views.desk import on_desk
from mentorship.common.errors import Refused
from mentorship.people.requests import Request


@require_safe
@login_required
def begin(request: Request) -> HttpResponse:
    """The ways to begin from something that exists."""
    return render(request, "blog/import/index.html")


@require_http_methods(["GET", "POST"])
@login_required
def file(request: Request) -> HttpResponse:
    """A Markdown or Jekyll file with its images."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        (name, text), *images = form.cleaned_data["chosen"]
        try:
            done = jekyll.begin(
                by=request.user, raw=text.read(), name=name, images=images, site=form.cleaned_data["site"]
            )
        except Refused as refusal:
            form.add_error("chosen", refusal.message)
        else:
            return imported(request, done)
    return render(request, "blog/import/file.html", {"form": form}, status=422 if request.method == "POST" else 200)


def imported(request: Request, done: Imported) -> HttpResponse:
    """On to what is missing, or to the desk; what its author should know is said there."""
    if done.again:
        messages.info(request, "You imported this file before: this is the post that came of it.")
    else:
        messages.success(request, "Imported as a draft. Nobody else sees it.")
    for note in done.notes:
        messages.warning(request, note)
    return redirect("blog:images", done.post.pk) if done.missing else redirect(done.post.desk_url)


@require_http_methods(["GET", "POST"])
@login_required
def images(request: Request, pk: int) -> HttpResponse:
    """The images that the text names and the post has not got."""
    post = on_desk(request, pk)
    missing = pictures.named_in(post.body)
    form = ImagesForm(request.POST or None, request.FILES or None, sources=[one.source for one in missing])
    if request.method == "POST":
        form.is_bound = True
        if form.is_valid():
            try:
                added = pictures.add(post, files=form.cleaned_data["files"], given=form.given(), by=request.user)
            except Refused as refusal:
                form.add_error(None, refusal.message)
            else:
                return _added(request, pk, added, len(missing))
    fetch = ImageFetch.objects.filter(post=post).first()
    context = {
        "post": post,
        "form": form,
        "missing": missing,
        "fetch": fetch,
        "stuck": bool(fetch and fetch.is_stuck()),
        "web": len(elsewhere(post)),
    }
    if request.method == "GET" and request.htmx and not request.htmx.boosted:
        response = render(request, "blog/import/_image_fetch.html", context)
        if fetch and not fetch.is_waiting:
            response["HX-Refresh"] = "true"  # the list of what is missing is another one now
        return response
    return render(request, "blog/import/images.html", context, status=422 if request.method == "POST" else 200)


def _added(request: Request, pk: int, added: pictures.Added, missing: int) -> HttpResponse:
    if added.stored:
        messages.success(request, f"{added.stored} image{'' if added.stored == 1 else 's'} added.")
    for problem in added.problems:
        messages.warning(request, problem)
    done = added.stored == missing and not added.problems
    return redirect("blog:edit", pk) if done else redirect("blog:images", pk)
