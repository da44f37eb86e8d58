"""Five weeks of Amara's practice: what stays, what was forgotten again and again, and what reviews ask for."""

from datetime import datetime, timedelta

from mentorship.home.interviews.calling import call_for_practice
from mentorship.people.models import User
from mentorship.study.models import Card, Note, PracticePlan, Question
from mentorship.study.questions.queue import today_of

SESSIONS = (34, 32, 30, 27, 25, 23, 20, 18, 16, 13, 11, 9, 6, 4, 2, 1)  # days ago
A_SESSION = 9
# How it went, question after question; mostly well, as it does.
RATINGS = (3, 3, 4, 3, 1, 3, 2, 3, 4, 3, 3)
ANSWER = "Less variance by averaging trees that err differently; bias stays as it is."


def make_practice(amara: User, now: datetime) -> None:
    """Her cards with their history, a leech, one question of her own from a note, and a plan for interviews."""
    evening = now.replace(hour=17, minute=30, second=0, microsecond=0)
    began = evening - timedelta(days=35)
    PracticePlan.change(
        by=amara, new_a_day=6, role="machine-learning-engineer", at=began,
        interview_on=(now + timedelta(days=45)).date(),
    )  # fmt: skip
    bank = Question.objects.in_bank()
    Card.add(bank.filter(round="breadth").order_by("topic__position", "position")[:30], by=amara, at=began)
    Card.add(bank.filter(round="project").order_by("topic__position", "position")[:4], by=amara, at=began)
    note = Note.objects.visible_to(amara).filter(text__contains="Bagging").first()
    own = Question.write(
        by=amara, text="What does bagging change, and what does it leave?", note=note, at=began,
        covers=["Variance falls: errors of single trees average out", "Bias stays", "Only if the trees differ"],
    )  # fmt: skip
    Card.add([own], by=amara, at=began)
    said = 0
    for days in SESSIONS:
        at = evening - timedelta(days=days)
        for _ in range(A_SESSION):
            card = today_of(amara, at).card
            if card is None:
                break
            rating, text = RATINGS[said % len(RATINGS)], ANSWER if card.question_id == own.pk else ""
            ticked = list(range(min(rating, len(card.question.covers))))
            card.rate(rating, version=card.version, text=text, ticked=ticked, seconds=40 + said % 90, at=at)
            said, at = said + 1, at + timedelta(minutes=2)
    make_leech(amara, evening)
    call_for_practice(now)


def make_leech(amara: User, evening: datetime) -> None:
    """One that she forgot every few days."""
    question = Question.objects.in_bank().filter(round="depth").order_by("topic__position", "position").first()
    if question is None:
        return
    at = evening - timedelta(days=30)
    Card.add([question], by=amara, at=at)
    card = Card.objects.get(person=amara, question=question)
    card.rate(4, version=0, seconds=60, at=at)
    while not card.leech_at:
        at += timedelta(days=4)
        card.rate(1, version=card.version, seconds=80, at=at)
        if not card.leech_at:
            card.rate(3, version=card.version, seconds=30, at=at + timedelta(minutes=10))
