"""Making, changing and reading cohorts; what each person sees of them."""

import pytest

from mentorship.cohorts.models import Cohort
from mentorship.common.errors import Refused
from mentorship.people.models import User
from tests import factory

STATES = Cohort.State.values


@pytest.fixture
def form(stream):
    return {
        "name": "Spring", "slug": "spring", "stream": stream.pk, "about": "Hello.", "starts_on": "2027-01-11",
        "ends_on": "2027-05-01", "applications_close_on": "2027-01-04", "timezone": "Europe/Berlin", "seats": "20",
        "hours_a_week": "10",
    }  # fmt: skip


def test_an_admin_makes_a_draft(sign_in, ada, form):
    response = sign_in(ada).post("/cohorts/new/", form)
    assert response.url == "/cohorts/spring/set-up/2/"
    made = Cohort.objects.get()
    assert (made.state, made.timezone) == ("draft", ada.timezone)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"ends_on": "2027-01-11"}, "The last day must be after the first."),
        ({"applications_close_on": "2027-06-01"}, "Applications must close before the cohort ends."),
        ({"slug": "new"}, "This address is taken by a page of ours."),
        ({"stream": "0"}, "Select a valid choice."),
        ({"starts_on": "2027-02-30"}, "Enter a valid date."),
    ],
)
def test_a_wrong_form_says_why_and_keeps_what_was_typed(sign_in, ada, form, change, sentence):
    response = sign_in(ada).post("/cohorts/new/", form | change)
    assert response.status_code == 422
    assert sentence in response.text
    assert 'value="Spring"' in response.text
    assert not Cohort.objects.exists()


def test_two_cohorts_have_two_addresses(sign_in, ada, form):
    sign_in(ada).post("/cohorts/new/", form)
    response = sign_in(ada).post("/cohorts/new/", form)
    assert response.status_code == 422
    assert "Another cohort has this address." in response.text


def test_editing(sign_in, ada, cohort, form):
    form |= {"stream": cohort.stream_id, "slug": cohort.slug}
    assert sign_in(ada).post(f"/cohorts/{cohort.slug}/edit/", form | {"seats": "2"}).status_code == 302
    response = sign_in(ada).post(f"/cohorts/{cohort.slug}/edit/", form | {"seats": "1"})
    assert response.status_code == 422
    assert "2 seats are taken" in response.text
    assert Cohort.objects.get(pk=cohort.pk).seats == 2


def test_what_an_edit_may_not_do(ada, cohort):
    for changes, code in (({"seats": 1}, "seats_taken"), ({"stream": factory.make_stream(number=99)}, "stream_fixed")):
        with pytest.raises(Refused) as refusal:
            Cohort.objects.get(pk=cohort.pk).edit(by=ada, **changes)
        assert refusal.value.code == code


@pytest.mark.parametrize(("verb", "state"), [("finish", "finished"), ("archive", "running")])
def test_the_buttons_of_the_set_up_page(sign_in, ada, cohort, verb, state):
    page = sign_in(ada).post(f"/cohorts/{cohort.slug}/{verb}/", follow=True)
    assert Cohort.objects.get(pk=cohort.pk).state == state
    assert ("cannot archive" in page.text) == (verb == "archive")


@pytest.mark.parametrize("state", STATES)
def test_who_sees_a_cohort_in_which_state(stream, ada, amara, olga, state):
    cohort = factory.make_cohort(stream=stream, state=state)
    factory.make_membership(cohort, amara)
    seen = {p: Cohort.objects.visible_to(p).filter(pk=cohort.pk).exists() for p in (ada, amara, olga)}
    assert seen == {ada: True, amara: state != "draft", olga: state == "open"}


def test_an_applicant_goes_on_seeing_the_cohort_that_has_not_answered(ada, olga, open_cohort):
    application = factory.make_application(open_cohort, olga)
    open_cohort.start(by=ada)
    assert open_cohort in Cohort.objects.visible_to(olga)
    application.decline(by=ada)
    assert open_cohort not in Cohort.objects.visible_to(olga)


def test_visitors_see_what_takes_applications_and_no_names(client, amara, open_cohort, cohort):
    factory.make_membership(open_cohort, amara)
    page = client.get("/cohorts/").text
    assert open_cohort.name in page
    assert f">{cohort.name}<" not in page
    page = client.get(f"/cohorts/{open_cohort.slug}/").text
    assert "Apply for a seat" in page
    assert "Amara" not in page


def test_members_see_who_is_there_and_their_mentor(sign_in, amara, mateo, cohort):
    page = sign_in(amara).get(f"/cohorts/{cohort.slug}/").text
    assert page.index("My mentor") < page.index("Mateo Rojas") < page.index("Béla Kovács")
    assert "My mentees" in sign_in(mateo).get(f"/cohorts/{cohort.slug}/").text


def test_a_private_profile_is_a_name_without_a_link(sign_in, amara, bela, ada, cohort):
    User.objects.filter(pk=bela.pk).update(visibility="private")
    link, address = f"/people/{bela.handle}/", f"/cohorts/{cohort.slug}/"
    assert "Béla Kovács" in sign_in(amara).get(address).text
    assert link not in sign_in(amara).get(address).text
    assert link in sign_in(ada).get(address).text


def test_two_hundred_members_cost_as_few_queries_as_two(sign_in, amara, cohort, mentee, django_assert_max_num_queries):
    people = [factory.make_person() for _ in range(200)]
    rows = [type(mentee)(cohort=cohort, person=person, role="mentee") for person in people]
    type(mentee).objects.bulk_create(rows)
    client = sign_in(amara)
    client.get("/cohorts/")  # a session notes its first visit
    with django_assert_max_num_queries(10):
        page = client.get(f"/cohorts/{cohort.slug}/").text
    assert page.count('href="/people/') >= 200
