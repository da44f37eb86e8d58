"""Deciding many at once: the mails first, then all of them or nobody; and applicants side by side."""

import pytest

from mentorship.cohorts import deciding
from mentorship.cohorts.models import Application, ApplicationQuestion, Membership
from mentorship.common.errors import Refused
from mentorship.notifications.mails import compose
from mentorship.notifications.models import Notification
from tests import factory


@pytest.fixture
def three(open_cohort, amara, bela, olga):
    """Three who wait, for two seats."""
    return [factory.make_application(open_cohort, person) for person in (amara, bela, olga)]


@pytest.fixture
def client(sign_in, ada):
    return sign_in(ada)


@pytest.fixture
def page(open_cohort):
    return f"/cohorts/{open_cohort.slug}/applications/chosen/"


def test_first_the_mails_then_the_decision(client, page, three):
    chosen = {"verb": "accept", "chosen": [row.pk for row in three[:2]], "note": "See you on <Monday>."}
    shown = client.post(page, chosen)
    assert shown.status_code == 200
    assert shown.text.count("See you on &lt;Monday&gt;.") == 3  # the field and two mails
    for text in ("Hello Amara,", "Hello Béla,", "To amara-okafor@example.org", "send the mails"):
        assert text in shown.text
    assert not Notification.objects.exists()
    assert client.post(page, chosen | {"confirm": "1"}).status_code == 302
    assert Membership.objects.count() == Application.objects.filter(state="accepted").count() == 2
    assert "2 people are accepted and told so." in client.get("/cohorts/").text


@pytest.mark.parametrize("verb", ["accept", "waitlist", "decline"])
def test_the_mail_that_is_shown_is_the_mail_that_goes(ada, olga, three, verb):
    shown = deciding.mail_of(three[2], verb, "A word.\n\nAnd another.")
    getattr(three[2], verb)(by=ada, note="A word.\n\nAnd another.")
    sent = compose(Notification.objects.get(person=olga))
    assert (shown.to, shown.subject, shown.body) == (olga.email, sent.subject, sent.body)


def test_the_page_of_one_shows_its_mails_as_the_note_is_typed(client, three):
    address = three[0].get_absolute_url()
    assert client.get(address).text.count('class="letter"') == 3
    part = client.post(f"{address}preview/", {"note": "Kind words."}, headers={"HX-Request": "true"})
    assert part.text.count("Kind words.") == 3
    assert "<html" not in part.text
    whole = client.post(f"{address}preview/", {"note": "Kind words."})
    assert "<html" in whole.text
    assert client.post(f"{address}preview/", {"note": "x" * 10_000}).status_code == 422
    assert Application.objects.get(pk=three[0].pk).state == "submitted"


def test_more_than_there_are_seats_is_nobody(client, page, three):
    chosen = {"verb": "accept", "chosen": [row.pk for row in three]}
    shown = client.post(page, chosen)
    assert "finds no seat left" in shown.text
    refused = client.post(page, chosen | {"confirm": "1", "note": "Kept."})
    assert refused.status_code == 409
    assert "Nobody was decided, for Olga Ivanova finds no seat left. Seats that are left: 2." in refused.text
    assert "Kept." in refused.text
    assert refused.text.count(" checked") == 2
    assert not Membership.objects.exists()
    assert not Notification.objects.exists()


def test_one_who_is_decided_already_stops_all_of_them(ada, three, open_cohort):
    three[0].accept(by=ada)
    Notification.objects.all().delete()
    with pytest.raises(deciding.NotAll) as refusal:
        deciding.decide_all(cohort=open_cohort, applications=[row.pk for row in three], verb="decline", by=ada)
    assert refusal.value.reasons == {three[0].pk: "is accepted already"}
    assert Application.objects.filter(state="submitted").count() == 2
    assert not Notification.objects.exists()


def test_who_belongs_already_stops_an_acceptance(ada, amara, cohort, olga):
    rows = [factory.make_application(cohort, person) for person in (amara, olga)]
    with pytest.raises(deciding.NotAll) as refusal:
        deciding.decide_all(cohort=cohort, applications=[row.pk for row in rows], verb="accept", by=ada)
    assert refusal.value.reasons == {rows[0].pk: "has a seat here already"}


def test_after_the_end_nobody(ada, olga, amara):
    over = factory.make_cohort(state="finished")
    rows = [factory.make_application(over, person) for person in (olga, amara)]
    with pytest.raises(Refused) as refusal:
        deciding.decide_all(cohort=over, applications=[row.pk for row in rows], verb="decline", by=ada)
    assert refusal.value.code == "cohort_over"
    assert Application.objects.filter(state="submitted").count() == 2


@pytest.mark.parametrize(
    "data", [{}, {"verb": "accept"}, {"verb": "withdraw", "chosen": "1"}, {"verb": "accept", "chosen": "9" * 30},
             {"verb": "accept", "chosen": "x"}, {"verb": "accept", "chosen": "\0"}],
)  # fmt: skip
def test_odd_choices_change_nothing(client, page, three, data):
    answer = client.post(page, data | {"confirm": "1"}, follow=True)
    assert answer.status_code == 200
    assert "hoose" in answer.text
    assert Application.objects.filter(state="submitted").count() == 3


def test_another_cohort_s_are_not_decided_along(client, page, three, olga, other_cohort):
    foreign = factory.make_application(other_cohort, olga)
    client.post(page, {"verb": "decline", "chosen": [three[0].pk, foreign.pk], "confirm": "1"})
    assert set(Application.objects.values_list("state", flat=True)) == {"submitted"}


def test_a_note_too_long_is_said_and_kept(client, page, three):
    answer = client.post(page, {"verb": "decline", "chosen": three[0].pk, "note": "x" * 2001, "confirm": "1"})
    assert answer.status_code == 422
    assert "errorlist" in answer.text
    assert "x" * 2001 in answer.text


def test_side_by_side(client, ada, open_cohort, three):
    question = ApplicationQuestion.ask(cohort=open_cohort, by=ada, label="Which machine?")
    three[0].own_answers.create(question=question, text="A <b>fast</b> one")
    base = f"/cohorts/{open_cohort.slug}/applications/compare/"
    page = client.get(base, {"chosen": [row.pk for row in three]}).text
    for text in (
        "Amara Okafor",
        "Béla Kovács",
        "A &lt;b&gt;fast&lt;/b&gt; one",
        "No answer",
        "Why do you want to join?",
    ):
        assert text in page
    for odd in ("", "?chosen=x", f"?chosen={'9' * 30}", "?chosen=-1"):
        assert "Choose two or more" in client.get(base + odd).text


def test_the_board_has_a_column_for_each_state_with_pages_of_its_own(
    client, ada, open_cohort, django_assert_max_num_queries
):
    people = [factory.make_person() for _ in range(45)]
    fields = {"cohort": open_cohort, "motivation": "m", "background": "b", "goal": "g", "hours_a_week": 5}
    Application.objects.bulk_create(Application(person=person, **fields) for person in people)
    Application.objects.first().waitlist(by=ada)
    client.get("/cohorts/")
    base = f"/cohorts/{open_cohort.slug}/applications/board/"
    with django_assert_max_num_queries(15):
        page = client.get(base).text
    assert page.count("data-row") == 21
    assert "?submitted=2#column-submitted" in page
    assert client.get(base + "?submitted=3&waitlisted=1").text.count("data-row") == 5
    assert client.get(base + "?submitted=-1&declined=x").status_code == 200
    assert 'value="accept"' in page
    over = factory.make_cohort(state="finished")
    assert 'value="accept"' not in client.get(f"/cohorts/{over.slug}/applications/board/").text
