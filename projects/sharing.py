"""The page on which a team writes its next round: one draft, edited by every member until one of them hands it in."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from mentorship.cohorts.models import Cohort, Group
from mentorship.common.errors import Refused
from mentorship.people.requests import Request
from projects.forms import HandInForm
from projects.models import Project, SharedDraft
from projects.models.shared import DraftChanged, cleaned

NOT_SHARED = ("key", "files")  # the sender's own


class Shared:
    """A team's draft as it is on one page; `problem` says why the page cannot be used yet."""

    def __init__(self, request: Request, project: Project, group: Group | None, cohort: int) -> None:
        self.request, self.project, self.group, self.cohort = request, project, group, cohort
        self.people = [row.membership.person for row in group.joined()] if group else []
        self.draft = SharedDraft.of(group, project.pk) if group else None

    @classmethod
    def of(cls, request: Request, project: Project, group: Group | None, cohort: int) -> "Shared | None":
        """None where the project is done alone."""
        if project.team_max == 1 or (group is None and project.team_min == 1):
            return None
        return cls(request, project, group, cohort)

    @property
    def groups_url(self) -> str:
        return reverse("cohorts:groups", args=[Cohort.objects.values_list("slug", flat=True).get(pk=self.cohort)])

    @property
    def problem(self) -> str:
        low, high = self.project.team_min, self.project.team_max
        if self.group is None:
            return f"This project is done by a team of {low} to {high}. Form a capstone team in your cohort first."
        if len(self.people) < low:
            return f"{len(self.people)} of {low} have joined your team: handing in waits until the others do."
        return ""

    def initial(self) -> dict[str, str]:
        """What the draft says; nothing as long as nobody has saved."""
        return dict(self.draft.content) if self.draft else {}

    def context(self) -> dict[str, Any]:
        return {"shared": self, "shared_version": self._version()}

    def _version(self) -> int:
        """The version that the page began with."""
        text = self.request.POST.get("version", "")
        if text.isascii() and text.isdigit() and len(text) < 9:
            return int(text)
        return self.draft.version if self.draft else 0

    def _meant(self) -> int:
        """The version that is replaced: the page's, or the other's when their words are meant to go."""
        text = self.request.POST.get("overwrite", "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else self._version()

    def typed(self, form: HandInForm) -> dict[str, str]:
        names = [name for name in form.fields if name not in NOT_SHARED]
        return cleaned({name: self.request.POST.get(name, "") for name in names})

    def compare(self, form: HandInForm, saved: SharedDraft) -> dict[str, Any]:
        """What stands there now, field by field, where it is not what was typed."""
        typed = self.typed(form)
        names = [name for name in form.fields if name not in NOT_SHARED]
        differing = [name for name in names if saved.content.get(name, "") != typed.get(name, "")]
        theirs = [(form[name].label, saved.content.get(name, "")) for name in differing]
        return {"theirs": theirs, "saved": saved}

    def save(self, form: HandInForm, context: dict[str, Any]) -> HttpResponse:
        """Save what was typed for the team; to htmx only the state of the draft is answered."""
        draft, status = self.draft, 200
        try:
            if draft is None:
                raise Refused(self.problem, code="needs_team")
            draft.save_for_team(by=self.request.user, content=self.typed(form), version=self._meant())
            context |= {"shared_version": draft.version}
        except DraftChanged as conflict:
            context |= {"draft_problem": conflict.message} | self.compare(form, conflict.saved)
            status = 409
        except Refused as refusal:
            context |= {"draft_problem": refusal.message}
            status = 409
        if self.request.htmx:
            return render(self.request, "projects/_shared.html", context, status=status)
        if status == 200:
            messages.success(self.request, "Saved for your team. Files are chosen by whoever hands in.")
            return redirect(self.request.path)
        form.is_bound, form.initial = False, self.request.POST.dict()
        return render(self.request, "projects/hand_in.html", context, status=status)

    def version(self, form: HandInForm) -> int:
        """The version that handing in begins from. Words that were saved exactly as typed are nobody else's."""
        fresh = SharedDraft.of(self.group, self.project.pk) if self.group else None
        if fresh and fresh.content and fresh.content == self.typed(form):
            return fresh.version
        return self._meant()
