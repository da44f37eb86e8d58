"""The whole API, called with what its own description allows and does not allow: no answer is a fault of ours."""

from collections import Counter

import hypothesis
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode

from mentorship.people import tokens
from tests.access.world import make_world

EXAMPLES = 2  # of each operation, as each role; as admin also what its description does not allow
ROLES = ("mentee", "mentor", "admin")


@pytest.fixture(params=ROLES)
def role(request):
    return request.param


@pytest.fixture
def api(role, db, settings, tmp_path):
    """The API's description, with paths that lead to things that exist, called as one role."""
    settings.MEDIA_ROOT = str(tmp_path)
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"DEFAULT_THROTTLE_CLASSES": []}
    # The test's connection is one transaction: a request must not close it, as Django's own test client knows.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    world = make_world()
    _token, secret = tokens.issue(person=world.people[role], name="schemathesis")
    schema = schemathesis.openapi.from_wsgi("/api/schema/?format=json", get_wsgi_application())
    schema.config.update(headers={"Authorization": f"Token {secret}"})

    @schema.hook
    def map_path_parameters(context, path_parameters):
        things = things_of(world)
        part = context.operation.path.split("/")[3]
        if path_parameters and part in things:
            return dict.fromkeys(path_parameters, things[part])
        return path_parameters

    yield schema
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def things_of(w) -> dict[str, object]:
    """By the part of the address after `/api/v1/`: the key of something that is there."""
    return {
        "applications": w.application.pk,
        "assignments": w.assignment.pk,
        "away": w.away.pk,
        "calibration": "late-trains",
        "change-requests": w.request.pk,
        "cohorts": w.cohort.slug,
        "comments": w.comment.pk,
        "editing": w.edited_post.pk,
        "items": w.item.key,
        "meetings": w.meeting.pk,
        "mentoring": w.mentor.pk,
        "my-posts": w.draft.pk,
        "other-works": w.other_work.pk,
        "portfolio-projects": w.portfolio_project.pk,
        "portfolios": w.people["mentee"].handle,
        "people": w.people["mentee"].handle,
        "posts": w.post.slug,
        "projects": w.project.key,
        "remarks": w.remark.pk,
        "rounds": w.round.pk,
        "saved-replies": w.reply.pk,
        "streams": w.stream.key,
        "study-entries": w.study_entry.pk,
        "submissions": w.returned.pk,
        "swaps": w.swap.pk,
        "testimonials": w.feedback.pk,
        "tokens": w.token.pk,
    }


def test_no_answer_is_a_fault(api, role):
    called, answers = 0, Counter()
    for found in api.get_all_operations():
        operation = found.ok()
        call_often(answers, operation.as_strategy(GenerationMode.POSITIVE))
        if role == "admin" and any((operation.query, operation.body, operation.path_parameters)):
            call_often(answers, operation.as_strategy(GenerationMode.NEGATIVE))
        called += 1
    assert called > 50
    assert answers[401] == 0  # all of it was called as somebody
    assert answers[200] > called // 4, answers  # and much of it led somewhere


def call_often(answers, cases) -> None:
    """Calls one operation with each case, counting the answers; what a call changes is undone."""

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
        with transaction.atomic():
            answers[case.call_and_validate(checks=[not_a_server_error]).status_code] += 1
            transaction.set_rollback(True)

    call()
