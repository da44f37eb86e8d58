"""From a paper on one's list to the project that replicates it, in a click."""

from tests import factory


def test_a_click_begins_the_project_with_the_paper_filled_in(sign_in, amara, olga, cohort):
    item = factory.make_item(cohort.stream.units.first(), "replicate", kind="project")
    project = factory.make_project(item, replicates=True)
    reading = factory.make_reading(amara, title="Attention & more")
    client = sign_in(amara)
    page = client.get(reading.get_absolute_url()).content.decode()
    address = f"{project.get_absolute_url()}hand-in/?paper-title=Attention+%26+more&paper-url="
    assert address.replace("&", "&amp;") in page
    form = client.get(f"{address}https://arxiv.org/abs/1706.03762").content.decode()
    assert 'value="Attention &amp; more"' in form
    assert 'value="https://arxiv.org/abs/1706.03762"' in form
    page = sign_in(olga).get(factory.make_reading(olga).get_absolute_url()).content.decode()
    assert "hand-in" not in page
    assert "Read the brief" in page
