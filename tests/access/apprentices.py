"""What the access table needs of apprentices: one of Mateo's, whose review of a round waits for him."""

from types import SimpleNamespace

from tests import factory


def furnish(w: SimpleNamespace) -> None:
    w.apprenticeship = factory.make_apprentice(w.cohort, w.mentor, w.people["admin"])
    mentee = factory.make_membership(w.cohort, factory.make_person())
    w.signed = factory.make_review(factory.make_submission(mentee, w.project), w.apprenticeship.membership.person)
