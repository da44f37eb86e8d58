"""What reviews and mock interviews found weak becomes cards of who was reviewed or interviewed.

Due and not yet called for, never a window: what a beat missed is found by the next one.
"""

from datetime import datetime

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.fields import CharField
from django.db.models.functions import Cast, Concat

from mentorship.cohorts.interviews import round_of
from mentorship.cohorts.models import InterviewFeedback
from mentorship.cohorts.models.interview_feedback import OPENS_AFTER
from mentorship.people.models import User
from mentorship.study.models import Call, Question
from mentorship.study.questions.calling import call

EACH = 4  # questions about one criterion or one topic
# By person and question of a rubric what the latest published review says, where that is weak, questions of the bank
# are about it, and nothing was called for because of it yet.
WEAK = """
SELECT asked.person, asked.key, asked.question, asked.title, asked.review
FROM (
    SELECT DISTINCT ON (who.person, k.key)
        who.person, k.key, k.question, w.title, score.level, v.id AS review, v.published_at
    FROM projects_score score
    JOIN projects_review v ON v.id = score.review_id AND v.state = 'published'
    JOIN projects_round r ON r.id = v.round_id
    JOIN projects_submission w ON w.id = r.submission_id AND w.state <> 'withdrawn'
    JOIN projects_criterion k ON k.id = score.criterion_id
    CROSS JOIN LATERAL (
        SELECT w.author_id AS person
        UNION SELECT t.person_id FROM projects_teammember t WHERE t.submission_id = w.id AND t.left_at IS NULL
    ) who
    WHERE k.key IN (SELECT unnest(q.criteria) FROM study_question q WHERE q.person_id IS NULL AND q.retired_at IS NULL)
    ORDER BY who.person, k.key, v.published_at DESC, score.id DESC
) asked
WHERE asked.level IN ('not_yet', 'partly') AND NOT EXISTS (
    SELECT FROM study_call c JOIN study_card d ON d.id = c.card_id
    WHERE d.person_id = asked.person AND c.source = 'review:' || asked.review || ':' || asked.key
)
ORDER BY asked.published_at, asked.key LIMIT 500
"""


def call_for_practice(at: datetime) -> int:
    """Everything that is to be called for; how many cards."""
    return call_for_criteria(at) + call_for_topics(at)


def call_for_criteria(at: datetime) -> int:
    """Questions about the criteria that a person's latest review of them was not sure of."""
    with connection.cursor() as cursor:
        cursor.execute(WEAK)
        rows = cursor.fetchall()
    people = User.objects.in_bulk({person for person, *_ in rows})
    count = 0
    for person, key, question, title, review in rows:
        about = list(Question.objects.in_bank().filter(criteria__contains=[key]).in_order()[:EACH])
        says = f"A review of “{title}” was not sure of this yet: {question}"
        source = f"review:{review}:{key}"
        count += call(about, person=people[person], source=source, says=says, url=f"/why/#{key}", at=at)
    return count


def call_for_topics(at: datetime) -> int:
    """Questions of the topics that interviewers named, once the candidate may read what they said."""
    both = InterviewFeedback.objects.filter(booking=OuterRef("booking")).exclude(by=OuterRef("by"))
    source = Concat(Value("interview:"), Cast("booking", CharField()))
    called = Call.objects.filter(source=OuterRef("source"))
    rows = InterviewFeedback.objects.exclude(topics=[]).annotate(source=source).filter(~Exists(called))
    rows = rows.filter(Q(Exists(both)) | Q(booking__slot__ends_at__lte=at - OPENS_AFTER))
    related = ("booking__slot__host__person", "booking__slot__cohort", "booking__guest__person", "by__person")
    count = 0
    for row in rows.select_related(*related).order_by("pk")[:200]:
        slot = row.booking.slot
        asked = Question.objects.in_bank().filter(round=round_of(slot.interview_round)).select_related("topic")
        about = [
            question
            for topic in row.topics
            for question in asked.filter(topic__key=topic).order_by(F("level").asc(), "position")[:EACH]
        ]
        says = f"{row.by.person} found this shaky in your mock interview."
        person, name = row.booking.candidate.person, f"interview:{row.booking_id}"
        count += call(about, person=person, source=name, says=says, url=slot.get_absolute_url(), at=at)
    return count
