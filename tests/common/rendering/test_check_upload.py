"""Uploads are what they are called, or refused with one sentence that names the file."""

from io import BytesIO

import pytest

from mentorship.common.rendering.errors import FileRefused
from mentorship.common.rendering.files import check_upload, safe_name
from tests.common.rendering.notebooks import huge_png, notebook, picture

PDF = b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n"


@pytest.mark.parametrize(
    ("name", "data", "content_type"),
    [
        ("a.ipynb", notebook("# x"), "application/x-ipynb+json"),
        ("a.PDF", PDF, "application/pdf"),
        ("a.png", picture(), "image/png"),
        ("a.jpg", picture(form="JPEG"), "image/jpeg"),
        ("a.jpeg", picture(form="JPEG"), "image/jpeg"),
        ("a.csv", b"\xef\xbb\xbfa,b\r\n1,\xc3\xa9\r\n", "text/csv"),
        ("a.csv", b"a,b\n1,\xe9\n", "text/csv"),
    ],
)
def test_a_file_that_is_what_it_is_called_is_taken(name, data, content_type):
    assert check_upload(name, data) == content_type
    file = BytesIO(data)
    assert check_upload(name, file) == content_type
    assert file.tell() == 0


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.exe", b"MZ", "a.exe: Only notebooks"),
        ("a", b"x", "a: Only notebooks"),
        ("a.svg", b"<svg/>", "a.svg: Only notebooks"),
        ("a.png.html", b"<script>", "a.png.html: Only notebooks"),
        ("a.png", b"", "a.png is empty."),
        ("a.png", picture(form="JPEG"), "a.png is not a PNG image."),
        ("a.png", b"<script>pwned()</script>", "a.png is not a PNG image."),
        ("a.png", picture()[:45], "a.png: The image cannot be read."),
        ("a.png", huge_png(), "a.png: The image has more than 40 megapixels."),
        ("a.jpg", picture(), "a.jpg is not a JPEG image."),
        ("a.jpg", b"\xff\xd8\xff" + b"x" * 100, "a.jpg: The image cannot be read."),
        ("a.pdf", b"<html>%PDF-1.7 %%EOF", "a.pdf is not a whole PDF document."),
        ("a.pdf", b"%PDF-1.7\n", "a.pdf is not a whole PDF document."),
        ("a.csv", b"a,b\n1,\0\n", "a.csv is not a text file"),
        ("a.csv", b"PK\x03\x04\x81\x8d", "a.csv is not a text file"),
        ("a.ipynb", b"{}", "a.ipynb: This file is not a Jupyter notebook."),
        ("a.csv", b"x" * 20_000_001, "a.csv is larger than 20 MB."),
    ],
)
def test_any_other_is_refused(name, data, sentence):
    with pytest.raises(FileRefused) as refusal:
        check_upload(name, BytesIO(data))
    assert refusal.value.message.startswith(sentence)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\plot.png", "plot.png"),
        ("evil\u202egnp.exe", "evilgnp.exe"),
        ("a\r\nSet-Cookie: x.csv", "aSet-Cookie_ x.csv"),
        ('a"<b>.csv', "a__b_.csv"),
        ("  résumé  final.pdf ", "résumé final.pdf"),
        ("...", "file"),
        ("", "file"),
        ("\ud800.csv", "csv"),
        ("x" * 300 + ".ipynb", "x" * 94 + ".ipynb"),
    ],
)
def test_names_are_made_fit_to_be_shown(name, shown):
    assert safe_name(name) == shown
