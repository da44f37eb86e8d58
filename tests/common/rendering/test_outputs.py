"""Long outputs wait until they are opened; what would have to run is named."""

import pytest
from nbformat.v4 import new_output

from mentorship.common.rendering.notebook import place
from mentorship.common.rendering.notebook_cells import NotebookPage
from mentorship.common.rendering.notebook_file import read_notebook
from tests.common.rendering.inert import faults
from tests.common.rendering.notebooks import code, encoded, notebook, picture, printed, shown

LINK = '<a class="image-link" href="https://www.youtube.com/embed/x" rel="nofollow ugc noopener">Frame: '


def page_of(*outputs) -> dict:
    page = NotebookPage(read_notebook(notebook(code("x", *outputs))), "cell", 2).render()
    for html in (page["html"], *page["outputs"]):
        assert faults(str(html)) == []
    return page


def test_a_long_output_begins_on_the_page_and_waits_for_the_rest():
    page = page_of(printed("".join(f"line {n}\n" for n in range(60))))
    assert "<summary>Output, 60 lines</summary>" in page["html"]
    assert "line 7" in page["html"]
    assert "line 8" not in page["html"]
    assert "line 59" in page["outputs"][0]
    html = place(page["html"], image=str, output=lambda number: f"/outputs/{number}/?a&b")
    assert '<details class="nb-fold" hx-get="/outputs/0/?a&amp;b" hx-trigger="toggle once"' in html
    assert '<p class="nb-later"><a href="/outputs/0/?a&amp;b">Open this output</a></p></details>' in html


def test_text_that_looks_like_a_fold_is_text():
    html = page_of(printed('<details class="nb-fold" hx-get="nb-output:0"><summary>x</summary>'))["html"]
    assert place(html, image=str, output=lambda number: "/evil/") == html


def test_a_very_long_output_is_cut():
    page = page_of(printed("x" * 300_000))
    assert "The first 100,000 of 300,000 characters are shown." in page["outputs"][0]
    assert len(page["html"]) < 3_000


def test_a_long_error_shows_its_end():
    trace = [f"frame {n}" for n in range(60)] + ["ValueError: no"]
    page = page_of(new_output("error", ename="ValueError", evalue="no", traceback=trace))
    assert "<summary>Error, 61 lines</summary>" in page["html"]
    assert "ValueError: no" in page["html"]
    assert "frame 7" not in page["html"]


def test_a_long_table_waits_too():
    table = "<table>" + "<tr><td>1</td></tr>" * 50 + "</table>"
    page = page_of(shown(text_html=table))
    assert "<summary>Table, 50 rows</summary>" in page["html"]
    assert page["outputs"][0].count("<tr>") == 50


WIDGET = {"application/vnd.jupyter.widget-view+json": {"model_id": "x"}, "text/plain": "FloatSlider(value=7.5)"}


@pytest.mark.parametrize(
    ("bundle", "name"),
    [
        (WIDGET, "Interactive widget"),
        ({"application/javascript": "pwned()"}, "Script"),
        ({"application/vnd.plotly.v1+json": {"data": []}, "text/html": "<div>plot</div>"}, "Plotly chart"),
        ({"application/vnd.vegalite.v5+json": {}, "text/plain": "<VegaLite>"}, "Vega-Lite (Altair) chart"),
        ({"application/vnd.bokehjs_exec.v0+json": "", "text/html": "<div></div>"}, "Bokeh chart"),
        ({"text/html": "<div class=bk-root></div><script>Bokeh.pwned()</script>"}, "Bokeh chart"),
        ({"text/html": "<div id=x></div><script>vegaEmbed('#x', pwned())</script>"}, "Vega chart"),
        ({"text/html": "<div id=x></div><script>pwned()</script>", "text/plain": "<Chart>"}, "Script"),
        ({"text/html": "<canvas id=x></canvas>"}, "Drawing"),
        ({"text/html": "<style>only style</style>"}, "Interactive output"),
        ({"video/mp4": "AAAA"}, "Video"),
    ],
)
def test_active_output_is_named_and_not_run(bundle, name):
    html = page_of(new_output("display_data", data=bundle))["html"]
    assert f'<p class="nb-placeholder">{name}: not shown here, because it would have to run.' in html
    assert "pwned" not in html


def test_what_a_widget_says_of_itself_is_kept():
    assert "It says: FloatSlider(value=7.5)</p>" in page_of(new_output("display_data", data=WIDGET))["html"]


def test_a_table_with_a_script_beside_it_is_still_read():
    html = page_of(shown(text_html="<table><tr><td>7</td></tr></table><button>x</button><script>pwned()</script>"))
    assert "<td>7</td>" in html["html"]
    assert "Script: not shown here" in html["html"]


@pytest.mark.parametrize(
    "html",
    [
        '<iframe width=1 src="https://www.youtube.com/embed/x" allowfullscreen></iframe>',
        "<iframe src='//www.youtube.com/embed/x'></iframe>",
    ],
)
def test_a_frame_becomes_a_link(html):
    assert LINK in page_of(shown(text_html=html))["html"]


def test_the_picture_of_a_video_comes_with_a_link_to_it():
    frame = '<iframe src="https://www.youtube.com/embed/x"></iframe>'
    html = page_of(shown(image_png=encoded(picture()), text_html=frame))["html"]
    assert "nb-image:0" in html
    assert LINK in html


def test_a_frame_of_something_else_is_said():
    html = page_of(
        shown(text_html="<iframe srcdoc='&lt;script&gt;pwned()&lt;/script&gt;' src='data:text/html,x'></iframe>")
    )
    assert "Frame that is not shown here." in html["html"]
    assert "pwned" not in html["html"]


def test_a_drawing_in_html_is_an_image():
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="30pt" height="15pt"><path d="M0 0"/></svg>'
    page = page_of(shown(text_html=svg))
    assert 'alt="Drawing" width="40" height="20"' in page["html"]
    assert page["images"][0][1] == "image/svg+xml"


def test_an_image_is_as_wide_as_the_notebook_says():
    data = {"image/png": encoded(picture(8, 6))}
    output = new_output("display_data", data=data, metadata={"image/png": {"width": 4, "height": 3}})
    assert 'width="4" height="3"' in page_of(output)["html"]


def test_an_unknown_kind_is_named():
    assert (
        "An output of the kind chemical/x-pdb is not shown here." in page_of(shown(**{"chemical_x-pdb": "x"}))["html"]
    )
