"""The search for a job: stages by their verbs, its owner's alone, what comes next, and a table that is no formula."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.db import IntegrityError, transaction

from mentorship.common.errors import Refused
from mentorship.people.models import Event
from mentorship.study.days import today_of
from mentorship.study.models import Job, Resume
from tests.cohorts.test_at_once import at_once, codes
from tests.factory import make_job, make_person

SENT = {"company": "Trees Ltd", "role": "ML engineer"}


def test_an_application_goes_through_its_stages(sign_in, amara):
    client = sign_in(amara)
    address = client.post("/study/jobs/", SENT | {"next_on": "2026-12-01", "next_step": "Ask Noor"}).url
    for verb, stage in (
        ("apply", "applied"), ("screen", "screen"), ("interview", "interviews"), ("offer", "offer"),
        ("decline", "declined"), ("reopen", "offer"), ("accept", "accepted"),
    ):  # fmt: skip
        client.post(f"{address}{verb}/")
        job = Job.objects.get()
        assert (job.stage, bool(job.next_on)) == (stage, stage not in ("declined", "accepted") and verb != "reopen")
    assert list(job.moves.values_list("stage", flat=True))[-3:] == ["declined", "offer", "accepted"]
    with pytest.raises(Refused) as refusal:
        job.step("withdraw")
    assert refusal.value.code == "not_now"


def test_nobody_else_sees_it_the_history_neither(sign_in, amara, mateo, ada, cohort):
    client = sign_in(amara)
    address = client.post("/study/jobs/", SENT).url
    client.post(f"{address}accept/")  # refused
    resume = Resume.make(by=amara, name="Forests")
    for other in (mateo, ada):
        for path in (address, f"/api/v1/jobs/{Job.objects.get().pk}/", f"/api/v1/resumes/{resume.pk}/"):
            assert sign_in(other).get(path).status_code == 404
        assert "Trees" not in sign_in(other).get("/study/jobs/export/").content.decode()
    for path in (f"/django-admin/study/job/{Job.objects.get().pk}/change/", "/django-admin/study/job/"):
        page = sign_in(ada).get(path).content.decode()
        assert "Trees" not in page
        assert "Amara" not in page
    assert not Event.objects.filter(actor=amara).exists()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"company": " \t"}, "Say which company"),
        ({"role": ""}, "Say which position"),
        ({"url": "javascript:alert(1)"}, "URL"),
        ({"url": "ftp://example.org"}, "begins with https"),
        ({"next_on": "31.12.2026"}, "valid date"),
        ({"next_on": "9999-12-31"}, "between 2000 and 2100"),
        ({"fit": "4"}, "Which version of your resume"),
        ({"fit": "9"}, "valid choice"),
        ({"resume": "1000000"}, "valid choice"),
        ({"notes": "x" * 10_001}, "at most 10000"),
        ({"key": "no"}, "out of date"),
    ],
)
def test_bad_input_is_said_and_what_was_typed_is_kept(sign_in, amara, sent, said):
    answer = sign_in(amara).post("/study/jobs/", SENT | {"next_step": "Write to Noor"} | sent)
    page = answer.content.decode()
    assert (answer.status_code, "Write to Noor" in page, said in page) == (422, True, True)
    assert not Job.objects.exists()


@pytest.mark.parametrize(
    "fields", [{"stage": "hired"}, {"stage": "refused"}, {"was": "applied"}, {"fit": 2}, {"company": ""}]
)
def test_the_database_holds_it_too(amara, fields):
    job = make_job(amara)
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.filter(pk=job.pk).update(**fields)


def test_the_resume_of_somebody_else_is_none(sign_in, amara, bela):
    theirs, job = Resume.make(by=bela, name="Forests"), make_job(amara)
    said = SENT | {"version": 1, "resume": theirs.pk}
    assert sign_in(amara).post(job.get_absolute_url(), said).status_code == 422
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.filter(pk=job.pk).update(resume=theirs)


def test_two_windows_and_a_closed_one(sign_in, amara):
    job, client = make_job(amara), sign_in(amara)
    client.post(job.get_absolute_url(), SENT | {"notes": "First", "version": 1})
    answer = client.post(job.get_absolute_url(), SENT | {"notes": "Mine", "version": 1})
    assert (answer.status_code, "Mine" in answer.content.decode()) == (409, True)
    client.post(f"{job.get_absolute_url()}withdraw/")
    answer = client.post(job.get_absolute_url(), SENT | {"next_step": "Call", "version": 3})
    assert (answer.status_code, "has no next step" in answer.content.decode()) == (422, True)
    assert Job.objects.get().notes == "First"


def test_what_comes_next_on_ones_own_calendar(sign_in, amara):
    today = today_of(amara)
    for company, days in (("Later", 9), ("Late", -2), ("Now", 0)):
        make_job(amara, company=company, next_on=today + timedelta(days=days), next_step="Call")
    page = sign_in(amara).get("/study/jobs/").content.decode()
    coming = page[page.index("What comes next") : page.index('aria-label="Board"')]
    assert coming.index("at Late") < coming.index("at Now") < coming.index("at Later")
    for said in ("2 days ago", "Today, ", "in 9 days"):
        assert said in coming


def test_the_table_for_a_spreadsheet_has_no_formula(sign_in, amara):
    make_job(amara, company="=cmd()", notes="+1\nsecond line")
    rows = list(csv.DictReader(StringIO(sign_in(amara).get("/study/jobs/export/").content.decode())))
    assert (rows[0]["company"], rows[0]["notes"]) == ("'=cmd()", "'+1\nsecond line")


def test_a_resume_has_a_list_and_applications_a_fit(sign_in, amara):
    client = sign_in(amara)
    client.post("/study/resumes/", {"name": "Forests, remote"})
    resume = Resume.objects.get()
    assert client.post("/study/resumes/", {"name": "Forests, remote"}).status_code == 422
    assert client.post(f"/study/resumes/{resume.pk}/check/", {"ticked": ["nothing"]}).status_code == 422
    client.post(f"/study/resumes/{resume.pk}/check/", {"ticked": ["fit", "one-page"]})
    assert Resume.objects.get().ticked == ["one-page", "fit"]
    job = make_job(amara)
    client.post(job.get_absolute_url(), SENT | {"version": 1, "resume": resume.pk, "fit": 3, "fit_note": "Spark"})
    job.refresh_from_db()
    assert (job.resume, job.fit) == (resume, 3)
    assert "2 of 9 · 1 application" in client.get("/study/resumes/").content.decode()
    client.post(f"/study/resumes/{resume.pk}/remove/")
    job.refresh_from_db()
    assert (job.resume, job.fit, job.fit_note) == (None, None, "")


@pytest.mark.parametrize("many", [1, 12])
@pytest.mark.parametrize("path", ["/study/jobs/", "/study/jobs/table/", "/study/resumes/"])
def test_a_page_costs_the_same_however_many(sign_in, amara, many, path, django_assert_max_num_queries):
    for number in range(many):
        make_job(amara, next_on=today_of(amara), resume=Resume.make(by=amara, name=f"{number}"))
    client = sign_in(amara)
    with django_assert_max_num_queries(7):
        client.get(path)


def test_the_api_has_the_same(sign_in, amara):
    client, post = sign_in(amara), {"content_type": "application/json"}
    resume = client.post("/api/v1/resumes/", {"name": "Forests"}, **post).json()
    assert client.post("/api/v1/resumes/", {"name": "Forests"}, **post).status_code == 409
    address = f"/api/v1/resumes/{resume['id']}/"
    assert client.patch(address, {"ticked": ["fit"]}, **post).json()["ticked"] == ["fit"]
    assert client.get("/api/v1/resumes/checklist/").json()[0]["key"] == "one-page"
    sent = SENT | {"key": "9d0c41a2-7a24-4b62-8a28-0f8e1f2a7c11", "next_on": "2026-12-01", "resume": resume["id"]}
    made = client.post("/api/v1/jobs/", sent, **post).json()
    assert client.post("/api/v1/jobs/", sent, **post).json()["id"] == made["id"]
    address = f"/api/v1/jobs/{made['id']}/"
    changed = client.patch(address, {"version": 1, "fit": 4, "next_on": None}, **post).json()
    assert (changed["fit"], changed["next_on"], changed["company"]) == (4, None, "Trees Ltd")
    assert client.patch(address, {"version": 1, "fit": 1}, **post).status_code == 409
    assert client.post(f"{address}step/", {"verb": "offer"}, **post).status_code == 409
    assert client.post(f"{address}step/", {"verb": "apply"}, **post).json()["moves"][-1]["stage"] == "applied"
    client.patch(address, {"version": 3, "next_on": "2026-12-02"}, **post)
    assert [row["id"] for row in client.get("/api/v1/jobs/coming/").json()] == [made["id"]]
    assert client.get("/api/v1/jobs/?stage=offer").json()["results"] == []
    assert client.delete(address).status_code == 204


@pytest.mark.django_db(transaction=True)
def test_two_at_once():
    person, key = make_person(), "9d0c41a2-7a24-4b62-8a28-0f8e1f2a7c11"
    assert at_once([lambda: Job.add(by=person, key=key, **SENT)] * 3) == [None] * 3
    copies = [Job.objects.get() for _ in range(3)]
    assert codes(at_once([lambda c=c: c.step("apply") for c in copies])) == ["done", "not_now", "not_now"]
    assert codes(at_once([lambda: Resume.make(by=person, name="One")] * 3)) == ["done", "name_taken", "name_taken"]
