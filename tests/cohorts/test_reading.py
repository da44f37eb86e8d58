"""A cohort's page is read by statements by hand: they say what the querysets say."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from mentorship.cohorts.models import Cohort, Membership
from mentorship.cohorts.reading import roster, seen
from tests import factory

STATES = list(Cohort.State.values)


def agree(slug, reader):
    """What is seen, after checking that the named scope finds the same."""
    found, expected = seen(slug, reader), Cohort.objects.visible_to(reader).filter(slug=slug).first()
    assert (found.cohort if found else None) == expected
    if found:
        for field in Cohort._meta.concrete_fields:
            assert getattr(found.cohort, field.attname) == getattr(expected, field.attname)
        assert found.cohort.stream.title == expected.stream.title
    return found


@pytest.mark.parametrize("state", STATES)
def test_who_may_see_it(stream, amara, bela, ada, state):
    cohort = factory.make_cohort(stream, state=state)
    member, former = factory.make_person("Mira Member"), factory.make_person("Femi Former")
    factory.make_membership(cohort, member)
    gone = factory.make_membership(cohort, former)
    Membership.objects.filter(pk=gone.pk).update(left_at=gone.joined_at)
    factory.make_application(cohort, bela)
    refused = factory.make_application(cohort, amara, state="withdrawn")
    for reader in (AnonymousUser(), amara, bela, ada, member, former):
        agree(cohort.slug, reader)
    assert seen(cohort.slug, ada).cohort == cohort
    assert seen(cohort.slug, ada).mine is None
    if state != "draft":
        assert seen(cohort.slug, member).mine.role == "mentee"
        assert seen(cohort.slug, bela).asked.is_live
    if state == "open":
        assert seen(cohort.slug, amara).asked.pk == refused.pk
    assert seen("no-such-cohort", ada) is None


def test_only_members_and_admins_are_told_when_it_meets(stream, amara, ada):
    outsider, now = factory.make_person("Otto Outside"), timezone.now()
    cohort = factory.make_cohort(stream, state="open")
    factory.make_membership(cohort, amara)
    moments = [now + timedelta(days=days) for days in (9, 1, 5, 3)]
    made = [factory.make_meeting(cohort, title=f"<{n}>", starts_at=moment) for n, moment in enumerate(moments)]
    factory.make_meeting(cohort, starts_at=now + timedelta(days=2), cancelled_at=now)
    factory.make_meeting(cohort, starts_at=now - timedelta(days=2))
    expected = [(m.pk, m.title, m.starts_at) for m in cohort.meetings.upcoming()[:3]]
    assert [title for _, title, _ in expected] == [made[n].title for n in (1, 3, 2)]
    assert seen(cohort.slug, amara).meetings == seen(cohort.slug, ada).meetings == expected
    assert seen(cohort.slug, outsider).meetings == seen(cohort.slug, AnonymousUser()).meetings == []


def test_the_roster_knows_who_works_with_whom(amara, bela, mateo, cohort):
    people = {pk: (role, with_me) for role, pk, _, _, _, with_me in roster(cohort, mateo)}
    assert people == {amara.pk: ("mentee", True), bela.pk: ("mentee", False), mateo.pk: ("mentor", False)}
    assert [pk for _, pk, *_, with_me in roster(cohort, amara) if with_me] == [mateo.pk]
    assert not any(row[-1] for row in roster(cohort, bela))
    names = [name for _, _, name, *_ in roster(cohort, bela)]
    assert names == list(
        cohort.memberships.active().order_by("person__name", "pk").values_list("person__name", flat=True)
    )


def test_a_name_is_never_markup(sign_in, amara, bela, ada, cohort):
    type(bela).objects.filter(pk=bela.pk).update(name="<b>Béla</b>")
    for address in (f"/cohorts/{cohort.slug}/", f"/cohorts/{cohort.slug}/progress/"):
        page = sign_in(ada).get(address).text
        assert "&lt;b&gt;Béla&lt;/b&gt;" in page
        assert "<b>Béla" not in page
