"""The desk: where authors begin, write and hand over their posts."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.postgres.expressions import ArraySubquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from blog import writing
from blog.forms import BeginForm, PostForm, WordsForm
from blog.forms_publishing import forms_of
from blog.forms_suggestions import PassageForm
from blog.goal import current_goal_of
from blog.models import Post
from blog.passages import passages_of
from blog.posts import CATEGORIES
from blog.reconciling import reconcile
from blog.rows import desk_rows, of_writer
from blog.rows_cross_posts import beside
from blog.text import render as to_html
from blog.views import figures
from blog.writing import ChangedMeanwhile, Text
from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.common.pages import paginate
from mentorship.people.requests import Request

UNANSWERED = "Choose for each place whose words stay."


def on_desk(request: Request, pk: int, *, for_form: bool = False) -> Post:
    """The post `pk` for who may work on it, or 404; `for_form` with the categories in use, in the same question."""
    posts = Post.objects.in_hands_of(request.user).with_authors().select_related("editor")
    return get_object_or_404(posts.annotate(categories=ArraySubquery(CATEGORIES)) if for_form else posts, pk=pk)


@require_safe
@login_required
def mine(request: Request) -> HttpResponse:
    """One's own posts by state, and how far the first one is."""
    now = clock.now()
    page = paginate(request, of_writer(request.user))
    context = {"page": page, "rows": desk_rows(page.rows, now), "goal": current_goal_of(request.user, now)}
    return render(request, "blog/mine.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def new(request: Request) -> HttpResponse:
    """Begin a post: a title, then its desk."""
    form = BeginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        post = writing.begin(by=request.user, text=Text(form.cleaned_data["title"]), key=form.cleaned_data["key"])
        return redirect(post.desk_url)
    return render(request, "blog/new.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@login_required
def edit(request: Request, pk: int) -> HttpResponse:
    """The text of a post with its preview, its comments, and what is to be done next."""
    post = on_desk(request, pk, for_form=True)
    if request.method != "POST":
        return desk(request, post)
    form = PostForm(request.POST, post=post)
    if "preview" in request.POST:
        return desk(request, post, form=form, preview=preview_of(request.POST.get("body", ""), post))
    if "add-figure" in request.POST:
        return with_figure(request, post, form)
    if not form.is_valid():
        return unsaved(request, post, form, 422)
    version = number_in(request, "version")
    base = number_in(request, "base") or version
    by_itself = bool(request.htmx) and "save" not in request.POST
    text, merged = form.text(), request.POST.get("save") == "merged"
    if merged:
        found = reconcile(post, version=base, mine=text).text(request.POST.dict())
        if found is None:
            return unsaved(request, post, form, 422, base=base, reason=UNANSWERED)
        text = found
    try:
        writing.revise(post, by=request.user, version=version, text=text, by_itself=by_itself)
    except ChangedMeanwhile as refusal:
        return unsaved(request, post, form, 409, base=base, reason=refusal.message)
    except Refused as refusal:
        field = {"slug_taken": "slug", "cannot_be_shown": "body"}.get(refusal.code)
        form.add_error(field if field in form.fields else None, refusal.message)
        return unsaved(request, post, form, 422 if field else 409)
    if request.htmx and merged:
        return merged_in_place(request, post)
    if request.htmx:
        response = render(request, "blog/_saved.html", {"post": post, "now": clock.now()})
        response["HX-Trigger"] = "text-saved"
        return response
    messages.success(request, "Saved.")
    return redirect(post.desk_url)


def unsaved(
    request: Request, post: Post, form: PostForm, status: int, base: int | None = None, reason: str = ""
) -> HttpResponse:
    """What was typed, kept, with why it was not saved: the page, the form, or one line while one types.

    `base`: the version that it began from, where another one was saved meanwhile; then both are put together.
    """
    context: dict[str, Any] = {"form": form, "categories": vars(post).get("categories")}
    if base is not None and (not request.htmx or "save" in request.POST):
        context |= both_sides(request, post, form, base)
    if not request.htmx:
        return desk(request, post, status=status, **context)
    if "save" not in request.POST:
        reason = reason or " ".join(str(error) for errors in form.errors.values() for error in errors)
        return render(request, "blog/_unsaved.html", {"reason": reason, "status": status}, status=status)
    response = render(request, "blog/_form.html", {"post": post} | context, status=status)
    return retargeted(response, "#post-form")


def with_figure(request: Request, post: Post, form: PostForm) -> HttpResponse:
    """An image sent with the form, without scripts: stored, and the page with all that was typed."""
    figure, error = figures.stored(request, post)
    said = {"new": figure, "figure_error": error, "figure_alt": request.POST.get("figure_alt", "") if error else ""}
    preview = preview_of(request.POST.get("body", ""), post)
    return desk(request, post, form=form, preview=preview, status=422 if error else 200, **said)


def both_sides(request: Request, post: Post, form: PostForm, base: int) -> dict[str, Any]:
    """The text that was saved meanwhile beside the one that was typed, and both put together as far as they go."""
    newest = post.revisions.select_related("saved_by").first()
    merge = reconcile(post, version=base, mine=form.text())
    whole = merge.text()
    return {
        "theirs": post,
        "saver": newest.saved_by.name if newest else post.author.name,
        "base": base,
        "questions": [(one, request.POST.get(one.name, "")) for one in merge.questions],
        "merged": whole.body if whole else "",
        "unanswered": request.POST.get("save") == "merged",
    }


def merged_in_place(request: Request, post: Post) -> HttpResponse:
    """The form with what was put together, in the place of the one that asked."""
    response = render(
        request,
        "blog/_form.html",
        {"post": post, "form": PostForm(post=post), "categories": vars(post).get("categories")},
    )
    response["HX-Trigger-After-Settle"] = "text-changed"
    return retargeted(response, "#post-form")


def number_in(request: Request, name: str) -> int:
    """A version that was sent; 0 for anything else."""
    number = request.POST.get(name, "")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 9 else 0


def retargeted(response: HttpResponse, target: str) -> HttpResponse:
    response["HX-Retarget"], response["HX-Reswap"] = target, "outerHTML"
    return response


def desk(request: Request, post: Post, *, status: int = 200, **context: Any) -> HttpResponse:
    """The page around a post. `form` and `words` hold what was typed, `theirs` the text that was saved meanwhile."""
    verbs = post.verbs_of(request.user)
    context = forms_of(request.user, post, verbs) | context
    context = {
        "post": post,
        "verbs": verbs,
        "state": post.get_state_display(),
        "form": PostForm(post=post) if "revise" in verbs else None,
        "preview": mark_safe(post.body_html),  # noqa: S308 (made safe by the renderer when it was saved)
        "comments": thread(post),
        "words": WordsForm(),
        "categories": vars(post).get("categories"),
        "figures": list(post.figures.all()),
        "may_add": "revise" in verbs,
        "passages": passages_of(post, request.user, verbs) if post.asked_at else None,
        "passage_form": PassageForm(suggests="suggest" in verbs),
        "elsewhere": beside(post),
    } | context
    return render(request, "blog/edit.html", context, status=status)


def thread(post: Post) -> list[Any]:
    return list(post.editor_comments.of_whole_post().select_related("author"))


def preview_of(body: str, post: Post | None) -> str:
    """Safe HTML of what is typed, with the figures of `post`; or why it cannot be shown."""
    try:
        return mark_safe(to_html(body, post.shown_figures() if post else None))  # noqa: S308 (safe: made so by the renderer)
    except Refused as refusal:
        return refusal.message


@require_POST
@login_required
def preview(request: Request) -> HttpResponse:
    """The HTML of the text that is being typed, with the figures of the post it is of; nothing is stored."""
    number = request.POST.get("post", "")
    known = number.isascii() and number.isdigit() and len(number) < 19
    post = Post.objects.in_hands_of(request.user).filter(pk=number).first() if known else None
    return render(request, "blog/_preview.html", {"preview": preview_of(request.POST.get("body", ""), post)})


@require_POST
@login_required
def ask_for_editing(request: Request, pk: int) -> HttpResponse:
    """The author hands the post to the editors."""
    post = on_desk(request, pk)
    post.ask_for_editing(by=request.user)
    messages.success(request, "The editors were told, and who mentors you. You can go on writing meanwhile.")
    return redirect(post.desk_url)


@require_POST
@login_required
def start(request: Request, pk: int) -> HttpResponse:
    """The author begins to write what was an idea."""
    post = on_desk(request, pk)
    post.start(by=request.user)
    messages.success(request, "It is a draft now.")
    return redirect(post.desk_url)


@require_POST
@login_required
def reopen(request: Request, pk: int) -> HttpResponse:
    """Author or editor take a ready post back into editing."""
    post = on_desk(request, pk)
    post.reopen(by=request.user)
    messages.success(request, "It is in editing again.")
    return redirect(post.desk_url)


@require_POST
@login_required
def discard(request: Request, pk: int) -> HttpResponse:
    """The author throws a draft away."""
    post = on_desk(request, pk)
    title = post.title
    post.discard(by=request.user)
    messages.success(request, f"“{title}” is discarded.")
    return redirect("blog:mine")


@require_POST
@login_required
def comment(request: Request, pk: int) -> HttpResponse:
    """Say something in the thread between author and editors."""
    return say(request, pk, "comment", "text", "")


def say(request: Request, pk: int, verb: str, argument: str, done: str) -> HttpResponse:
    """Call a verb that takes a comment. What was typed is kept when it is refused."""
    post = on_desk(request, pk)
    words = WordsForm(request.POST)
    status = 200 if words.is_valid() else 422
    if words.is_valid():
        try:
            getattr(post, verb)(by=request.user, **{argument: words.cleaned_data["text"]})
        except Refused as refusal:
            words.add_error("text", refusal.message)
            status = 409
    if request.htmx and verb == "comment":
        context = {
            "post": post,
            "verbs": post.verbs_of(request.user),
            "comments": thread(post),
            "words": WordsForm() if status == 200 else words,
        }
        return render(request, "blog/_thread.html", context, status=status)
    if status != 200:
        return desk(request, post, words=words, words_for=verb, status=status)
    if done:
        messages.success(request, done)
    still_open = Post.objects.in_hands_of(request.user).filter(pk=pk).exists()
    return redirect(f"{post.desk_url}#thread" if still_open else "blog:editing")
