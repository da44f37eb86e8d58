"""Reading notebooks and text files in a real browser: what opens when it is asked for, and the look of it."""

import re

import pytest
from nbformat.v4 import new_output

from projects import notebooks
from projects.models import RoundFile
from projects.work import NOTEBOOK
from tests import factory
from tests.browser.conftest import check_looks
from tests.common.rendering.notebooks import code, encoded, notebook, picture, printed, shown

pytestmark = pytest.mark.django_db(transaction=True)

WIDGET = new_output("display_data", data={"application/vnd.jupyter.widget-view+json": {}, "text/plain": "Slider()"})
FRAME = '<iframe src="https://www.youtube.com/embed/x"></iframe>'
ERROR = new_output("error", ename="E", evalue="no", traceback=[f"\x1b[0;31mframe {n}\x1b[0m" for n in range(60)])
LOSSES = "".join(f"epoch {n}: loss {1 / (n + 1):.4f}\n" for n in range(300))


def odd() -> bytes:
    """A bit of what makes a page long, wide or loud."""
    return notebook(
        "# Rent\n\n$$\\sum_{i=1}^{n} \\frac{(y_i - \\hat y_i)^2}{n} + \\lambda \\lVert w \\rVert^2 + \\mathrm{const}$$",
        code("slider()", WIDGET, count=4),
        code("video()", shown(image_png=encoded(picture(480, 360)), text_html=FRAME), count=2),
        "## Training",
        code("train()", printed(LOSSES), count=5),
        code("open('/home/me/" + "x" * 90 + ".csv')\nnp.random.rand(3)", ERROR, count=6),
        code("sns.load_dataset('titanic')", count=None),
    )


@pytest.fixture
def round(cohort, amara):
    files = (
        factory.make_upload("a-rather-long-name-of-a-notebook_01.ipynb", odd(), NOTEBOOK),
        factory.make_upload("second.ipynb", notebook("# Again", code("x = 1")), NOTEBOOK),
        factory.make_upload("train.py", b'"""Train.\n\nLong."""\n\n\ndef fit(x):\n    return x\n', "text/plain"),
    )
    submission = factory.make_submission(cohort.memberships.get(person=amara), files=files)
    for file in RoundFile.objects.all():
        notebooks.render_file(file.pk)
    return submission.rounds.get()


def test_a_long_output_opens_in_its_place(open_page, round, amara):
    page = open_page(amara)
    page.goto(round.get_absolute_url())
    assert page.get_by_text("epoch 299").count() == 0
    page.get_by_text("Output, 300 lines").click()
    page.get_by_text("epoch 299").wait_for()
    assert page.get_by_text("Open this output").count() == 1  # of the error, which is still folded
    page.get_by_role("link", name="Training").click()
    assert page.url.endswith("-4")


def test_without_scripts_it_is_a_link(open_page, round, amara):
    page = open_page(amara, java_script_enabled=False)
    page.goto(round.get_absolute_url())
    page.get_by_text("Output, 300 lines").click()
    page.get_by_role("link", name="Open this output").first.click()
    page.wait_for_url(re.compile(r"/files/\d+/outputs/0/$"))
    page.get_by_text("epoch 299").wait_for()


def test_every_page_in_both_themes_and_sizes(open_page, round, amara):
    output = RoundFile.objects.first().outputs.first()
    for address in (round.get_absolute_url(), output.get_absolute_url(), "/notebook-facts/"):
        check_looks(open_page, address, amara)
