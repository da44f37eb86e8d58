"""The whole API, called with what its own description allows and does not allow: no answer is a fault of ours."""

from collections import Counter

import hypothesis
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from django.utils import timezone
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode

from mentorship.people import tokens
from mentorship.people.models import Token
from mentorship.study.models import Note, Resume, Timer
from mentorship.study.plan.weeks import adopt
from tests import factory
from tests.access.world import make_world
from tests.study.questions.make import make_card

EXAMPLES = 4  # of each operation, as each role; as admin as many that its description does not allow
PARTS = 4  # of the operations, for workers to share
ROLES = ("mentee", "mentor", "editor", "admin")


@pytest.fixture
def world(db):
    return make_world()


@pytest.fixture
def own(world):
    """By role, and there by the part of the address: what is theirs alone, as in the world it is the mentee's."""
    return {role: own_of(world.people[role]) for role in ROLES if role != "mentee"}


def own_of(person) -> dict[str, object]:
    return {
        "cards": make_card(person).pk,
        "jobs": factory.make_job(person).pk,
        "notes": Note.write(by=person, text="Why trees?").pk,
        "papers": factory.make_reading(person).pk,
        "plan-slots": adopt(by=person, key="evenings")[0].pk,
        "resumes": Resume.make(by=person, name="Forests").pk,
        "study-entries": factory.make_study_entry(person).pk,
        "timers": Timer.start(by=person).pk,
    }


@pytest.fixture
def secrets(world):
    """What each role calls the API with."""
    secrets = {role: tokens.issue(person=world.people[role], name="schemathesis")[1] for role in ROLES}
    Token.objects.update(used_at=timezone.now())
    return secrets


@pytest.fixture
def api(world, settings, tmp_path, monkeypatch):
    """The API's description, with paths that lead to things that exist."""
    settings.MEDIA_ROOT = str(tmp_path)
    monkeypatch.setattr("rest_framework.views.APIView.throttle_classes", [])
    # The test's connection is one transaction: a request must not close it, as Django's own test client knows.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    schema = schemathesis.openapi.from_wsgi("/api/schema/?format=json", get_wsgi_application())

    # By the name of a parameter: what stands inside of what the first one names.
    inner = {"question": world.own_question.pk, "member": world.pair.members.first().pk, "link": world.group_link.pk}

    @schema.hook
    def map_path_parameters(context, path_parameters):
        things = things_of(world)
        part = context.operation.path.split("/")[3]
        if path_parameters and part in things:
            return {name: inner.get(name, things[part]) for name in path_parameters}
        return path_parameters

    yield schema
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def things_of(w) -> dict[str, object]:
    """By the part of the address after `/api/v1/`: the key of something that is there."""
    return {
        "announcements": w.announcement.pk,
        "action-items": w.action.pk,
        "answers": w.answer.pk,
        "applications": w.application.pk,
        "apprentices": w.apprenticeship.pk,
        "as-of": w.test_cohort.slug,
        "assignments": w.assignment.pk,
        "away": w.away.pk,
        "calibration": "late-trains",
        "change-requests": w.request.pk,
        "coauthors": w.coauthor.pk,
        "cohorts": w.cohort.slug,
        "cockpit": w.cohort.slug,
        "comments": w.comment.pk,
        "departures": w.departure.pk,
        "due-dates": w.due.pk,
        "editing": w.edited_post.pk,
        "cross-posts": w.cross_post.pk,
        "exchanges": w.exchange.pk,
        "extensions": w.extension.pk,
        "feeds": w.feed.pk,
        "items": w.item.key,
        "graduation": w.mentee.pk,
        "graduation-rules": w.stream.key,
        "library": w.resource.key,
        "annotations": w.annotation.pk,
        "roadmaps": w.roadmap.key,
        "group-posts": w.group_post.pk,
        "groups": w.pair.pk,
        "meetings": w.meeting.pk,
        "mentor-notes": w.mentor_note.pk,
        "mentoring": w.mentor.pk,
        "my-posts": w.draft.pk,
        "post-figures": str(w.figure.key),
        "pauses": w.pause.pk,
        "pitches": w.idea.pk,
        "writing": w.cohort.slug,
        "points": w.point.pk,
        "cards": w.card.pk,
        "interview-questions": w.own_interview_question.pk,
        "notes": w.note.pk,
        "jobs": w.job.pk,
        "papers": w.reading.pk,
        "note-imports": w.note_import.pk,
        "shared-notes": w.cohort_reads.pk,
        "other-works": w.other_work.pk,
        "proposals": w.proposal.pk,
        "slots": w.slot.pk,
        "bookings": w.booking.pk,
        "talks": w.talk.slug,
        "timers": w.timer.pk,
        "item-reports": w.item_report.pk,
        "plan-slots": w.plan_slot.pk,
        "invitations": w.invitation.pk,
        "certificates": w.outcome.code,
        "charters": w.cohort.slug,
        "files": w.file.pk,
        "queue": w.unclaimed.pk,
        "visits": w.visit.pk,
        "wishes": w.wish.pk,
        "portfolio-projects": w.portfolio_project.pk,
        "portfolios": w.people["mentee"].handle,
        "people": w.people["mentee"].handle,
        "post-files": w.draft.pk,
        "post-notebooks": w.cells.pk,
        "own-notebooks": w.notebook.pk,
        "post-feeds": w.own_feed.pk,
        "posts": w.post.slug,
        "projects": w.project.key,
        "questions": w.asked.pk,
        "resumes": w.resume.pk,
        "reader-comments": w.reader_comment.pk,
        "remarks": w.remark.pk,
        "rounds": w.round.pk,
        "saved-replies": w.reply.pk,
        "schedules": w.cohort.slug,
        "series": w.series.slug,
        "streams": w.stream.key,
        "study-entries": w.study_entry.pk,
        "stalled": w.mentee.pk,
        "submissions": w.returned.pk,
        "swaps": w.swap.pk,
        "testimonials": w.feedback.pk,
        "tokens": w.token.pk,
        "transfers": w.import_.pk,
    }


@pytest.mark.parametrize("part", range(PARTS))
def test_no_answer_is_a_fault(api, secrets, own, part):
    called, answers, reached = 0, {role: Counter() for role in ROLES}, 0
    operations = [found.ok() for found in api.get_all_operations()]
    # Those that read, then those that write, each by path: so every part is dealt as many of a kind as the others.
    for operation in sorted(operations, key=lambda one: (one.method, one.path))[part::PARTS]:
        before = well(answers)
        call_often(answers, secrets, operation.as_strategy(GenerationMode.POSITIVE), own)
        if any((operation.query, operation.body, operation.path_parameters)):
            call_often(answers, {"admin": secrets["admin"]}, operation.as_strategy(GenerationMode.NEGATIVE), own)
        called += 1
        reached += well(answers) > before
    assert called > 50 // PARTS
    assert all(answers[role][401] == answers[role][429] == 0 for role in ROLES)  # all of it was called as somebody
    # And much of it led somewhere; of an editor's there is less.
    assert reached > called // 2, answers
    assert all(answers[role][200] > called for role in ROLES if role != "editor"), answers
    assert answers["editor"][200] > called // 2, answers


def well(answers) -> int:
    return sum(count for of_role in answers.values() for status, count in of_role.items() if status < 300)


def call_often(answers, secrets, cases, own) -> None:
    """Calls one operation with each case as each role, counting the answers; what a call changes is undone.

    Where a path leads to something that only one person sees, each role is led to their own.
    """

    @hypothesis.given(case=cases)
    @hypothesis.settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    def call(case):
        for role, secret in secrets.items():
            theirs = own.get(role, {}).get(case.operation.path.split("/")[3])
            if theirs and list(case.path_parameters or ()) == ["id"]:
                case.path_parameters = {"id": theirs}
            with transaction.atomic():
                headers = {"Authorization": f"Token {secret}"}
                answer = case.call_and_validate(checks=[not_a_server_error], headers=headers)
                answers[role][answer.status_code] += 1
                transaction.set_rollback(True)

    call()
