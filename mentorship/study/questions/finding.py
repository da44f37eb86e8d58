"""The bank as one looks through it: filters that page, API and 'add all of these' share."""

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q

from mentorship.study.questions.loading import roles
from mentorship.study.questions.models import Card, Question, QuestionQuerySet, QuestionTopic
from mentorship.study.questions.models.question import Level, Round

OWN = "own"
MOST_ADDED = 300


class FilterForm(forms.Form):
    """What of the bank is looked at. What is not known finds nothing rather than everything."""

    use_required_attribute = False

    q = forms.CharField(label="Search", max_length=100, required=False, widget=forms.SearchInput)
    topic = forms.CharField(max_length=60, required=False, widget=forms.Select)
    round = forms.ChoiceField(choices=[("", "Any round"), *Round.choices], required=False)
    level = forms.TypedChoiceField(
        choices=[("", "Any level"), *Level.choices], required=False, coerce=int, empty_value=None
    )
    role = forms.CharField(max_length=60, required=False, widget=forms.Select)
    item = forms.CharField(max_length=120, required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, topics: list[QuestionTopic]) -> None:
        super().__init__(data, auto_id="find-%s")
        choices = [("", "Any topic"), (OWN, "My own"), *((topic.key, topic.title) for topic in topics)]
        self.fields["topic"].widget.choices = choices
        self.fields["role"].widget.choices = [("", "Any role"), *((key, role.title) for key, role in roles().items())]


def topics() -> list[QuestionTopic]:
    return list(QuestionTopic.objects.filter(retired_at=None))


def found(person: Any, asked: dict[str, Any]) -> QuestionQuerySet:
    """What `person` can practise of what is `asked` for (q, topic, round, level, role, item), in the bank's order."""
    rows = Question.objects.asked_of(person)
    if topic := asked.get("topic"):
        rows = rows.filter(person_id=person.pk) if topic == OWN else rows.filter(topic__key=topic)
    if asked.get("round"):
        rows = rows.filter(round=asked["round"])
    if asked.get("level"):
        rows = rows.filter(level=asked["level"])
    if role := asked.get("role"):
        rows = rows.filter(Q(roles=[]) | Q(roles__contains=[role]))
    if asked.get("item"):
        rows = rows.filter(items__key=asked["item"])
    for word in asked.get("q", "").replace("\x00", "").split()[:8]:
        rows = rows.filter(Q(text__icontains=word) | Q(topic__title__icontains=word))
    return rows.in_order()


def with_cards(rows: QuestionQuerySet, person: Any) -> QuestionQuerySet:
    """Each with `has_card`: whether the person practises it already."""
    return rows.annotate(has_card=Exists(Card.objects.filter(question=OuterRef("pk"), person_id=person.pk)))


def add_found(person: Any, asked: dict[str, Any]) -> int:
    """Practise everything that is asked for; how many were new."""
    return Card.add(found(person, asked)[:MOST_ADDED], by=person)
