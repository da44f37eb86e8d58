"""One's own application: asking, changing, taking it back."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentorship.cohorts.forms_application import ApplicationForm
from mentorship.cohorts.forms_charter import charter_form
from mentorship.cohorts.models import Application, ApplicationDraft, Cohort
from mentorship.cohorts.models.application_draft import TypedElsewhere, cleaned, is_open
from mentorship.cohorts.views.frame import answers_of
from mentorship.common.errors import Refused
from mentorship.people.requests import Request


def own(request: Request, slug: str) -> Application:
    """The reader's latest application to this cohort, or 404."""
    rows = Application.objects.filter(person=request.user, cohort__slug=slug).exclude(cohort__state="draft")
    found = rows.select_related("cohort__stream").order_by("-pk").first()
    return found or get_object_or_404(rows.none())


class Desk:
    """What one person writes an application on: the cohort, what was sent already, the questions, what was typed."""

    def __init__(self, request: Request, slug: str) -> None:
        cohorts = Cohort.objects.visible_to(request.user).select_related("stream")
        self.request, self.cohort = request, get_object_or_404(cohorts, slug=slug)
        self.sent = Application.objects.live().filter(person=request.user, cohort=self.cohort).first()
        self.questions = list(self.cohort.application_questions.asked())
        self.draft = ApplicationDraft.of(request.user, self.cohort)
        self.charter = None if self.sent else charter_form(self.cohort, request.user, request.POST or None)

    @property
    def is_open(self) -> bool:
        return is_open(self.cohort, self.sent)

    def form(self, data: QueryDict | None = None) -> ApplicationForm:
        return ApplicationForm(data, instance=self.sent, questions=self.questions, draft=self.draft)

    def send(self, form: ApplicationForm) -> str:
        """Apply, or change what was sent; what to say about it."""
        answers, own = form.answers(), form.own()
        if self.sent:
            self.sent.edit(by=self.request.user, answers=answers, own=own)
            return "Your application is changed."
        Application.apply(cohort=self.cohort, person=self.request.user, answers=answers, own=own, charter=self.agreed())
        return "Your application is in. You are told as soon as it is decided."

    def agreed(self) -> int | None:
        return self.charter.agreed() if self.charter else None

    def may_send(self, form: ApplicationForm) -> bool:
        """Everything is filled in, the charter ticked; each says what it misses."""
        wrong = [one for one in (form, self.charter) if one is not None and not one.is_valid()]
        return not wrong

    def show(self, form: ApplicationForm, status: int = 200, **more: Any) -> HttpResponse:
        return render(self.request, "cohorts/apply.html", self.context() | {"form": form} | more, status=status)

    def context(self) -> dict[str, Any]:
        slug = self.cohort.slug
        return {
            "cohort": self.cohort, "application": self.sent, "draft": self.draft, "version": self.version(),
            "charter_form": self.charter,
            "draft_url": reverse("cohorts:save_draft", args=[slug]), "apply_url": reverse("cohorts:apply", args=[slug]),
        }  # fmt: skip

    def version(self) -> int:
        """The version of the draft that the page began with."""
        return number(self.request.POST.get("version", ""), self.draft.version)


def number(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else otherwise


@require_http_methods(["GET", "POST"])
@login_required
def apply(request: Request, slug: str) -> HttpResponse:
    """The form; while nobody has decided, the same form changes what was sent."""
    desk = Desk(request, slug)
    if request.method == "GET":
        return desk.show(desk.form()) if desk.is_open else redirect("cohorts:cohort", slug)
    form = desk.form(request.POST)
    if desk.may_send(form):
        try:
            messages.success(request, desk.send(form))
            return redirect("cohorts:application", slug)
        except Refused as refusal:
            form.add_error(None, refusal.message)
    return desk.show(form, 422)


@require_POST
@login_required
def save_draft(request: Request, slug: str) -> HttpResponse:
    """Keep what is typed; to htmx only the line that says so is answered."""
    desk = Desk(request, slug)
    form = desk.form()
    typed = {name: request.POST.get(name, "") for name in form.fields}
    problem: dict[str, Any] = {}
    try:
        if not desk.is_open:
            raise Refused("This cohort takes no applications now: nothing more is saved.", code="not_open")
        desk.draft.save_typed(typed, version=number(request.POST.get("overwrite", ""), desk.version()))
    except TypedElsewhere as conflict:
        differing = [name for name in form.fields if conflict.saved.content.get(name, "") != cleaned(typed).get(name)]
        theirs = [(form[name].label, conflict.saved.content.get(name, "")) for name in differing if name in form.fields]
        problem = {"problem": conflict.message, "theirs": theirs, "saved": conflict.saved}
    except Refused as refusal:
        problem = {"problem": refusal.message}
    status = 409 if problem else 200
    if request.htmx:
        context = desk.context() | problem | ({} if problem else {"version": desk.draft.version})
        return render(request, "cohorts/_saved.html", context, status=status)
    if not problem:
        messages.success(request, "Kept for you. It is not sent yet.")
        return redirect("cohorts:apply", slug)
    form.initial = {**form.initial, **typed}
    return desk.show(form, status, **problem)


@require_POST
@login_required
def drop_draft(request: Request, slug: str) -> HttpResponse:
    """Throw away what was typed and not sent."""
    desk = Desk(request, slug)
    ApplicationDraft.empty(person=request.user.pk, cohort=desk.cohort.pk)
    messages.success(request, "What you had typed is gone. Your application stays as it was sent.")
    return redirect("cohorts:apply" if desk.is_open else "cohorts:cohort", slug)


@require_safe
@login_required
def application(request: Request, slug: str) -> HttpResponse:
    row = own(request, slug)
    context = {"application": row, "cohort": row.cohort, "answers": answers_of(row), "place": row.place()}
    if row.state == Application.State.ACCEPTED and row.cohort.state in (Cohort.State.OPEN, Cohort.State.RUNNING):
        context["seat"] = row.cohort.memberships.mentees().filter(person=request.user).first()
    return render(request, "cohorts/application.html", context)


@require_POST
@login_required
def withdraw(request: Request, slug: str) -> HttpResponse:
    row = own(request, slug)
    try:
        row.withdraw(by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "Your application is withdrawn.")
    return redirect("cohorts:application", slug)
