"""The shipped bank holds together: its questions are read, belong somewhere, and can be shown."""

import pytest
from django.conf import settings

from mentorship.common.rendering.markdown import render_markdown
from mentorship.study.questions.reading import lost_places, read_bank
from streams.loading.schema import read_curriculum

BANK = read_bank()
QUESTIONS = {question.key: question for question in BANK.questions()}
STREAMS = read_curriculum(settings.BASE_DIR / "streams" / "curriculum")


def test_items_and_criteria_exist():
    assert list(lost_places(BANK, STREAMS)) == []


def test_the_roles_of_the_notes_have_a_plan():
    roles = {"machine-learning-engineer", "applied-scientist", "research-scientist", "data-scientist"}
    assert roles <= {role.key for role in BANK.roles}


@pytest.mark.parametrize("topic", BANK.topics, ids=lambda topic: topic.key)
def test_formulas_can_be_read(topic):
    for question in topic.questions:
        for text in (question.question, *question.covers, question.answer):
            assert 'class="tex"' not in render_markdown(text), f"{question.key}: {text}"
