"""Every vector, in a real browser without any content policy: nothing runs, nothing loads, nothing leaves its frame."""

import re

import pytest

from mentorship.common.rendering.markdown import render_markdown
from mentorship.common.rendering.notebook_cells import NotebookPage
from mentorship.common.rendering.notebook_file import read_notebook
from mentorship.common.rendering.svg import sanitize_svg
from tests.common.rendering.hostile import hostile_notebook
from tests.common.rendering.vectors import ALL

# Counts what ran; then tries everything that a reader could touch.
PAGE = """<!doctype html><meta charset=utf-8><title>page</title>
<script>window.ran = 0; window.pwned = () => {{ window.ran += 1 }}; window.onerror = () => true</script>
<main id="main"><div id="theirs">{html}</div><p id="ours">ours</p></main>"""
TOUCH = """() => {
    const all = selector => [...document.querySelectorAll('#theirs ' + selector)];
    for (const element of all('*'))
        for (const name of ['click', 'mouseover', 'focus', 'error', 'load', 'toggle', 'animationstart'])
            if (name !== 'click' || !element.closest('a[href]'))
                element.dispatchEvent(new Event(name, {bubbles: true}));
    return {
        ran: window.ran,
        foreign: all(':is(script, style, iframe, object, embed, form, input, button, svg, link, meta, base)').length,
        handlers: all('*').flatMap(element => [...element.attributes])
            .filter(attribute => /^(on|style$|hx-(?!disable$)|data-|xlink|form|srcdoc)/.test(attribute.name)).length,
        schemes: all('a[href]').filter(a => !/^(https?:|mailto:|about:blank#)/.test(a.href)).length,
        framed: document.querySelector('#main > #ours') !== null && all('#ours').length === 0,
    };
}"""
INERT = {"ran": 0, "foreign": 0, "handlers": 0, "schemes": 0, "framed": True}


@pytest.fixture
def touched(browser):
    """A function that shows HTML in a page, touches all of it, and says what happened and what was loaded."""
    context = browser.new_context(offline=True)
    page = context.new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))

    def touch(html: str) -> tuple[dict, list[str]]:
        requests.clear()
        page.set_content(PAGE.format(html=html))
        page.wait_for_timeout(20)
        return page.evaluate(TOUCH), [url for url in requests if not url.startswith("about:")]

    yield touch
    context.close()


def test_the_trap_works(touched):
    found, _ = touched("<img src='data:,' onerror=pwned()><b onclick=pwned()>x</b>")
    assert found["ran"] >= 2
    assert found["handlers"] == 2


def test_markdown_is_inert(touched):
    for text in [*ALL, "\n\n".join(ALL), "\n".join(ALL)]:
        assert touched(render_markdown(text)) == (INERT, []), text


def test_notebooks_are_inert(touched):
    html = str(NotebookPage(read_notebook(hostile_notebook()), "cell", 2).render()["html"])
    found, loaded = touched(re.sub(r' data-cell="[0-9]+"', "", html).replace('src="nb-image:', 'src="data:,'))
    assert found == INERT
    assert [url for url in loaded if not url.startswith("data:,")] == []


def test_a_drawing_opened_by_itself_is_inert(touched):
    svg = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" onload="pwned()">
        <script>pwned()</script><a xlink:href="javascript:pwned()" href="javascript:pwned()"><text>x</text></a>
        <foreignObject><img xmlns="http://www.w3.org/1999/xhtml" src="x" onerror="pwned()"/></foreignObject>
        <rect width="9" height="9" onclick="pwned()" style="fill: url(https://evil.test/f)"/>
        <animate onbegin="pwned()" attributeName="x" dur="1s"/><image href="https://evil.test/p.png"/></svg>"""
    found, loaded = touched(sanitize_svg(svg).decode())
    assert (found["ran"], found["handlers"], found["schemes"], loaded) == (0, 0, 0, [])
