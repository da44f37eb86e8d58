"""Roadmaps are followed and ticked off like a stream."""

import pytest

from mentorship.common.errors import Refused
from mentorship.study.library.following import followed_by
from mentorship.study.library.models import Following, StepDone
from tests.study.library.shelf import make_resource, make_roadmap

pytestmark = pytest.mark.django_db
HERE = "/study/library/roadmaps/"


def test_side_by_side_and_each_on_its_page(client):
    row = make_roadmap(make_resource(title="Growing trees"))
    assert row.title in client.get(HERE).content.decode()
    assert "Growing trees" in client.get(row.get_absolute_url()).content.decode()
    assert client.get(f"{HERE}none/").status_code == 404


def test_followed_and_ticked_off(sign_in, amara, bela):
    row, client = make_roadmap(), sign_in(amara)
    base = row.get_absolute_url()
    client.post(f"{base}follow/")
    (path,) = followed_by(amara)
    assert (path.done, path.required, path.current.step.key) == (0, 2, "step-0")
    client.post(f"{base}step-0/mark/", {"done": "1"})
    client.post(f"{base}step-0/mark/", {"done": "1"})
    (path,) = followed_by(amara)
    assert (path.done, path.current.step.key) == (1, "step-1")
    assert "Step 1" in client.get("/study/library/").content.decode()
    assert followed_by(bela) == []
    client.post(f"{base}step-0/mark/", {"done": "0"})
    assert not StepDone.objects.exists()


def test_followed_no_longer_keeps_the_ticks(sign_in, amara):
    row, client = make_roadmap(), sign_in(amara)
    step = row.steps.first()
    step.mark(by=amara, done=True)
    client.post(f"{row.get_absolute_url()}unfollow/")
    assert (Following.objects.count(), StepDone.objects.count()) == (0, 1)


def test_what_left_the_library_is_not_begun(amara):
    row = make_roadmap(retired_at="2026-01-01T00:00Z")
    with pytest.raises(Refused) as refusal:
        row.follow(by=amara)
    assert refusal.value.code == "retired"
