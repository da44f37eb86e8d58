"""The bank in the database: what the files state, twice as once, and nothing lost."""

from dataclasses import replace

from django.core.management import call_command
from django.utils import timezone

from mentorship.study.models import Question, QuestionTopic
from mentorship.study.questions.loading import apply_bank, bank
from tests.study.questions.make import make_card


def test_loading_twice_is_loading_once(db, capsys):
    call_command("load_questions")
    assert Question.objects.in_bank().count() == len(list(bank().questions()))
    call_command("load_questions")
    assert "nothing to change" in capsys.readouterr().out
    question = Question.objects.in_bank().first()
    assert question.html.startswith("<p>")
    assert len(question.covers_html) == len(question.covers)


def test_what_left_the_files_is_retired_and_its_cards_stay(amara, db):
    topic = replace(bank().topics[0], questions=bank().topics[0].questions[:2])
    small = replace(bank(), topics=(topic,))
    apply_bank(small, at=timezone.now())
    first, second = Question.objects.order_by("position")
    card = make_card(amara, second)
    other = replace(topic.questions[0], question="Asked otherwise?")
    changes = apply_bank(replace(small, topics=(replace(topic, questions=(other,)),)), at=timezone.now())
    assert sorted(str(change).split(" (")[0] for change in changes) == sorted(
        [f"retired question {second.key}", f"changed question {first.key}"]
    )
    assert "Asked otherwise" in Question.objects.in_bank().get().html
    card.refresh_from_db()
    assert card.question.retired_at
    apply_bank(small, at=timezone.now())
    assert Question.objects.in_bank().count() == 2
    assert QuestionTopic.objects.count() == 1
