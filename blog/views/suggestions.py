"""Suggestions and threads at a passage, beside the text on the desk."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from blog.forms_suggestions import AnswerForm, PassageForm, WordForm
from blog.models import Post, Suggestion
from blog.passages import passages_of
from blog.text import clean_body
from blog.views.desk import desk, on_desk
from mentorship.common.errors import Refused
from mentorship.people.requests import Request

NO_WORDS = "Write what you want to say first."


@require_POST
@login_required
def suggest(request: Request, pk: int) -> HttpResponse:
    """Propose a change of a passage, or with the other button say something about it."""
    post = on_desk(request, pk)
    form = PassageForm(request.POST, suggests="suggest" in post.verbs_of(request.user))
    if not form.is_valid():
        return shown(request, post, form=form, status=422)
    words = form.cleaned_data["words"]
    try:
        if "comment" in request.POST:
            if not form.cleaned_data["quote"].strip():
                raise Refused("Quote the passage that you mean.", code="passage_missing")
            if not words:
                raise Refused(NO_WORDS, code="comment_missing")
            post.comment(by=request.user, text=words, passage=form.passage())
        else:
            Suggestion.make(
                post,
                by=request.user,
                passage=form.passage(),
                replacement=form.cleaned_data.get("replacement", ""),
                why=words,
                version=form.cleaned_data["version"],
            )
    except Refused as refusal:
        form.say(refusal.code, refusal.message)
        return shown(request, post, form=form, status=422 if form.errors.keys() - {"__all__"} else 409)
    return shown(request, post)


@require_POST
@login_required
def accept(request: Request, pk: int, number: int) -> HttpResponse:
    """The passage becomes what was suggested."""
    suggestion = suggestion_of(request, pk, number)
    seen = request.POST.get("seen")
    try:
        suggestion.accept(by=request.user, seen=seen)
    except Refused as refusal:
        return refused(request, suggestion.post, refusal)
    # What a script does with the text that is being typed: the same change, if it began from the version before.
    version, passage = suggestion.post.version, suggestion.quote if seen is None else clean_body(seen)
    put_in = {"from": version - 1, "version": version, "start": suggestion.start, "passage": passage}
    put_in["replacement"] = suggestion.replacement
    return shown(request, suggestion.post, put_in=put_in, said="Accepted; the text has it now.")


@require_POST
@login_required
def refuse(request: Request, pk: int, number: int) -> HttpResponse:
    """The passage stays as it is."""
    suggestion = suggestion_of(request, pk, number)
    form = WordForm(request.POST)
    if not form.is_valid():
        return refused(request, suggestion.post, Refused("A word has 500 characters at most.", code="too_long"))
    return done(request, suggestion.post, suggestion.refuse, word=form.cleaned_data["word"])


@require_POST
@login_required
def withdraw(request: Request, pk: int, number: int) -> HttpResponse:
    """Who suggested it takes it back."""
    suggestion = suggestion_of(request, pk, number)
    return done(request, suggestion.post, suggestion.withdraw)


@require_POST
@login_required
def answer(request: Request, pk: int, number: int) -> HttpResponse:
    """Say something below a thread."""
    post = on_desk(request, pk)
    thread = get_object_or_404(post.editor_comments, pk=number)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return refused(request, post, Refused(NO_WORDS, code="comment_missing"), answering=number)
    try:
        post.comment(by=request.user, text=form.cleaned_data["text"], parent=thread)
    except Refused as refusal:
        return refused(request, post, refusal, answering=number, answer_typed=request.POST["text"])
    return shown(request, post)


@require_POST
@login_required
def resolve(request: Request, pk: int, number: int) -> HttpResponse:
    """Nothing is left to do at this passage."""
    post = on_desk(request, pk)
    return done(request, post, get_object_or_404(post.editor_comments, pk=number).resolve)


@require_POST
@login_required
def reopen(request: Request, pk: int, number: int) -> HttpResponse:
    """Something is left to do after all."""
    post = on_desk(request, pk)
    return done(request, post, get_object_or_404(post.editor_comments, pk=number).reopen)


def suggestion_of(request: Request, pk: int, number: int) -> Suggestion:
    post = on_desk(request, pk)
    return get_object_or_404(post.suggestions.select_related("by"), pk=number)


def done(request: Request, post: Post, verb: Any, **given: Any) -> HttpResponse:
    try:
        verb(by=request.user, **given)
    except Refused as refusal:
        return refused(request, post, refusal)
    return shown(request, post)


def refused(request: Request, post: Post, refusal: Refused, **typed: Any) -> HttpResponse:
    if not request.htmx:
        raise refusal
    return shown(request, post, trouble=refusal.message, status=409, **typed)


def shown(request: Request, post: Post, *, status: int = 200, said: str = "", **context: Any) -> HttpResponse:
    """What stands beside the text, anew; without scripts the desk. `form` holds what was typed and not taken."""
    form = context.get("form")
    if not request.htmx:
        if form is not None:
            return desk(request, post, passage_form=form, status=status)
        if said:
            messages.success(request, said)
        return redirect(f"{post.desk_url}#suggestions")
    post = on_desk(request, post.pk)
    verbs = post.verbs_of(request.user)
    context = {
        "post": post,
        "verbs": verbs,
        "passages": passages_of(post, request.user, verbs),
        "passage_form": form or PassageForm(suggests="suggest" in verbs),
        "said": said,
    } | context
    return render(request, "blog/_passages.html", context, status=status)
