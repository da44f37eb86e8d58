"""What was handed in, said and settled stays, also for who writes SQL by hand."""

import pytest
from django.core.files.base import ContentFile
from django.db import DatabaseError, connection, transaction

from projects.work import Upload
from tests import factory


def sql(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


@pytest.fixture
def reviewed(seat, mateo):
    """A submission whose first round has a file and a published review."""
    upload = Upload.of(ContentFile(b"a,b\n", "d.csv"), "d.csv", "text/csv")
    submission = factory.make_submission(seat, files=(upload,))
    factory.make_review(submission, mateo)
    return submission


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE projects_round SET write_up = 'else'",
        "UPDATE projects_round SET commit = 'abcdef1'",
        "UPDATE projects_round SET number = 7",
        "UPDATE projects_round SET handed_in_at = now()",
        "UPDATE projects_round SET state = 'waiting'",
        "UPDATE projects_round SET extensions = 3",
        "DELETE FROM projects_round",
        "UPDATE projects_answer SET text = 'else'",
        "DELETE FROM projects_answer",
        "UPDATE projects_roundfile SET file = 'else'",
        "UPDATE projects_roundfile SET sha256 = ''",
        "DELETE FROM projects_roundfile",
        "UPDATE projects_submission SET author_id = author_id + 1",
        "UPDATE projects_submission SET state = 'accepted', accepted_at = now(), awaiting_mentee_since = NULL",
        "UPDATE projects_submission SET awaiting_mentor_since = now()",
        "DELETE FROM projects_submission",
        "UPDATE projects_review SET state = 'draft', published_at = NULL",
        "UPDATE projects_review SET summary = 'else'",
        "UPDATE projects_review SET verdict = 'accepted'",
        "DELETE FROM projects_review",
        "UPDATE projects_comment SET text = 'else'",
        "UPDATE projects_comment SET blocking = false",
        "DELETE FROM projects_comment",
        "UPDATE projects_changerequest SET state = 'accepted'",
        "UPDATE projects_changerequest SET comment_id = comment_id + 1",
        "DELETE FROM projects_changerequest",
    ],
)
def test_raw_sql_is_refused(reviewed, statement):
    with pytest.raises(DatabaseError):
        sql(statement)


def test_a_comment_is_not_slipped_into_a_published_review(reviewed):
    review = reviewed.rounds.get().reviews.get()
    with pytest.raises(DatabaseError):
        sql(
            "INSERT INTO projects_comment (review_id, key, text, html, blocking, created_at)"
            " VALUES (%s, 'k', 't', '', false, now())",
            review.pk,
        )


def test_a_settled_request_stays_settled(reviewed, mateo):
    request = reviewed.change_requests.get()
    reviewed.hand_in(by=reviewed.author, work=factory.make_work(reviewed.project, addressed={request.pk: "So."}))
    factory.make_review(reviewed, mateo, factory.accepting(reviewed))
    with pytest.raises(DatabaseError):
        sql("UPDATE projects_changerequest SET state = 'open'")
    with pytest.raises(DatabaseError):
        sql("UPDATE projects_response SET text = 'else'")


def test_accepted_work_stays_accepted(submission, mateo):
    factory.make_review(submission, mateo, factory.accepting(submission))
    with pytest.raises(DatabaseError):
        sql("UPDATE projects_submission SET state = 'awaiting_mentor', awaiting_mentor_since = now()")


def test_html_can_be_made_anew(reviewed):
    assert sql("UPDATE projects_round SET write_up_html = 'new'") == 1
    assert sql("UPDATE projects_review SET summary_html = 'new'") == 1
    assert sql("UPDATE projects_comment SET html = 'new'") == 1


def test_a_draft_is_free(waiting, mateo):
    waiting.claim(by=mateo)
    waiting.draft_of(mateo).save_draft(by=mateo, draft=factory.make_draft(), version=0)
    assert sql("UPDATE projects_review SET summary = 'else'") == 1
    assert sql("DELETE FROM projects_comment") == 1
