"""Private notes of mentors about one mentee: a page, and the same as a fragment for where mentors work."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from mentorship.cohorts.models import Assignment, Membership, MentorNote
from mentorship.cohorts.models.note import NoteChanged, may_hand_over, may_note
from mentorship.cohorts.noting import NoteForm, SummaryForm, fields_of, new_form, notes_context
from mentorship.cohorts.views.frame import page
from mentorship.common.errors import Refused
from mentorship.people.requests import Request


def about(request: Request, slug: str, pk: int) -> Membership:
    """The mentee, for mentors of the cohort and for admins; for everybody else, and for the mentee, nobody."""
    rows = Membership.objects.filter(cohort__slug=slug, role=Membership.Role.MENTEE)
    found = get_object_or_404(rows.select_related("cohort__stream", "person"), pk=pk)
    if found.person_id == request.user.pk or not (request.user.is_admin or may_note(request.user, found)):
        raise Http404
    return found


def show(request: Request, mentee: Membership, form: NoteForm | None = None, status: int = 200) -> HttpResponse:
    """The page; to htmx only the notes."""
    fields = fields_of(form) if form is not None else new_form() if may_note(request.user, mentee) else None
    context = notes_context(mentee.pk, mentee.cohort.slug, request.user, fields)
    if request.htmx:
        return render(request, "cohorts/_mentor_notes.html", context, status=status)
    return page(request, "mentor_notes.html", mentee.cohort, "", status, mentee=mentee, **context)


@require_http_methods(["GET", "POST"])
@login_required
def mentor_notes(request: Request, slug: str, pk: int) -> HttpResponse:
    mentee = about(request, slug, pk)
    if request.method == "GET":
        return show(request, mentee)
    if not may_note(request.user, mentee):
        raise Http404
    form = NoteForm(request.POST, auto_id="mentor-note-%s")
    if not form.is_valid():
        return show(request, mentee, form, 422)
    try:
        MentorNote.write(mentee, by=request.user, text=form.cleaned_data["text"], key=form.cleaned_data["key"])
    except Refused as refusal:
        form.add_error("text", refusal.message)
        return show(request, mentee, form, 422)
    return show(request, mentee) if request.htmx else redirect("cohorts:mentor_notes", slug, pk)


def own(request: Request, slug: str, pk: int, note: int) -> MentorNote:
    """A note that the reader wrote about this mentee."""
    rows = MentorNote.objects.written_by(request.user).select_related("membership__cohort__stream")
    return get_object_or_404(rows, pk=note, membership=pk, membership__cohort__slug=slug)


@require_http_methods(["GET", "POST"])
@login_required
def edit_mentor_note(request: Request, slug: str, pk: int, note: int) -> HttpResponse:
    row = own(request, slug, pk, note)
    saved, status = None, 200
    form = NoteForm(request.POST or None, initial={"text": row.text, "version": row.version})
    form.fields["text"].label = "Private note"
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                row.edit(by=request.user, text=form.cleaned_data["text"], version=form.cleaned_data["version"] or 0)
            except NoteChanged as conflict:
                saved, status = conflict.saved, 409
                form.add_error("text", f"{conflict.message} It stands below; saving again replaces it.")
                form.data = {**request.POST.dict(), "version": conflict.saved.version}
            except Refused as refusal:
                form.add_error("text", refusal.message)
            else:
                return redirect("cohorts:mentor_notes", slug, pk)
    return page(request, "mentor_note.html", row.membership.cohort, "", status, note=row, form=form, saved=saved, pk=pk)


@require_http_methods(["GET", "POST"])
@login_required
def summary(request: Request, slug: str, pk: int) -> HttpResponse:
    """What the next mentor should know, by who mentored, or an admin."""
    rows = Assignment.objects.filter(cohort__slug=slug).select_related("cohort__stream", "mentee__person", "mentor")
    pair = get_object_or_404(rows, pk=pk)
    if not may_hand_over(request.user, pair):
        raise Http404
    there = MentorNote.objects.filter(hands_over=pair).first()
    if there and there.author_id == request.user.pk:
        return redirect("cohorts:edit_mentor_note", slug, pair.mentee_id, there.pk)
    form, status = SummaryForm(request.POST or None, auto_id="summary-%s"), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                MentorNote.hand_over(pair, by=request.user, text=form.cleaned_data["text"])
            except Refused as refusal:
                form.add_error("text", refusal.message)
                status = 409 if refusal.code == "summarised" else 422
            else:
                messages.success(request, "Thank you. Who mentors them next reads it.")
                return redirect("cohorts:cohort", slug)
    context = {"mentee": pair.mentee, "form": form, "there": there}
    return page(request, "summary.html", pair.cohort, "", status, **context)


@require_POST
@login_required
def remove_mentor_note(request: Request, slug: str, pk: int, note: int) -> HttpResponse:
    row = own(request, slug, pk, note)
    row.remove(by=request.user)
    if request.htmx:
        return show(request, about(request, slug, pk))
    messages.success(request, "The note is removed.")
    return redirect("cohorts:mentor_notes", slug, pk)
