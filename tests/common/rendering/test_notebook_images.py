"""Images in notebooks: decoded, written anew, or named and left out."""

import json
from io import BytesIO

import pytest
from nbformat.v4 import new_markdown_cell
from PIL import Image

from mentorship.common.rendering.errors import RenderError
from mentorship.common.rendering.images import WIDEST, check_image, written_anew
from mentorship.common.rendering.notebook import render_notebook
from tests.common.rendering.inert import faults
from tests.common.rendering.notebooks import code, encoded, huge_png, notebook, picture, shown

OMITTED = '<p class="nb-placeholder">An image stood here that could not be rendered.</p>'


def images_of(*outputs) -> list:
    found = render_notebook(notebook(code("x", *outputs)))
    assert faults(found.html) == []
    return found.images


def test_a_picture_is_kept_under_a_name_made_from_its_pixels():
    (image,) = images_of(shown(image_png=encoded(picture())), shown(image_png=encoded(picture() + b"trailing")))
    assert image.content_type == "image/png"
    assert image.name.endswith(".png")
    assert b"trailing" not in image.data


def test_metadata_is_gone():
    exif = Image.Exif()
    exif[0x010E] = "<script>pwned()</script>"
    (image,) = images_of(shown(image_jpeg=encoded(picture(form="JPEG", exif=exif))))
    assert image.content_type == "image/jpeg"
    assert b"pwned" not in image.data


def test_a_wide_picture_is_made_narrower():
    kind, data = written_anew(picture(WIDEST * 2, 10), "image/png")
    assert (kind, Image.open(BytesIO(data)).size) == ("image/png", (WIDEST, 5))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK"])
def test_every_kind_of_pixel_is_read(mode):
    out = BytesIO()
    form = "JPEG" if mode == "CMYK" else "PNG"
    Image.new(mode, (3, 2)).save(out, form)
    written_anew(out.getvalue(), f"image/{form.lower()}")


@pytest.mark.parametrize(
    "data", [encoded(huge_png()), encoded(b"<svg onload=pwned()>"), "!!!", "", encoded(picture()[:40]), ["a", 1]]
)
def test_what_is_no_image_is_left_out(data):
    found = render_notebook(notebook(code("x", shown(image_png="x"))).replace(b'"x"', json.dumps(data).encode()))
    assert found.images == []


def test_a_bomb_is_refused_before_it_is_decoded():
    with pytest.raises(RenderError, match="megapixels"):
        check_image(huge_png(), "image/png")
    found = render_notebook(notebook(code("x", shown(image_png=encoded(huge_png())))))
    assert OMITTED in found.html


def test_forty_megapixels_fit_into_the_memory_there_is():
    (image,) = images_of(shown(image_png=encoded(picture(8000, 5000, compress_level=1))))
    assert Image.open(BytesIO(image.data)).size == (WIDEST, 1000)


@pytest.mark.parametrize(
    "html",
    [
        '<img src="data:image/png;base64,{}" alt="p">',
        "<IMG alt=p src='data:image/png;base64,{}' onerror=pwned()>",
        '<a href="https://a.test"><img src="data:image/png;base64,{}" alt="p"></a>',
    ],
)
def test_an_image_within_html_is_kept_as_ours(html):
    found = render_notebook(notebook(code("x", shown(text_html=html.format(encoded(picture()))))))
    assert faults(found.html) == []
    assert (
        '<img class="nb-image" src="nb-image:0" alt="p" width="4" height="3" loading="lazy" decoding="async">'
        in found.html
    )


def test_an_image_from_elsewhere_is_a_link():
    found = render_notebook(notebook('<img src="https://evil.test/p.png" alt="plot">'))
    assert faults(found.html) == []
    assert 'href="https://evil.test/p.png"' in found.html
    assert found.images == []


def test_names_of_attachments_are_only_keys():
    cell = new_markdown_cell('![x](attachment:../../"onerror=pwned().png) ![y](attachment:y) ![z](attachment:none)')
    cell["attachments"] = {'../../"onerror=pwned().png': {"image/png": encoded(picture())}, "y": {}}
    found = render_notebook(notebook(cell).replace(b'"y": {}', b'"y": "no bundle"'))
    assert faults(found.html) == []
    assert all("onerror" not in image.name for image in found.images)
