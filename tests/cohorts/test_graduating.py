"""The way to graduating: three parts by the rule of the stream, seen by the mentee, the mentor and the admins."""

import pytest
from django.db import IntegrityError, transaction

from mentorship.cohorts.graduating import asked_by, own_ways
from mentorship.cohorts.graduation import conclude
from mentorship.cohorts.models import GraduationRule, Outcome
from mentorship.common.errors import Refused
from mentorship.people.models import Event
from tests import factory


def parts(person):
    return {part.key: (part.done, part.asked) for part in own_ways(person)[0].way.parts}


def test_each_part_counts_for_itself(cohort, mentee, amara, mateo, bela, stream):
    required = asked_by(cohort).required
    assert parts(amara) == {"items": (0, required), "projects": (0, 1), "posts": (0, 1)}
    work = factory.make_submission(mentee)
    factory.make_review(work, mateo, factory.accepting(work))
    factory.make_post(amara, state="published")
    assert parts(amara) == {"items": (1, required), "projects": (1, 1), "posts": (1, 1)}
    assert own_ways(amara)[0].way.said == f"{required - 1} required items"
    assert parts(bela)["posts"] == (0, 1)


def test_a_post_of_before_joining_or_a_draft_counts_nothing(mentee, amara):
    factory.make_post(amara, state="draft")
    factory.make_post(amara, state="published", published_at=mentee.joined_at.replace(year=2020))
    assert parts(amara)["posts"] == (0, 1)


def test_the_rule_of_the_stream_is_changed_and_recorded(cohort, mentee, amara, ada, stream):
    GraduationRule.change(stream, by=ada, share=1, projects=0, posts=0)
    assert parts(amara) == {"items": (0, 1)}
    assert Event.objects.get(verb="set_graduation_rule").detail["share"] == [100, 1]
    stream.items.get(key__endswith="intro").mark(by=amara, state="done")
    assert own_ways(amara)[0].way.met
    assert conclude(cohort, results={mentee.pk: "graduated"}, by=ada) == 1
    assert Outcome.objects.get().by_rule
    with pytest.raises(Refused):
        GraduationRule.change(stream, by=ada, share=0)


def test_by_exception_only_with_a_reason_that_is_kept(cohort, mentee, ada):
    with pytest.raises(Refused) as refused:
        conclude(cohort, results={mentee.pk: "graduated"}, by=ada, reasons={mentee.pk: "  "})
    assert refused.value.code == "reason_needed"
    conclude(cohort, results={mentee.pk: "graduated"}, by=ada, reasons={mentee.pk: "Did it all on paper"})
    row = Outcome.objects.get()
    assert (row.by_rule, row.exception) == (False, "Did it all on paper")
    assert Event.objects.get(verb="conclude").detail["exception"] == "Did it all on paper"


@pytest.mark.parametrize("fields", [{"by_rule": False}, {"by_rule": True, "exception": "So"}])
def test_the_database_asks_for_a_reason_too(mentee, ada, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        Outcome.objects.create(membership=mentee, decided_by=ada, result="graduated", code="x", **fields)


def test_it_stands_where_mentee_mentor_and_admin_look(cohort, amara, mateo, ada, stream, sign_in):
    client = sign_in(amara)
    for address in ("/home/", stream.get_absolute_url(), f"/cohorts/{cohort.slug}/standing/"):
        page = client.get(address).text
        assert "On the way to graduating" in page, address
        assert "0 of 1 accepted project" in page
    assert "1 accepted project and 1 published post" in sign_in(mateo).get(f"/cohorts/{cohort.slug}/progress/").text
    assert "On the way" not in sign_in(mateo).get(stream.get_absolute_url()).text


def test_the_pages_of_rules_show_and_change(ada, stream, sign_in):
    client, address = sign_in(ada), f"/cohorts/graduation/{stream.key}/"
    assert address in client.get("/cohorts/graduation/").text
    assert client.post(address, {"share": "101", "projects": "", "posts": "1"}).status_code == 422
    assert client.post(address, {"share": "80", "projects": "", "posts": "2"}).status_code == 302
    rule = GraduationRule.objects.get()
    assert (rule.share, rule.projects, rule.posts) == (80, None, 2)
    stale = client.post(address, {"share": "70", "projects": "", "posts": "2", "seen": "x"})
    assert stale.status_code == 409


def test_the_page_graduates_by_exception(cohort, mentee, ada, sign_in):
    client, address = sign_in(ada), f"/cohorts/{cohort.slug}/graduation/"
    data = {f"result-{mentee.pk}": "graduated", f"was-{mentee.pk}": ""}
    refused = client.post(address, data | {f"reason-{mentee.pk}": ""})
    assert (refused.status_code, "Say why" in refused.text) == (409, True)
    assert client.post(address, data | {f"reason-{mentee.pk}": "Fell ill"}).status_code == 302
    assert "By exception: Fell ill" in client.get(address).text


def test_the_api_says_the_same(cohort, mentee, amara, mateo, bela, ada, stream, sign_in):
    address = f"/api/v1/graduation/{mentee.pk}/"
    for person in (amara, mateo, ada):
        assert [part["key"] for part in sign_in(person).get(address).json()["parts"]] == ["items", "projects", "posts"]
    assert sign_in(bela).get(address).status_code == 404
    assert [row["name"] for row in sign_in(bela).get("/api/v1/graduation/").json()["results"]] == ["Béla Kovács"]
    rule = f"/api/v1/graduation-rules/{stream.key}/"
    data = {"projects": 0, "share": 50}
    assert sign_in(amara).patch(rule, data, content_type="application/json").status_code == 404
    changed = sign_in(ada).patch(rule, data, content_type="application/json").json()
    assert (changed["projects"], changed["projects_asked"], changed["share"]) == (0, 0, 50)
