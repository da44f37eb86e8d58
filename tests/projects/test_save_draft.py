import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from mentorship.common.errors import Refused
from projects.draft import Draft, Said
from projects.models import Review
from projects.models.review import Changed
from tests import factory


@pytest.fixture
def draft(waiting, mateo):
    """Mateo's draft on the round that he holds."""
    waiting.claim(by=mateo)
    draft = waiting.draft_of(mateo)
    draft.save_draft(by=mateo, draft=factory.make_draft(), version=0)
    return draft


def test_a_draft_keeps_what_was_said(draft, waiting, mateo, project):
    criterion = project.criteria.first()
    said = Draft("accepted", "Good.", (Said("k1", "On this one", criterion.pk), Said("k2", "On all", None, True)))
    draft.save_draft(by=mateo, draft=said, version=draft.version)
    assert waiting.draft_of(mateo).as_draft() == said


def test_saving_again_replaces(draft, mateo):
    kept = draft.comments.get().pk
    said = (Said("a", "Why *that* metric?"), Said("b", "And why this one?"))
    draft.save_draft(by=mateo, draft=factory.make_draft(comments=said), version=1)
    assert draft.comments.get(key="a").pk == kept
    assert [c.text for c in draft.comments.all()] == ["Why *that* metric?", "And why this one?"]
    draft.save_draft(by=mateo, draft=factory.make_draft(comments=said[1:]), version=2)
    assert [c.key for c in draft.comments.all()] == ["b"]


def test_who_saves_over_another_window_loses_and_sees_both(draft, mateo):
    with pytest.raises(Changed) as conflict:
        draft.save_draft(by=mateo, draft=factory.make_draft(summary="Typed here"), version=0)
    assert conflict.value.saved.summary == "A good start."
    draft.refresh_from_db()
    assert draft.summary == "A good start."


def test_the_first_word_needs_a_claim(waiting, mateo):
    with pytest.raises(Refused):
        waiting.draft_of(mateo).save_draft(by=mateo, draft=factory.make_draft(), version=0)
    assert not Review.objects.exists()


def test_a_lost_claim_loses_no_word(draft, waiting, mateo, ines):
    waiting.release(by=mateo)
    waiting.claim(by=ines)
    draft.save_draft(by=mateo, draft=factory.make_draft(summary="More"), version=draft.version)
    assert waiting.draft_of(mateo).summary == "More"


def test_a_claim_that_ran_out_still_lets_one_begin(waiting, mateo):
    waiting.claim(by=mateo, at=factory.days_ago(2))
    waiting.draft_of(mateo).save_draft(by=mateo, draft=factory.make_draft(), version=0)


def test_nobody_writes_anothers_review(draft, ines):
    with pytest.raises(Refused):
        draft.save_draft(by=ines, draft=factory.make_draft(summary="Mine"), version=draft.version)


def test_a_published_review_is_not_edited(submission, mateo):
    review = factory.make_review(submission, mateo)
    with pytest.raises(Refused) as refusal:
        review.save_draft(by=mateo, draft=factory.make_draft(summary="Else"), version=review.version)
    assert refusal.value.code == "already_published"


def test_a_question_of_another_project_is_refused(draft, mateo):
    other = factory.make_stream().items.get(kind="project").project.criteria.first()
    said = factory.make_draft(comments=(Said("x", "Text", other.pk),))
    with pytest.raises(Refused):
        draft.save_draft(by=mateo, draft=said, version=draft.version)
    assert draft.comments.count() == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"verdict": "perhaps"},
        {"summary": "x" * 20_001},
        {"summary": "a\x00b"},
        {"comments": (Said("<", "Text"),)},
        {"comments": tuple(Said(str(n), "Text") for n in range(201))},
        {"comments": (Said("a", "One"), Said("a", "Two"))},
        {"decisions": {1: "forgotten"}},
    ],
)
def test_what_cannot_be_stored_is_said(fields):
    with pytest.raises(ValidationError):
        factory.make_draft(**fields).checked()


def test_saved_at_follows_the_clock(draft, mateo):
    at = timezone.now()
    draft.save_draft(by=mateo, draft=factory.make_draft(summary="Later"), version=draft.version, at=at)
    assert draft.saved_at == at
