"""The workspace's statement gives what the querysets give, to the same people."""

import pytest
from django.contrib.auth import get_user_model
from psycopg._queries import MAX_CACHED_STATEMENT_LENGTH

from projects.draft import Draft, Said
from projects.models import Project, Round
from projects.queue_rows import TABS, _statement
from projects.reading import WORKSPACE, entrance, read
from tests import factory


@pytest.fixture
def rounds(cohort, mateo, ines, bela, submission, waiting):
    """Amara's round, of Mateo's mentee; and Béla's, which Inês may hold, have written on, or neither."""
    return {"amara": waiting, "bela": factory.make_submission(cohort.memberships.get(person=bela)).rounds.get()}


def readers(rounds):
    """Who of all people reads which round; the statement and the querysets agree."""
    found = set()
    for person in get_user_model().objects.all():
        for name, round in rounds.items():
            reads = read(round.pk, person) is not None
            assert reads == Round.objects.workable_by(person).filter(pk=round.pk).exists(), (person, name)
            if reads:
                found.add((person.name, name))
    return found


def test_a_mentor_reads_their_mentees_rounds(rounds, noor, other_cohort):
    assert readers(rounds) == {("Mateo Rojas", "amara")}


def test_who_holds_a_round_reads_it_until_they_release_it(rounds, ines):
    rounds["bela"].claim(by=ines)
    assert readers(rounds) == {("Mateo Rojas", "amara"), ("Inês Duarte", "bela")}
    rounds["bela"].release(by=ines)
    assert readers(rounds) == {("Mateo Rojas", "amara")}


def test_who_has_written_on_a_round_reads_it(rounds, ines):
    rounds["bela"].claim(by=ines)
    rounds["bela"].draft_of(ines).save_draft(by=ines, draft=Draft(summary="So far"), version=0)
    rounds["bela"].release(by=ines)
    assert ("Inês Duarte", "bela") in readers(rounds)


def test_who_left_the_cohort_reads_nothing_there(rounds, cohort, ines, olga):
    rounds["bela"].claim(by=ines)
    cohort.memberships.get(person=ines).leave(by=olga)
    assert readers(rounds) == {("Mateo Rojas", "amara")}


def test_nobody_reads_their_own_as_a_mentor(rounds, cohort, amara, bela):
    for person in (amara, bela):
        factory.make_membership(cohort, person, role="mentor")
    assert readers(rounds) == {("Mateo Rojas", "amara")}


def test_a_teams_round_is_read_by_the_mentor_of_any_member_and_by_none_of_the_team(rounds, cohort, amara, bela, ines):
    work = factory.make_team_work(cohort, bela, amara)
    rounds["team"] = work.rounds.get()
    third = work.team.exclude(person__in=[amara, bela]).get()
    factory.make_assignment(third.membership, cohort.memberships.get(person=ines))
    factory.make_membership(cohort, third.person, role="mentor")
    assert {name for name, which in readers(rounds) if which == "team"} == {"Mateo Rojas", "Inês Duarte"}
    assert not Round.objects.reviewable_by(third.person).filter(pk=rounds["team"].pk).exists()


def test_the_draft_is_the_saved_one(waiting, mateo, project):
    assert read(waiting.pk, mateo).draft == Draft()
    waiting.claim(by=mateo)
    criterion = project.criteria.first().pk
    said = (Said("a", "Why <b>?", criterion, True), Said("b", "Well", None, False))
    draft = Draft("accepted", "Good", said, {})
    review = waiting.draft_of(mateo)
    review.save_draft(by=mateo, draft=draft, version=0)
    reading = read(waiting.pk, mateo)
    assert (reading.draft, reading.review.pk, reading.review.version) == (draft, review.pk, 1)
    assert reading.round.held_for(mateo)
    answers = waiting.answers.order_by("criterion__position")
    assert reading.answers == list(answers.values_list("criterion", "criterion__question", "html", "confidence"))


def test_decisions_come_along_and_what_is_typed_is_escaped(sign_in, submission, mateo):
    factory.make_review(submission, mateo)
    request = submission.change_requests.get()
    work = factory.make_work(submission.project, addressed={request.pk: "Done so."})
    second = submission.hand_in(by=submission.author, work=work)
    second.claim(by=mateo)
    draft = Draft("", "", (Said("a", "</textarea><script>"),), {request.pk: "waived"})
    second.draft_of(mateo).save_draft(by=mateo, draft=draft, version=0)
    reading = read(second.pk, mateo)
    assert (reading.draft, reading.has_requests) == (draft, True)
    page = sign_in(mateo).get(f"/rounds/{second.pk}/review/").content.decode()
    assert "&lt;/textarea&gt;&lt;script&gt;" in page
    assert "</textarea><script>" not in page


def test_a_first_round_takes_eight_queries(sign_in, waiting, mateo, django_assert_max_num_queries):
    client = sign_in(mateo)
    client.get(f"/rounds/{waiting.pk}/review/")
    with django_assert_max_num_queries(8):
        assert client.get(f"/rounds/{waiting.pk}/review/").status_code == 200


def test_the_way_in_to_hand_in_is_that_of_the_querysets(project, cohort, amara, bela, ines, noor, olga, submission):
    def agree(expected):
        entered = set()
        for person in get_user_model().objects.all():
            found = entrance(project.key, person)
            visible = Project.objects.visible_to(person).filter(key=project.key).first()
            seat = visible.open_to(person).order_by("pk").first() if visible else None
            assert (found[:2] if found else None) == ((visible, seat) if seat else None), person
            if found:
                assert found[2] == list(project.criteria.filter(retired_at=None))
                entered.add(person)
        assert entered == expected

    agree({amara, bela})
    assert entrance("else", amara) is None
    project.item.retired_at = factory.days_ago(0)
    project.item.save(update_fields=["retired_at"])
    agree({amara})  # who has work on it
    project.retired_at = factory.days_ago(0)
    project.save(update_fields=["retired_at"])
    agree(set())
    project.refresh_from_db()
    project.item.refresh_from_db()
    project.retired_at = project.item.retired_at = None
    project.save(update_fields=["retired_at"])
    project.item.save(update_fields=["retired_at"])
    cohort.memberships.get(person=bela).leave(by=olga)
    agree({amara})


def test_psycopg_remembers_how_the_statements_are_bound():
    """A longer statement is taken apart anew each time, which takes as long as a query of its own."""
    statements = [WORKSPACE, *[_statement(tab, "waited", ()) for tab in TABS]]
    assert max(len(statement) for statement in statements) <= MAX_CACHED_STATEMENT_LENGTH
