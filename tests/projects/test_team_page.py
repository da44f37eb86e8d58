"""The page on which a team says who did what."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from projects.models import CommitLog
from tests import factory


@pytest.fixture
def work(cohort, amara, bela):
    return factory.make_team_work(cohort, amara, bela)


@pytest.fixture
def address(work):
    return f"/submissions/{work.pk}/team/"


def test_from_stating_to_approving(sign_in, work, address, amara, bela, mateo):
    third = work.team.order_by("pk")[2].person
    sign_in(amara).post(f"{address}state/", {"contribution": "I *collected* it."})
    part = work.team.get(person=amara)
    page = sign_in(bela).get(address).content.decode()
    assert "<em>collected</em>" in page
    assert "So it is" in page
    for person in (bela, third):
        sign_in(person).post(f"{address}{part.pk}/confirm/", {"agrees": "1", "seen": "I *collected* it."})
    assert "One part is confirmed by all the others" in sign_in(mateo).get(address).content.decode()
    sign_in(mateo).post(f"{address}approve/")
    part.refresh_from_db()
    assert part.approved_by == mateo


def test_a_refusal_stands_at_the_part_with_what_was_typed(sign_in, work, address, amara, bela, mateo):
    part = work.team.get(person=amara)
    part.state_contribution("All of it.", by=amara)
    answer = sign_in(bela).post(f"{address}{part.pk}/confirm/", {"agrees": "0", "note": " ", "seen": "All of it."})
    assert answer.status_code == 409
    assert "Say what you see differently." in answer.content.decode()
    late = sign_in(bela).post(f"{address}{part.pk}/confirm/", {"agrees": "0", "note": "No!", "seen": "Older."})
    assert "Read it once more" in late.content.decode()
    assert "No!</textarea>" in late.content.decode()
    approved = sign_in(mateo).post(f"{address}{part.pk}/approve/", {"why": ""})
    assert approved.status_code == 409
    assert "say why you approve it all the same" in approved.content.decode()
    long = sign_in(amara).post(f"{address}state/", {"contribution": "a" * 5000})
    assert long.status_code == 422
    assert "a" * 5000 in long.content.decode()


def test_work_done_alone_has_no_such_page(sign_in, cohort, stream, amara):
    alone = factory.make_submission(cohort.memberships.get(person=amara), stream.items.get(kind="project").project)
    assert sign_in(amara).get(f"/submissions/{alone.pk}/team/").status_code == 404


def test_a_log_is_uploaded_and_matched(sign_in, work, address, amara, bela):
    client = sign_in(amara)
    wrong = client.post(f"{address}log/", {"log": "hello <b>"})
    assert wrong.status_code == 409
    assert "hello &lt;b&gt;" in wrong.content.decode()
    bundle = SimpleUploadedFile("team.bundle", b"nothing of the kind")
    assert "not a whole git bundle" in client.post(f"{address}log/", {"bundle": bundle}).content.decode()
    client.post(f"{address}log/", {"log": "4 Someone <s@example.org>\n"})
    member = work.team.get(person=bela)
    client.post(f"{address}log/match/", {"author-0": member.pk})
    assert CommitLog.objects.get().by_member() == {member.pk: 4}
    assert "100 %" in client.get(address).content.decode()


def test_it_asks_no_more_for_more_words(sign_in, work, address, amara, django_assert_max_num_queries):
    client = sign_in(amara)
    with django_assert_max_num_queries(16):
        client.get(address)
    parts = list(work.team.all())
    for part in parts:
        part.state_contribution("My part.", by=part.person)
        for other in parts:
            if other.pk != part.pk:
                part.confirm(by=other.person)
    with django_assert_max_num_queries(16):
        client.get(address)
