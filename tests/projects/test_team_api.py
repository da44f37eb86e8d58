"""Teams and papers by the API: the same verbs, the same refusals."""

import pytest

from projects.models import Replication, SharedDraft, Submission
from tests import factory


@pytest.fixture
def work(cohort, amara, bela):
    return factory.make_team_work(cohort, amara, bela)


def post(client, address, **data):
    return client.post(address, data, content_type="application/json")


def test_from_stating_to_approving(sign_in, work, amara, bela, mateo, olga):
    address = f"/api/v1/submissions/{work.pk}/team/"
    said = post(sign_in(amara), f"{address}state/", contribution="The data.").json()
    part = next(row for row in said["members"] if row["name"] == "Amara Okafor")
    assert part["commits"] == 3
    confirmed = post(sign_in(bela), f"{address}{part['id']}/confirm/", agrees=True, seen="The data.").json()
    words = next(row for row in confirmed["members"] if row["id"] == part["id"])["confirmations"]
    assert {"by": "Béla Kovács", "word": "yes", "note": ""} in words
    early = post(sign_in(mateo), f"{address}{part['id']}/approve/")
    assert (early.status_code, early.json()["code"]) == (409, "not_confirmed")
    late = post(sign_in(mateo), f"{address}{part['id']}/approve/", why="I saw it.")
    assert next(row for row in late.json()["members"] if row["id"] == part["id"])["approved_at"]
    assert post(sign_in(bela), f"{address}{part['id']}/approve/", why="x").status_code == 404
    assert sign_in(olga).get(address).status_code == 404


def test_a_log_is_counted_and_matched(sign_in, work, amara):
    address = f"/api/v1/submissions/{work.pk}/team/log/"
    wrong = post(sign_in(amara), address, log="nothing")
    assert (wrong.status_code, wrong.json()["code"]) == (409, "not_a_shortlog")
    member = work.team.get(person=amara).pk
    said = post(sign_in(amara), address, log=" 7\tSomebody <s@example.org>\n").json()
    assert said["authors"][0]["member"] is None
    matched = post(sign_in(amara), f"{address}match/", members=[member]).json()
    assert matched["authors"][0]["member"] == member


def test_a_shared_draft_is_saved_and_handed_in(sign_in, cohort, stream, amara, bela):
    project = factory.make_team_project(stream)
    seats = [*cohort.memberships.mentees(), factory.make_membership(cohort, factory.make_person())]
    factory.make_group(cohort, seats)
    address = f"/api/v1/projects/{project.key}/draft/"
    said = {"version": 0, "title": "Buses", "answers": {"why-1": "Because."}, "confidence": {"why-1": 4}}
    saved = sign_in(amara).put(address, said, content_type="application/json")
    assert saved.json() == said | {
        "version": 1, "repository_url": "", "commit": "", "write_up": "", "addressed": {},
    }  # fmt: skip
    conflict = sign_in(bela).put(address, said | {"title": "Trams"}, content_type="application/json")
    assert (conflict.status_code, conflict.json()["saved"]["title"]) == (409, "Buses")
    unknown = sign_in(bela).put(address, said | {"answers": {"no": "x"}}, content_type="application/json")
    assert unknown.status_code == 400
    round = {"project": project.key, "title": "Buses", "write_up": "x", "answers": {"why-1": "a", "why-2": "b"}}
    stale = post(sign_in(bela), "/api/v1/submissions/", **round, draft_version=0)
    assert (stale.status_code, stale.json()["code"]) == (409, "changed_meanwhile")
    made = post(sign_in(bela), "/api/v1/submissions/", **round, draft_version=1)
    assert made.status_code == 201, made.content
    assert made.json()["group"] == Submission.objects.get().group_id
    assert SharedDraft.objects.get().content == {}
    shown = sign_in(amara).get(f"/api/v1/submissions/{made.json()['id']}/").json()
    assert shown["hours"] == {"logged": 0.0, "budget_from": 40, "budget_to": 60, "median": None}


def test_a_paper_is_required_checked_and_shown(sign_in, cohort, stream, amara):
    item = factory.make_item(stream.units.get(), "paper", key=f"{stream.key}-paper", kind="project")
    project = factory.make_project(item, replicates=True)
    round = {"project": project.key, "title": "Again", "write_up": "x", "answers": {"why-1": "a", "why-2": "b"}}
    assert "paper" in post(sign_in(amara), "/api/v1/submissions/", **round).json()
    figure = {"name": "BLEU", "claimed": "27.3", "reproduced": "26.1", "spread": "0.3"}
    paper = {"title": "Attention", "url": "https://arxiv.org/abs/1706.03762", "figures": [figure]}
    wrong = post(sign_in(amara), "/api/v1/submissions/", **round, paper=paper | {"figures": [{"name": "BLEU"}]})
    assert wrong.status_code == 400
    spread = {"name": "BLEU", "claimed": "27.3", "spread": "0.3"}
    lost = post(sign_in(amara), "/api/v1/submissions/", **round, paper=paper | {"figures": [spread]})
    assert lost.json()["paper"]["figures"] == [{"reproduced": ["Of which number is this the spread?"]}]
    made = post(sign_in(amara), "/api/v1/submissions/", **round, paper=paper)
    assert made.status_code == 201, made.content
    assert Replication.objects.get().figures.get().lower_is_better is False
    found = Submission.objects.get().rounds.get()
    shown = sign_in(amara).get(f"/api/v1/rounds/{found.pk}/").json()["paper"]
    assert shown["figures"][0]["reproduced"] == "26.100000"
