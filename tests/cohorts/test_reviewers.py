"""Several reviewers score applications, and do not read each other before they gave their own."""

import pytest

from mentorship.cohorts.models import Application, ApplicationScore, Membership
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from tests import factory


@pytest.fixture
def application(open_cohort, olga):
    return factory.make_application(open_cohort, olga)


@pytest.fixture
def reviewer(open_cohort, noor, ada):
    """Noor mentors the cohort and reads its applications."""
    seat = factory.make_membership(open_cohort, noor, role="mentor")
    seat.name_reviewer(by=ada)
    return seat


def test_an_admin_names_a_mentor_who_is_told(sign_in, ada, noor, open_cohort):
    seat = factory.make_membership(open_cohort, noor, role="mentor")
    client, page = sign_in(ada), f"/cohorts/{open_cohort.slug}/applications/reviewers/"
    assert "Name as reviewer" in client.get(page).text
    client.post(f"{page}{seat.pk}/", {"named": "1"})
    assert Notification.objects.get(person=noor).kind == "reviewer_named"
    assert "Applications to read" in sign_in(noor).get(f"/cohorts/{open_cohort.slug}/").text
    client.post(f"{page}{seat.pk}/", {"named": "0"})
    assert sign_in(noor).get(f"/cohorts/{open_cohort.slug}/applications/").status_code == 404


def test_only_mentors_are_named(ada, amara, cohort):
    with pytest.raises(Refused) as refusal:
        cohort.memberships.get(person=amara).name_reviewer(by=ada)
    assert refusal.value.code == "not_a_mentor"


def test_a_reviewer_reads_and_scores_this_cohort_and_decides_nothing(
    sign_in, noor, bela, reviewer, application, other_cohort
):
    client = sign_in(noor)
    for address in ("", "board/", f"compare/?chosen={application.pk}", f"{application.pk}/"):
        page = client.get(f"/cohorts/{application.cohort.slug}/applications/{address}")
        assert page.status_code == 200
        assert "Olga Ivanova" in page.text
        assert "Accept" not in page.text.replace("Accepted", "")
        assert "olga-ivanova@example.org" not in page.text
    for verb in ("accept", "decline", "waitlist", "move", "preview"):
        assert client.post(f"{application.get_absolute_url()}{verb}/", {"to": "1"}).status_code == 404
    chosen = f"/cohorts/{application.cohort.slug}/applications/chosen/"
    assert client.post(chosen, {"verb": "accept", "chosen": application.pk, "confirm": "1"}).status_code == 404
    elsewhere = factory.make_application(other_cohort, bela)  # Noor mentors there, and is not named
    assert client.get(elsewhere.get_absolute_url()).status_code == 404
    assert client.post(f"{elsewhere.get_absolute_url()}score/", {"score": "3"}).status_code == 404
    assert set(Application.objects.visible_to(noor)) == {application}


def test_nobody_reads_the_others_before_giving_their_own(sign_in, ada, noor, reviewer, application):
    ApplicationScore.give(application, by=ada, score=2, comment="Too early, I fear.")
    client, page = sign_in(noor), application.get_absolute_url()
    before = client.get(page).text
    assert "1 has scored this" in before
    assert "Too early" not in before
    assert not ApplicationScore.objects.visible_to(noor).exists()
    assert client.post(f"{page}score/", {"score": "4", "comment": "<b>Yes</b>"}).url == f"{page}#scores"
    after = client.get(page).text
    for text in ("Too early, I fear.", "&lt;b&gt;Yes&lt;/b&gt;", "3.0"):
        assert text in after
    assert ApplicationScore.objects.visible_to(noor).count() == 2
    assert "3.0 of 5 by 2" in client.get(f"/cohorts/{application.cohort.slug}/applications/").text
    reviewer.name_reviewer(False, by=ada)
    assert not ApplicationScore.objects.visible_to(noor).exists()


def test_the_applicant_reads_no_score(sign_in, ada, olga, application):
    ApplicationScore.give(application, by=ada, score=1, comment="Between us.")
    assert "Between us" not in sign_in(olga).get(f"/cohorts/{application.cohort.slug}/application/").text
    assert not ApplicationScore.objects.visible_to(olga).exists()


@pytest.mark.parametrize("said", [{"score": "6"}, {"score": ""}, {"score": "4", "comment": "x" * 10_000}])
def test_what_is_no_score_comes_back(sign_in, ada, application, said):
    answer = sign_in(ada).post(f"{application.get_absolute_url()}score/", said)
    assert answer.status_code == 422
    assert "errorlist" in answer.text
    assert not ApplicationScore.objects.exists()


def test_scoring_again_changes_the_one_score_until_it_is_decided(sign_in, ada, application):
    client, page = sign_in(ada), f"{application.get_absolute_url()}score/"
    for score in ("2", "5"):
        client.post(page, {"score": score})
    assert ApplicationScore.objects.get().score == 5
    application.decline(by=ada)
    assert client.post(page, {"score": "1"}).status_code == 409
    assert ApplicationScore.objects.get().score == 5


def test_nobody_scores_their_own_or_without_being_asked(ada, bela, open_cohort, application):
    own = factory.make_application(open_cohort, ada)
    for row, person, code in ((own, ada, "own"), (application, bela, "not_a_reviewer")):
        with pytest.raises(Refused) as refusal:
            ApplicationScore.give(row, by=person, score=5)
        assert refusal.value.code == code


def test_on_to_the_next_without_a_score_of_one_s_own(sign_in, ada, bela, open_cohort, application):
    factory.make_application(open_cohort, bela)
    client, page = sign_in(ada), f"/cohorts/{open_cohort.slug}/applications/next/"
    assert client.get(page).url == application.get_absolute_url()
    for row in Application.objects.all():
        ApplicationScore.give(row, by=ada, score=3)
    assert "every application that waits" in client.get(page, follow=True).text


def test_who_left_reads_nothing(sign_in, noor, reviewer, application):
    Membership.objects.get(pk=reviewer.pk).leave(by=noor)
    assert sign_in(noor).get(application.get_absolute_url()).status_code == 404
