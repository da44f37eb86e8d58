"""The pages about who has stalled: for admins, mentors and the mentee, and setting the thresholds."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from mentorship.cohorts.forms_stalled import ThresholdsForm
from mentorship.cohorts.messaging import message
from mentorship.cohorts.models import Membership, Thresholds
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from mentorship.people.models import Event
from tests import factory

NOW = timezone.now()
HTMX = {"HX-Request": "true"}


@pytest.fixture
def quiet(cohort):
    """Amara and Béla did nothing for nine days."""
    Membership.objects.filter(cohort=cohort).update(joined_at=NOW - timedelta(days=9, hours=1))
    return cohort


def address(cohort, page="stalled/"):
    return f"/cohorts/{cohort.slug}/{page}"


def test_an_admin_sees_everyone_with_reasons_and_next_steps(sign_in, ada, quiet):
    page = sign_in(ada).get(address(quiet)).text
    for text in ("Amara Okafor", "Béla Kovács", "No step for 9 days", "No study entry for 9 days", "Another mentor"):
        assert text in page
    assert "Give a mentor" in page  # Béla has none


def test_a_mentor_sees_their_own_mentees_only(sign_in, mateo, quiet):
    page = sign_in(mateo).get(address(quiet)).text
    assert "Amara Okafor" in page
    assert "Béla" not in page
    assert "Another mentor" not in page
    home = sign_in(mateo).get("/home/").text
    assert "No step for 9 days" in home
    assert f"{address(quiet)}#mentee-" in home


def test_pairing_begins_with_who_is_chosen(sign_in, ada, mateo, mentee, alone, quiet):
    way = f"groups/new/?with={mentee.pk}"
    assert f'href="../{way}"' in sign_in(ada).get(address(quiet)).text
    assert "groups/new/" not in sign_in(mateo).get(address(quiet)).text  # mentors form no groups
    form = sign_in(ada).get(address(quiet, way)).context["form"]
    ticked = [str(box.data["value"]) for box in form["people"] if box.data["selected"]]
    assert (ticked, form["kind"].value()) == ([str(mentee.pk)], "accountability")
    assert sign_in(ada).get(address(quiet, "groups/new/?with=x%00&with=")).status_code == 200


def test_a_mentee_sees_what_their_mentor_sees(sign_in, amara, quiet):
    client = sign_in(amara)
    assert f'hx-get="{address(quiet, "standing/")}"' in client.get("/home/").text
    piece = client.get(address(quiet, "standing/"), headers=HTMX).text
    assert "<html" not in piece
    assert "No step for 9 days" in piece
    page = client.get(address(quiet, "standing/")).text
    assert "No study entry for 9 days" in page
    assert "enough for you to stand on the list" in page
    factory.make_study_entry(amara)
    assert "not enough for anybody" in client.get(address(quiet, "standing/")).text


def test_a_word_is_told_once_for_each_form(sign_in, mateo, amara, mentee, quiet):
    data = {"text": "How are you?", "key": uuid.uuid4()}
    for _ in range(2):
        assert sign_in(mateo).post(address(quiet, f"members/{mentee.pk}/message/"), data).status_code == 302
    told = Notification.objects.get(person=amara, kind="message")
    assert (told.title, told.body) == ("Mateo Rojas writes to you", "How are you?")
    assert Event.objects.filter(verb="message").count() == 1


def test_nothing_written_is_said_at_the_field(sign_in, mateo, mentee, quiet):
    answer = sign_in(mateo).post(address(quiet, f"members/{mentee.pk}/message/"), {"text": "  "})
    assert answer.status_code == 422
    assert "Write something first." in answer.text
    long = sign_in(mateo).post(address(quiet, f"members/{mentee.pk}/message/"), {"text": "long " * 400})
    assert long.status_code == 422
    assert "long long" in long.text


def test_only_a_present_mentee_is_written_to(ada, mentee, mentor, quiet):
    with pytest.raises(Refused) as refused:
        message(mentor, by=ada, text="Hello", key=uuid.uuid4())
    assert refused.value.code == "not_a_mentee"
    mentee.leave(by=ada)
    with pytest.raises(Refused):
        message(mentee, by=ada, text="Hello", key=uuid.uuid4())


def values(**changed):
    return {name: getattr(Thresholds(), name) for name in Thresholds.EDITABLE} | changed


def test_the_effect_is_shown_before_it_is_saved(sign_in, ada, amara, quiet):
    factory.make_study_entry(amara)
    client, page = sign_in(ada), address(quiet, "stalled/thresholds/")
    shown = client.post(page, values(progress_weight=2) | {"preview": "1"})
    assert shown.status_code == 200
    assert "Would appear" in shown.text
    assert "Amara Okafor" in shown.text
    assert not Thresholds.objects.exists()
    piece = client.post(page, values(progress_days=30), headers=HTMX).text
    assert "<html" not in piece
    assert "Would leave" in piece


def test_saved_they_hold_and_stand_in_the_history(sign_in, ada, quiet):
    client, page = sign_in(ada), address(quiet, "stalled/thresholds/")
    assert client.post(page, values(study_days=20, progress_days=20)).status_code == 302
    assert "Nobody has stalled" in client.get(address(quiet, "cockpit/")).text
    event = Event.objects.get(verb="set_thresholds")
    assert event.detail == {"progress_days": [7, 20], "study_days": [7, 20]}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"study_days": 0}, "greater than or equal to 1"),
        ({"study_days": "soon"}, "Enter a whole number"),
        ({"mood_weight": 9}, "less than or equal to 5"),
        ({"listed_from": 6}, "must be enough for the list"),
    ],
)
def test_numbers_that_cannot_be_come_back(sign_in, ada, quiet, wrong, said):
    answer = sign_in(ada).post(address(quiet, "stalled/thresholds/"), values(**wrong))
    assert answer.status_code == 422
    assert said in answer.text
    assert not Thresholds.objects.exists()


def test_two_admins_do_not_overwrite_each_other(sign_in, ada, quiet):
    seen = ThresholdsForm(instance=Thresholds.of(quiet)).initial["seen"]
    Thresholds.change(quiet, by=ada, study_days=9)
    page = address(quiet, "stalled/thresholds/")
    answer = sign_in(ada).post(page, values(round_days=3) | {"seen": seen})
    assert answer.status_code == 409
    assert "Somebody saved other values meanwhile" in answer.text
    assert Thresholds.of(quiet).round_days == 7


@pytest.mark.parametrize("wrong", [{"study_days": 0}, {"mood_weight": 6}, {"listed_from": 3}, {"meetings_missed": 0}])
def test_the_database_holds_them_too(quiet, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Thresholds.objects.create(cohort=quiet, **wrong)


def test_an_archived_cohort_keeps_its_own(ada, stream):
    with pytest.raises(Refused):
        Thresholds.change(factory.make_cohort(stream=stream, state="archived"), by=ada, study_days=3)


@pytest.mark.parametrize("count", [1, 60])
def test_the_list_costs_the_same_for_many(sign_in, ada, quiet, count, django_assert_max_num_queries):
    people, joined = [factory.make_person() for _ in range(count)], NOW - timedelta(days=20)
    rows = [Membership(cohort=quiet, person=person, role="mentee", joined_at=joined) for person in people]
    Membership.objects.bulk_create(rows)
    client = sign_in(ada)
    client.get("/cohorts/")
    with django_assert_max_num_queries(10):
        client.get(address(quiet))
