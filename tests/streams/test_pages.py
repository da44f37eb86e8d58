"""The pages of streams: what they show to whom, ticks with and without JavaScript, and how many queries they take."""

import re

import pytest
from django.urls import reverse

from streams.models import Item, Progress
from tests.factory import make_item, make_stream

HTMX = {"HX-Request": "true"}


def address(item: Item) -> str:
    return reverse("streams:item", args=[item.stream.key, item.key])


def named(stream, name: str) -> Item:
    return stream.items.select_related("stream").get(key__endswith=name)


def html(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def test_a_visitor_reads_the_streams_without_rings(stream, client):
    page = html(client.get(reverse("streams:index")))
    assert stream.title in page
    assert 'class="ring' not in page


def test_who_is_signed_in_sees_a_ring_for_each_stream(stream, amara, sign_in):
    named(stream, "intro").mark(by=amara, state="done")
    page = html(sign_in(amara).get(reverse("streams:index")))
    assert f'aria-label="{stream.title}: 1 of 3 done"' in page
    assert "Next: <a" in page


def test_a_visitor_reads_a_stream_without_ticks(stream, client):
    page = html(client.get(stream.get_absolute_url()))
    assert "Item chapter-5" in page
    assert 'class="tick' not in page
    assert "Sign in</a> to tick off" in page


def test_a_stream_shows_states_rings_and_what_is_next(stream, amara, sign_in):
    named(stream, "intro").mark(by=amara, state="done")
    page = html(sign_in(amara).get(stream.get_absolute_url()))
    assert f'aria-label="{stream.title}: 1 of 3 done"' in page
    assert 'aria-label="Basics: 1 of 3 done"' in page
    assert re.search(r"Next: <a [^>]+>Item chapter-5</a>", page)
    assert page.count('role="checkbox"') == 3  # two readings and the optional one; a topic and a project only show
    assert page.count('aria-checked="true"') == 1


def test_nested_lists_are_closed(stream, amara, sign_in):
    unit = stream.units.get()
    make_item(unit, "deeper", parent=make_item(unit, "deep", parent=make_item(unit, "late")))
    page = html(sign_in(amara).get(stream.get_absolute_url()))
    assert page.count("<ul") == page.count("</ul>")
    assert page.count("<li>") == page.count("</li>")


def test_a_retired_stream_is_absent(stream, client, amara, sign_in):
    stream.retired_at = stream.retired_at or "2026-11-01T00:00Z"
    stream.save()
    assert client.get(stream.get_absolute_url()).status_code == 404
    assert sign_in(amara).get(stream.get_absolute_url()).status_code == 404


def test_a_retired_item_is_absent_but_for_who_worked_on_it(stream, amara, bela, sign_in, client):
    extra = named(stream, "extra")
    extra.mark(by=amara, state="done")
    Item.objects.filter(pk=extra.pk).update(retired_at="2026-11-01T00:00Z")
    assert "has left the curriculum" in html(sign_in(amara).get(address(extra)))
    assert sign_in(bela).get(address(extra)).status_code == 404
    assert client.get(address(extra)).status_code == 404


def test_an_item_of_another_stream_is_not_found(stream, client):
    item = named(make_stream(), "intro")
    assert client.get(reverse("streams:item", args=[stream.key, item.key])).status_code == 404


def test_an_item_shows_its_note_link_and_neighbours(stream, amara, sign_in):
    item = named(stream, "chapter-5")
    Item.objects.filter(pk=item.pk).update(
        note="Take it slowly.", url="https://www.example.org/ml.html", estimate="ours"
    )
    page = html(sign_in(amara).get(address(item)))
    assert "Take it slowly." in page
    assert "Read at example.org" in page
    assert "About 2 h, by our own estimate" in page
    assert 'rel="prev"' in page
    assert 'rel="next"' in page


def test_a_parent_shows_its_parts_and_offers_no_mark_of_its_own(stream, amara, sign_in):
    page = html(sign_in(amara).get(address(named(stream, "topic"))))
    assert "follows from the parts" in page
    assert 'class="choice"' not in page
    assert page.count('role="checkbox"') == 2


def test_a_project_item_links_to_its_project_and_cannot_be_ticked(stream, amara, sign_in):
    page = html(sign_in(amara).get(address(named(stream, "project"))))
    assert 'value="in_progress"' in page
    assert 'value="done"' not in page


def test_without_javascript_a_tick_posts_and_comes_back_to_the_item(stream, amara, sign_in):
    item = named(stream, "intro")
    response = sign_in(amara).post(f"{address(item)}mark/", {"state": "done"})
    assert (response.status_code, response["Location"]) == (302, f"{stream.get_absolute_url()}#item-{item.pk}")
    assert Progress.objects.get(person=amara, item=item).state == "done"


def test_without_javascript_the_items_own_page_comes_back(stream, amara, sign_in):
    item = named(stream, "intro")
    response = sign_in(amara).post(f"{address(item)}mark/", {"state": "done", "next": address(item)})
    assert response["Location"] == address(item)


def test_a_mark_goes_nowhere_else(stream, amara, sign_in):
    item = named(stream, "intro")
    response = sign_in(amara).post(f"{address(item)}mark/", {"state": "done", "next": "https://evil.example/"})
    assert response["Location"].startswith("/streams/")


def test_with_htmx_a_tick_answers_with_the_row_and_what_follows(stream, amara, sign_in):
    item, topic = named(stream, "intro"), named(stream, "topic")
    headers = HTMX | {"HX-Target": f"item-{item.pk}"}
    response = sign_in(amara).post(f"{address(item)}mark/", {"state": "done"}, headers=headers)
    page = html(response)
    assert page.strip().startswith(f'<div class="item" id="item-{item.pk}" data-state="done">')
    assert f'id="item-{topic.pk}" data-state="in_progress" hx-swap-oob="true"' in page
    assert re.search(rf'id="unit-{item.unit_id}-progress" hx-swap-oob="true">.*1 of 3', page)
    assert re.search(r'id="stream-progress"[^>]* hx-swap-oob="true">.*1 of 3', page)
    assert "<html" not in page


def test_a_refused_tick_is_said(stream, amara, sign_in):
    item = named(stream, "topic")
    client = sign_in(amara)
    response = client.post(f"{address(item)}mark/", {"state": "done"}, headers=HTMX | {"HX-Target": f"item-{item.pk}"})
    assert response.status_code == 409
    assert "follows from its parts" in html(response)
    assert client.post(f"{address(item)}mark/", {"state": "done"}).status_code == 302
    assert not Progress.objects.exists()


def test_a_visitors_tick_goes_to_sign_in_and_changes_nothing(stream, client):
    response = client.post(f"{address(named(stream, 'intro'))}mark/", {"state": "done"})
    assert response["Location"].startswith("/accounts/login/")
    assert not Progress.objects.exists()


@pytest.mark.parametrize("size", [3, 60])
def test_a_stream_takes_as_many_queries_at_any_size(size, amara, sign_in, django_assert_max_num_queries):
    stream = make_stream()
    unit = stream.units.get()
    for number in range(size):
        make_item(unit, f"part-{number}", parent=make_item(unit, f"whole-{number}")).mark(by=amara, state="done")
    client = sign_in(amara)
    with django_assert_max_num_queries(8):
        assert client.get(stream.get_absolute_url()).status_code == 200
    with django_assert_max_num_queries(8):
        assert client.get(address(named(stream, "part-0"))).status_code == 200
    with django_assert_max_num_queries(8):
        assert client.get(reverse("streams:index")).status_code == 200


@pytest.mark.parametrize("key", ["a%00b", "%F0%9F%92%A9", "..", "a" * 300, "A.B"])
def test_addresses_that_no_item_can_have_are_not_found(stream, client, key):
    assert client.get(f"{stream.get_absolute_url()}items/{key}/").status_code == 404


def test_texts_of_the_curriculum_are_shown_as_text(stream, amara, sign_in):
    Item.objects.filter(stream=stream).update(title="<b>&", summary="<script>x</script>", note="<i>n</i>")
    client = sign_in(amara)
    for address_ in (stream.get_absolute_url(), address(named(stream, "topic")), reverse("streams:index")):
        page = client.get(address_).content.decode()
        assert not re.search(r"<b>|<i>|<script>x", page)
