"""Drawings keep their shapes and lose everything else."""

import pytest

from mentorship.common.rendering.errors import RenderError
from mentorship.common.rendering.notebook import render_notebook
from mentorship.common.rendering.svg import sanitize_svg
from tests.common.rendering.notebooks import code, notebook, shown

NS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def test_shapes_text_and_paint_are_kept():
    shapes = '<path d="M0 0L9 9" style="fill: none; stroke: #f00"/><text x="1">a &lt; b</text>'
    assert sanitize_svg(f'<svg {NS} viewBox="0 0 9 9">{shapes}</svg>').decode() == (
        '<svg viewBox="0 0 9 9" xmlns="http://www.w3.org/2000/svg"><path fill="none" stroke="#f00" d="M0 0L9 9" />'
        '<text x="1">a &lt; b</text></svg>'
    )


def test_references_inside_the_drawing_are_kept():
    svg = f'<svg {NS}><defs><path id="g" d="M0 0"/></defs><use xlink:href="#g"/><g clip-path="url(#c)"/></svg>'
    clean = sanitize_svg(svg).decode()
    assert '<use href="#g" />' in clean
    assert 'clip-path="url(#c)"' in clean


@pytest.mark.parametrize(
    "inside",
    [
        "<script>pwned()</script>",
        '<g onload="pwned()" onclick="pwned()"/>',
        '<a xlink:href="javascript:pwned()"><text>x</text></a>',
        '<image xlink:href="https://evil.test/p.png"/>',
        '<use xlink:href="https://evil.test/x.svg#a"/>',
        '<use href="data:image/svg+xml,pwned"/>',
        '<foreignObject><div xmlns="http://www.w3.org/1999/xhtml">pwned</div></foreignObject>',
        "<style>@import 'https://evil.test/x.css';</style>",
        '<g style="fill: url(https://evil.test/f)"/>',
        '<g fill="url(https://evil.test/f)"/>',
        '<g fill="u\\72l(https://evil.test/f)"/>',
        '<animate attributeName="href" values="javascript:pwned()"/>',
        '<set attributeName="onmouseover" to="pwned()"/>',
        '<h:script xmlns:h="http://www.w3.org/1999/xhtml">pwned()</h:script>',
        '<g data-x="pwned" class="pwned" hx-get="https://evil.test/"/>',
        "<?xml-stylesheet href='https://evil.test/x.css'?>",
        "<!-- pwned -->",
        '<text style="font-family: expression(pwned())">x</text>',
    ],
)
def test_everything_else_is_dropped(inside):
    clean = sanitize_svg(f"<svg {NS}>{inside}<rect/></svg>").decode()
    assert "pwned" not in clean
    assert "evil" not in clean
    assert clean.endswith("<rect /></svg>")


@pytest.mark.parametrize(
    "svg",
    [
        "no xml",
        "<html/>",
        "<svg>",
        '<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>',
        "<svg>" + "<g>" * 100 + "</g>" * 100 + "</svg>",
        "<svg>" + "<g/>" * 60_000 + "</svg>",
        "<svg>" + "x" * 4_000_001 + "</svg>",
    ],
)
def test_what_is_no_drawing_or_too_much_is_refused(svg):
    with pytest.raises(RenderError):
        sanitize_svg(svg)


def test_what_is_used_may_not_use():
    levels = "".join(f'<g id="a{n + 1}"><use href="#a{n}"/><use href="#a{n}"/></g>' for n in range(30))
    assert "id=" not in sanitize_svg(f'<svg {NS}>{levels}<use href="#a30"/></svg>').decode()


def test_a_drawing_in_a_notebook_becomes_a_file():
    found = render_notebook(notebook(code("x", shown(image_svg_xml=f"<svg {NS}><script>pwned()</script></svg>"))))
    assert [(image.content_type, image.name[-4:]) for image in found.images] == [("image/svg+xml", ".svg")]
    assert b"pwned" not in found.images[0].data
