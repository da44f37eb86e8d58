"""Home shows each person what is theirs, and nothing of others'."""

from mentorship.people.models import User


def text(response) -> str:
    return response.content.decode()


def test_a_mentee_sees_the_next_item_of_their_stream(sign_in, amara, cohort):
    page = text(sign_in(amara).get("/home/"))
    assert "Next in Stream" in page
    assert "Item intro" in page


def test_a_mentor_sees_their_mentees(sign_in, mateo, cohort):
    page = text(sign_in(mateo).get("/home/"))
    assert "Amara Okafor" in page
    assert "Béla Kovács" not in page  # in the cohort, but mentored by nobody


def test_an_editor_and_an_admin_see_their_boards(sign_in, emre, ada, cohort):
    assert "Posts in editing" in text(sign_in(emre).get("/home/"))
    page = text(sign_in(ada).get("/home/"))
    assert f"/cohorts/{cohort.slug}/cockpit/" in page
    assert f"/cohorts/{cohort.slug}/assignments/" in page  # Béla has no mentor


def test_who_is_nowhere_yet_is_shown_the_way(sign_in, olga, cohort):
    page = text(sign_in(olga).get("/home/"))
    assert "You are in no cohort yet" in page
    assert "cockpit" not in page


def test_who_is_two_things_sees_both(sign_in, mateo, cohort):
    mateo.groups.create(name="editors-of-another-name")
    mateo.groups.add(*mateo.groups.model.objects.filter(name="editors"))
    page = text(sign_in(User.objects.get(pk=mateo.pk)).get("/home/"))
    assert "Waiting for your review" in page
    assert "Posts in editing" in page


def test_home_needs_at_most_twelve_queries(sign_in, amara, cohort, django_assert_max_num_queries):
    client = sign_in(amara)
    client.get("/home/")  # the first one notes when the session began
    with django_assert_max_num_queries(12):
        assert client.get("/home/").status_code == 200
