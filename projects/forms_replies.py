"""The form of a saved reply."""

from typing import Any

from django import forms

from mentorship.people.models import User
from projects.models import Criterion, Project
from projects.models.reply import LONGEST, SavedReply, projects_of
from projects.saved_replies import FIELDS

HELP = "Markdown. Filled in when you use it: " + ", ".join(f"{{{name}}} {what}" for name, what in FIELDS.items()) + "."


class ReplyForm(forms.Form):
    """`key` makes a form that is sent twice one reply, `version` says what a change began from."""

    title = forms.CharField(max_length=80, help_text="For you to find it by; the mentee does not see it.")
    text = forms.CharField(
        label="Reply", max_length=LONGEST, widget=forms.Textarea({"rows": 7, "maxlength": LONGEST}), help_text=HELP
    )
    criterion = forms.ChoiceField(
        label="Question", required=False, help_text="It is offered first where this one is asked."
    )
    project = forms.ModelChoiceField(
        Project.objects.none(), required=False, to_field_name="key", empty_label="Any project", blank=True
    )
    shared = forms.BooleanField(
        label="Share it with everybody who reviews this project", required=False,
        help_text="Mentors of its stream can use it and change it.",
    )  # fmt: skip
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, min_value=0, max_value=10**9, widget=forms.HiddenInput)

    def __init__(self, *args: Any, person: User, reply: SavedReply | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.person, self.reply = person, reply
        projects = projects_of(person).order_by("item__stream__number", "item__position")
        self.fields["project"].queryset = projects  # type: ignore[attr-defined]
        self.fields["criterion"].choices = [("", "Any question"), *questions(projects)]  # type: ignore[attr-defined]

    def clean_text(self) -> str:
        return self.cleaned_data["text"].replace("\r\n", "\n").strip()

    def clean(self) -> None:
        data = self.cleaned_data
        if data.get("shared") and "project" in data and data["project"] is None:
            self.add_error("project", "Say which project a shared reply is for.")
        criterion, project = data.get("criterion"), data.get("project")
        if criterion and project and not project.criteria.filter(key=criterion, retired_at=None).exists():
            self.add_error("criterion", "This project does not ask this question.")

    def said(self) -> dict[str, Any]:
        """What the verbs take, of a form that is valid."""
        return {name: self.cleaned_data[name] for name in ("title", "text", "criterion", "project", "shared")}


def questions(projects: Any) -> list[tuple[str, str]]:
    """The questions of `projects`, each once, with the key that it keeps from project to project."""
    rows = Criterion.objects.filter(project__in=projects.values("pk"), retired_at=None)
    places = ("project__item__stream__number", "project__item__position", "position")
    known: dict[str, str] = {}
    for key, question in rows.order_by(*places).values_list("key", "question"):
        known.setdefault(key, question if len(question) <= 90 else f"{question[:90].rsplit(' ', 1)[0]} …")
    return list(known.items())
