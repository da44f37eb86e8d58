"""The directory of a cohort and the page of mentees: who asked to be in it, with what they ticked."""

from mentorship.cohorts.models import Listing


def show(sign_in, cohort, person, **data):
    data = {name: "on" for name, value in data.items() if value is True} | {
        name: value for name, value in data.items() if value is not True
    }
    return sign_in(person).post(f"/cohorts/{cohort.slug}/directory/me/", {"says": ""} | data)


def test_nobody_is_shown_who_did_not_ask(sign_in, cohort, amara, bela):
    page = sign_in(bela).get(f"/cohorts/{cohort.slug}/directory/").content.decode()
    assert "Nobody shows themselves yet" in page
    assert show(sign_in, cohort, amara, listed=True, says="Ask me about time series").status_code == 302
    page = sign_in(bela).get(f"/cohorts/{cohort.slug}/directory/").content.decode()
    assert "Amara Okafor" in page
    assert "Ask me about time series" in page
    show(sign_in, cohort, amara, says="Still here")
    assert "Amara" not in sign_in(bela).get(f"/cohorts/{cohort.slug}/directory/").content.decode()


def test_only_what_was_ticked(sign_in, cohort, amara, bela):
    type(amara).objects.filter(pk=amara.pk).update(headline="From physics", github="amara", website="https://a.example")
    show(sign_in, cohort, amara, listed=True)
    page = sign_in(bela).get(f"/cohorts/{cohort.slug}/directory/").content.decode()
    for text in ("From physics", "github.com/amara", "a.example", amara.email, "Africa/Lagos"):
        assert text not in page
    ticked = {"shows_headline": True, "shows_zone": True, "shows_links": True, "shows_email": True}
    show(sign_in, cohort, amara, listed=True, **ticked)
    page = sign_in(bela).get(f"/cohorts/{cohort.slug}/directory/").content.decode()
    for text in ("From physics", "github.com/amara", "a.example", amara.email, "Africa/Lagos"):
        assert text in page


def test_on_the_web_only_by_wish_and_never_with_an_address(sign_in, cohort, amara, alone, bela):
    assert b"Nobody shows themselves" in sign_in().get("/mentees/").content
    show(sign_in, cohort, bela, listed=True, shows_email=True)
    show(sign_in, cohort, amara, on_web=True, shows_email=True, says="Hello, web")
    page = sign_in().get("/mentees/").content.decode()
    assert "Hello, web" in page
    assert amara.email not in page
    assert f"/people/{amara.handle}/" not in page
    assert "Béla" not in page


def test_who_leaves_is_gone_and_mentors_are_no_mentees(sign_in, cohort, amara, mentee, mateo):
    show(sign_in, cohort, amara, listed=True, on_web=True)
    show(sign_in, cohort, mateo, listed=True, on_web=True)
    assert not Listing.objects.get(membership__person=mateo).on_web
    mentee.leave(by=amara)
    assert b"Amara" not in sign_in().get("/mentees/").content
    assert b"Amara" not in sign_in(mateo).get(f"/cohorts/{cohort.slug}/directory/").content


def test_outsiders_see_nothing(sign_in, cohort, noor, ada):
    assert sign_in(noor).get(f"/cohorts/{cohort.slug}/directory/").status_code == 404
    assert sign_in(ada).get(f"/cohorts/{cohort.slug}/directory/").status_code == 200
    assert sign_in(ada).get(f"/cohorts/{cohort.slug}/directory/me/").status_code == 404


def test_the_same_by_the_api(sign_in, cohort, amara, mateo, noor, ada):
    def call(person, method, path, data=None):
        more = {} if method == "get" else {"content_type": "application/json"}
        answer = getattr(sign_in(person), method)(f"/api/v1/{path}", data, **more)
        return answer.status_code, answer.json()

    there, mine = (f"cohorts/{cohort.slug}/{name}/" for name in ("directory", "listing"))
    assert call(mateo, "get", there)[1]["results"] == []
    said = {"listed": True, "on_web": True, "says": "Ask me", "shows_email": True}
    assert call(amara, "patch", mine, said)[1] | said == call(amara, "get", mine)[1]
    assert call(mateo, "patch", mine, {"on_web": True})[1]["code"] == "on_web"
    assert list(call(amara, "patch", mine, {"says": "x" * 281})[1]) == ["says"]
    assert call(noor, "get", there)[0] == call(noor, "get", mine)[0] == call(ada, "get", mine)[0] == 404
    (row,) = call(ada, "get", there)[1]["results"]
    assert (row["name"], row["says"], row["email"], row["links"]) == ("Amara Okafor", "Ask me", amara.email, [])
    (row,) = call(None, "get", "mentees/")[1]["results"]
    assert (row["says"], row["email"], row["profile"], row["mentor"]) == ("Ask me", "", "", False)
    call(amara, "patch", mine, {"listed": False})
    assert call(mateo, "get", there)[1]["results"] == []
    assert Listing.objects.get().says == "Ask me"
