"""What members write beside resources, and what keepers do about it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.common.pages import paginate
from mentorship.common.rendering.worded import ChangedThere
from mentorship.people.requests import Request
from mentorship.study.library.forms import AnnotationForm, ReasonForm
from mentorship.study.library.members import is_keeper, is_member
from mentorship.study.library.models import Annotation
from mentorship.study.library.rows import annotation_rows
from mentorship.study.library.views import found, page_of


def annotation_of(request: Request, pk: int) -> Annotation:
    rows = Annotation.objects.visible_to(request.user).select_related("author", "resource").defer("resource__words")
    return get_object_or_404(rows, pk=pk)


@require_POST
@login_required
def annotate(request: Request, key: str) -> HttpResponse:
    row = found(request, key)
    if not is_member(request.user):
        raise Http404
    form, status = AnnotationForm(request.POST), 422
    if form.is_valid():
        try:
            note = Annotation.write(row, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("text", refusal.message)
            status = 409
        else:
            messages.success(request, "Thank you, it stands here now.")
            return redirect(note.get_absolute_url())
    return page_of(request, row, form=form, status=status)


@require_http_methods(["GET", "POST"])
@login_required
def annotation(request: Request, pk: int) -> HttpResponse:
    """Its writer says it in other words."""
    note = annotation_of(request, pk)
    if note.author_id != request.user.pk:
        raise Http404
    form, status = AnnotationForm(request.POST if request.method == "POST" else None, annotation=note), 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                note.edit(by=request.user, text=form.cleaned_data["text"], version=form.cleaned_data["version"] or 0)
                messages.success(request, "Saved.")
                return redirect(note.get_absolute_url())
            except ChangedThere as conflict:
                status = 409
                form.data = {**request.POST.dict(), "version": note.version}
                form.add_error("text", f"{conflict.message} Saving again replaces what stands there: {conflict.saved}")
            except Refused as refusal:
                form.add_error("text", refusal.message)
                status = 409
    return render(request, "study/library/annotation.html", {"annotation": note, "form": form}, status=status)


@require_POST
@login_required
def remove_annotation(request: Request, pk: int) -> HttpResponse:
    note = annotation_of(request, pk)
    if note.author_id != request.user.pk:
        raise Http404
    note.remove(by=request.user)
    messages.success(request, "Your note is gone.")
    return redirect(note.resource)


@require_POST
@login_required
def report_annotation(request: Request, pk: int) -> HttpResponse:
    """'This does not belong here.'"""
    note = annotation_of(request, pk)
    note.report(by=request.user)
    messages.success(request, "Thank you. An admin looks at it.")
    return redirect(note.get_absolute_url())


def kept_by(request: Request, pk: int) -> Annotation:
    if not is_keeper(request.user):
        raise Http404
    return annotation_of(request, pk)


@require_POST
@login_required
def leave_annotation(request: Request, pk: int) -> HttpResponse:
    kept_by(request, pk).leave(by=request.user)
    messages.success(request, "It stays.")
    return redirect("study:reported_annotations")


@require_POST
@login_required
def show_annotation(request: Request, pk: int) -> HttpResponse:
    note = kept_by(request, pk)
    note.show(by=request.user)
    messages.success(request, "It is shown again.")
    return redirect(note.get_absolute_url())


@require_http_methods(["GET", "POST"])
@login_required
def hide_annotation(request: Request, pk: int) -> HttpResponse:
    """Take a note away from readers, and say why."""
    note = kept_by(request, pk)
    form, status = ReasonForm(request.POST if request.method == "POST" else None), 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            note.hide(by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, f"It is hidden, and {note.author.get_short_name()} was told why.")
            return redirect(note.get_absolute_url())
    return render(request, "study/library/hide.html", {"annotation": note, "form": form}, status=status)


@require_safe
@login_required
def reported(request: Request) -> HttpResponse:
    """Notes that members reported, the longest ago first."""
    if not is_keeper(request.user):
        raise Http404
    rows = Annotation.objects.reported().select_related("author", "resource").defer("resource__words")
    page = paginate(request, rows, size=30)
    context = {"page": page, "rows": annotation_rows(page, request.user, clock.now())}
    return render(request, "study/library/reported.html", context)
