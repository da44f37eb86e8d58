"""Who reads what, and what a page costs."""

import pytest

from mentorship.people.models import Event
from projects.models import Submission
from tests import factory

HOSTILE = '<script>alert(1)</script><img src=x onerror=alert(2)>"><svg onload=alert(3)>'


def visible(person):
    return set(Submission.objects.visible_to(person))


def test_own_mentees_and_what_one_holds(submission, cohort, bela, mateo, ines, noor, other_cohort, ada, emre, olga):
    others = factory.make_submission(cohort.memberships.get(person=bela))
    assert visible(submission.author) == {submission}
    assert visible(mateo) == {submission}
    assert visible(ines) == set()
    for outsider in (noor, emre, olga):
        assert visible(outsider) == set()
    assert visible(ada) == {submission, others}
    others.rounds.get().claim(by=ines)
    assert visible(ines) == {others}


def test_what_one_has_reviewed_stays_readable_while_one_mentors(submission, ines):
    factory.make_review(submission, ines)
    assert visible(ines) == {submission}
    ines.memberships.get().leave(by=ines)
    assert visible(ines) == set()


def test_who_waits_since_when(submission, mateo):
    assert list(Submission.objects.waiting_for(mateo)) == [submission]
    assert not Submission.objects.overdue()
    assert list(Submission.objects.overdue(at=factory.days_ago(-5))) == [submission]
    factory.make_review(submission, mateo)
    assert not Submission.objects.waiting_for(mateo)


def test_accepted_of(submission, mateo, amara):
    assert not Submission.objects.accepted_of(amara)
    factory.make_review(submission, mateo, factory.accepting(submission))
    assert list(Submission.objects.accepted_of(amara)) == [submission]


def test_an_admin_reads_and_it_is_kept(sign_in, ada, mateo, submission, waiting):
    sign_in(mateo).get(submission.get_absolute_url())
    assert not Event.objects.filter(verb="read").exists()
    sign_in(ada).get(submission.get_absolute_url())
    sign_in(ada).get(waiting.get_absolute_url())
    sign_in(ada).get(f"/api/v1/submissions/{submission.pk}/")
    sign_in(ada).get(f"/api/v1/rounds/{waiting.pk}/")
    assert [(e.actor, e.subject_id) for e in Event.objects.filter(verb="read")] == [(ada, submission.pk)] * 4


@pytest.fixture
def hostile(seat, mateo):
    """Work whose every field tries to run something, with a review that does too, and a second round."""
    project = seat.cohort.stream.items.get(kind="project").project
    answers = {row.pk: HOSTILE for row in project.criteria.all()}
    fields = {"title": HOSTILE, "write_up": HOSTILE, "answers": answers}
    submission = factory.make_submission(seat, **fields)
    said = factory.Said("a", HOSTILE, None, True), factory.Said("b", HOSTILE, project.criteria.first().pk)
    factory.make_review(submission, mateo, factory.make_draft(summary=HOSTILE, comments=said))
    request = submission.change_requests.get()
    work = factory.make_work(project, **fields, addressed={request.pk: HOSTILE})
    second = submission.hand_in(by=submission.author, work=work)
    second.claim(by=mateo)
    draft = second.draft_of(mateo)
    draft.save_draft(by=mateo, draft=factory.make_draft(summary=HOSTILE, comments=said), version=0)
    return submission, second


def test_nothing_that_anybody_wrote_runs(sign_in, amara, mateo, hostile):
    submission, second = hostile
    pages = {
        amara: [f"/submissions/{submission.pk}/", f"/rounds/{second.pk}/", f"/projects/{submission.project.key}/"],
        mateo: [
            "/queue/",
            "/queue/?tab=claimed",
            f"/submissions/{submission.pk}/",
            f"/rounds/{second.pk}/review/",
            f"/rounds/{second.pk}/review/preview/",
        ],
    }
    for person, addresses in pages.items():
        for address in addresses:
            page = sign_in(person).get(address).content.decode()
            for part in ("<script>alert", "<img src=x", "<svg onload"):
                assert part not in page, address


def test_a_file_leaves_as_it_came_and_as_nothing_that_runs(sign_in, amara, seat):
    content = b"a,b\n<script>,2\n"
    upload = factory.make_upload('my "data"; x.csv', content)
    submission = factory.make_submission(seat, files=(upload,))
    file = submission.rounds.get().files.get()
    answer = sign_in(amara).get(file.get_absolute_url())
    assert b"".join(answer.streaming_content) == content
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "data" not in file.file.name


def test_a_picture_of_a_notebook_is_shown_alone(sign_in, amara, waiting):
    _notebook, image = factory.make_rendered_notebook(waiting)
    answer = sign_in(amara).get(image.get_absolute_url())
    assert b"".join(answer.streaming_content) == b"PNG"
    assert answer["Content-Disposition"].startswith("inline") or "Content-Disposition" not in answer
    assert "sandbox" in answer["Content-Security-Policy"]


def rounds_of(submission, mateo, count):
    for _ in range(count):
        factory.make_review(submission, mateo)
        submission.hand_in(by=submission.author, work=factory.make_work(submission.project))


@pytest.mark.parametrize("count", [0, 4])
def test_what_the_pages_cost(sign_in, amara, mateo, submission, count, django_assert_max_num_queries):
    rounds_of(submission, mateo, count)
    last = submission.rounds.get(state="waiting")
    last.claim(by=mateo)
    last.draft_of(mateo).save_draft(by=mateo, draft=factory.make_draft(), version=0)
    for person, address, most in (
        (amara, f"/projects/{submission.project.key}/", 6),
        (amara, f"/submissions/{submission.pk}/", 14),
        (mateo, f"/submissions/{submission.pk}/", 15),
        (mateo, f"/rounds/{last.pk}/", 15),
        (mateo, f"/rounds/{last.pk}/review/", 11),
    ):
        client = sign_in(person)
        client.get(address)  # the first request of a session keeps it
        with django_assert_max_num_queries(most):
            assert client.get(address).status_code == 200
