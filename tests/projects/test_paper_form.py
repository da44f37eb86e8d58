"""The form of a replication: figures row by row, numbers as papers print them, nothing typed lost."""

import pytest

from projects.models import Replication, Submission
from tests import factory


@pytest.fixture
def project(stream):
    item = factory.make_item(stream.units.get(), "paper", key=f"{stream.key}-paper", kind="project")
    return factory.make_project(item, label="Advanced project 1", replicates=True)


@pytest.fixture
def address(project):
    return f"/projects/{project.key}/hand-in/"


def typed(project, rows=(("BLEU", "27.3", "26,1 %", "0.3"),), **fields):
    data = {f"answer_{criterion.pk}": "Because." for criterion in project.criteria.all()}
    data |= {"title": "Attention, again", "write_up": "What came out."}
    data |= {"paper-title": "Attention is all you need", "paper-url": "https://arxiv.org/abs/1706.03762"}
    data |= {"figure-TOTAL_FORMS": str(len(rows) + 2), "figure-INITIAL_FORMS": "0"}
    for number, row in enumerate(rows):
        data |= {f"figure-{number}-{name}": value for name, value in zip(NAMES, row, strict=False)}
    return data | fields


NAMES = ("name", "claimed", "reproduced", "spread")


def test_figures_are_handed_in(sign_in, address, project, cohort, amara):
    answer = sign_in(amara).post(address, typed(project))
    assert answer["Location"] == Submission.objects.get().get_absolute_url()
    kept = Replication.objects.get().figures.get()
    assert (float(kept.claimed), float(kept.reproduced), float(kept.spread)) == (27.3, 26.1, 0.3)
    page = sign_in(amara).get(answer["Location"]).content.decode()
    assert "26.1 ± 0.3" in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"figure-0-claimed": "about 27"}, "A number, like 27.3"),
        ({"figure-0-claimed": "NaN"}, "A number, like 27.3"),
        ({"figure-0-claimed": ""}, "This field is required."),
        ({"figure-0-claimed": "9" * 30}, "Ensure that there are no more than"),
        ({"figure-0-reproduced": ""}, "Of which number is this the spread?"),
        ({"figure-0-spread": "-1"}, "greater than or equal to 0"),
        ({"figure-TOTAL_FORMS": "0"}, "Name at least one figure"),
        ({"figure-TOTAL_FORMS": "1000"}, "Please submit at most 40 forms."),
        ({"figure-TOTAL_FORMS": "many"}, "ManagementForm data is missing"),
        ({"paper-url": "javascript:alert(1)"}, "Enter a valid URL."),
        ({"paper-title": ""}, "This field is required."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(sign_in, address, project, cohort, amara, changes, said):
    answer = sign_in(amara).post(address, typed(project, **changes))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "Attention, again" in page
    assert "BLEU" in page or "TOTAL" in str(changes)
    assert not Submission.objects.exists()


def test_more_rows_and_a_preview_keep_what_is_typed(sign_in, address, project, cohort, amara):
    for button in ("more", "preview"):
        page = sign_in(amara).post(address, typed(project, **{button: "1"})).content.decode()
        assert 'value="BLEU"' in page
        assert 'value="26,1 %"' in page
        assert 'value="Attention is all you need"' in page
        assert 'name="figure-TOTAL_FORMS" value="4"' in page


def test_the_next_round_begins_with_the_figures_of_the_last(sign_in, address, project, cohort, amara, mateo):
    sign_in(amara).post(address, typed(project))
    work = Submission.objects.get()
    factory.make_review(work, mateo)
    again = f"/submissions/{work.pk}/hand-in/"
    page = sign_in(amara).get(again).content.decode()
    assert 'value="BLEU"' in page
    assert 'value="27.3"' in page
    sign_in(amara).post(again, typed(project, rows=(("BLEU", "27.3", "27", ""), ("", "", "", ""))))
    assert Replication.objects.count() == 2
