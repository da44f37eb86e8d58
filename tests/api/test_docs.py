"""The pages that describe the API: each part has one, and whatever it links to stands on it."""

import re

import pytest
from drf_spectacular.generators import SchemaGenerator

from mentorship.common.api_docs import METHODS, documentation

pytestmark = pytest.mark.django_db


def test_every_operation_stands_in_a_part():
    paths = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    described = {(method, path) for path, methods in paths.items() for method in METHODS if method in methods}
    groups = documentation()["groups"].values()
    assert {(call["method"].lower(), call["path"]) for calls in groups for call in calls} == described


def test_the_first_page_leads_to_every_part(client):
    text = client.get("/api/docs/").content.decode()
    assert set(re.findall(r'href="/api/docs/([\w-]+)/"', text)) == set(documentation()["groups"])


def test_what_a_part_links_to_stands_on_its_page(client):
    for name in documentation()["groups"]:
        answer = client.get(f"/api/docs/{name}/")
        text = answer.content.decode()
        main = text[text.index("<main") : text.index("</main>")]
        links, there = set(re.findall(r'href="#([^"]+)"', main)), set(re.findall(r'id="([^"]+)"', main))
        assert (answer.status_code, links - there) == (200, set()), name


def test_a_part_that_is_none_is_not_there(client):
    assert client.get("/api/docs/nothing/").status_code == 404


@pytest.mark.parametrize("form", ["json", "yaml"])
def test_the_description_is_the_same_each_time(client, form):
    accepted = {"json": "application/json", "yaml": "application/yaml"}[form]
    first, second = (client.get("/api/schema/", headers={"accept": accepted}) for _ in range(2))
    assert first["Content-Type"].startswith(accepted)
    assert (first.status_code, first.content) == (200, second.content)
    assert first.content.count(b"/api/v1/me/") == 1


def test_a_form_that_is_none_is_refused(client):
    assert client.get("/api/schema/", headers={"accept": "text/html"}).status_code == 406
