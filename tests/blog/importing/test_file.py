"""A post from a Markdown or Jekyll file: what its front matter says, what is refused, and its images."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from blog.importing import jekyll, pictures
from blog.importing.jekyll_file import File
from blog.models import Post
from mentorship.common.errors import Refused
from mentorship.common.rendering.errors import RenderError
from tests.factory import make_post

HEAD = """---
layout: article
title: "What: a title"
categories: data_science
tags: [k-means, Clustering Methods]
canonical_url: https://jo.example/what/
author: Amara Okafor
image:
  teaser: nnet/one.jpg
---
"""


def png(colour="red"):
    out = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(out, "PNG")
    return out.getvalue()


def found(raw, name="2016-11-29-what-it-is.md"):
    """What the killable process says."""
    return File(name, "", ["Amara Okafor"]).read(raw)


def test_front_matter_goes_into_our_fields(amara):
    text = jekyll.read((HEAD + "See [this](/other/).").encode(), "2016-11-29-what-it-is.md", by=amara).text
    assert (text.title, text.category, text.tags) == (
        "What: a title",
        "data_science",
        ("k-means", "clustering-methods"),
    )
    assert (text.canonical_url, text.slug) == ("https://jo.example/what/", "what-it-is")
    assert text.front_matter == {"layout": "article", "image": {"teaser": "nnet/one.jpg"}, "date": "2016-11-29"}
    assert text.body == "See [this](https://jo.example/other/).\n"


@pytest.mark.parametrize(
    ("raw", "title", "body"),
    [
        (b"# Head\n\nText", "Head", "Text\n"),
        (b"Text", "What it is", "Text\n"),
        (b"---\ntitle: Alone\n---\n", "Alone", "\n"),
        (b"\xef\xbb\xbf---\r\ntitle: Windows\r\n---\r\nA\r\nB\r\n", "Windows", "A\nB\n"),
        ("---\ntitle: Größe\n---\nÜber".encode("latin-1"), "Größe", "Über\n"),
        ("---\ntitle: Größe\n---\nÜber".encode("utf-16"), "Größe", "Über\n"),
        (b"--- \ntitle: 2016-99-99\n...\nText", "2016-99-99", "Text\n"),
    ],
)
def test_files_as_editors_write_them(raw, title, body):
    text = found(raw)
    assert (text["title"], text["body"]) == (title, body)


def test_a_doubtful_encoding_is_said():
    assert "not in UTF-8 (line 2)" in found(b"a\n\xfcber")["notes"][0]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"---\ntitle: a: b\n---\n", "line 2"),
        (b"---\na: &x [1]\nb: *x\n---\n", "line 3: aliases"),
        (b"---\na: !!python/object/apply:os.system [ls]\n---\n", "line 2: only plain values"),
        (b"---\n- a\n---\n", "line 2"),
        (b"---\na: " + b"[" * 5000 + b"\n---\n", "nests too deeply"),
        (b"---\na: " + b"x" * 30_000 + b"\n---\n", "longer than 20,000"),
        (b"---\na: [" + b"1," * 400 + b"]\n---\n", "larger than any post"),
        (b"a\0b", "no text file"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line(raw, reason):
    with pytest.raises(RenderError, match=reason):
        found(raw)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"---\ntitle: a: b\n---\n", "line 2"),
        (b"PK\x03\x04zip", "is a zip archive"),
        (b"%PDF-1.4", "is a PDF"),
        (b"  \n", "is empty"),
        (b"x" * 5_000_000, "has 5.0 MB"),
        (b"x" * 300_000, "longer than 200 KB"),
    ],
)
def test_what_is_no_such_file_is_refused_in_words(amara, raw, reason):
    with pytest.raises(Refused, match=reason) as refusal:
        jekyll.read(raw, "a.md", by=amara)
    assert refusal.value.code == "file"


@pytest.mark.parametrize("name", ["one.jpg", "nnet/one.jpg", "images/nnet/One.JPG", "C:\\blog\\images\\nnet\\one.jpg"])
def test_an_image_is_known_by_the_end_of_its_path(name):
    wanted = pictures.named_in("![a](/images/nnet/one.jpg) ![b](/images/two.jpg)")
    assert pictures.matched(wanted, [name]) == ({"/images/nnet/one.jpg": 0}, [])


def test_what_could_be_two_images_is_neither():
    wanted = pictures.named_in("![a](/a/one.jpg) ![b](/b/one.jpg)")
    places, unclear = pictures.matched(wanted, ["one.jpg", "b/one.jpg", "three.jpg"])
    assert places == {"/b/one.jpg": 1}
    assert "could be" in unclear[0]
    assert "three.jpg is no image of this text" in unclear[1]


def test_images_in_code_are_code():
    assert pictures.named_in("```\n![a](b.png)\n```\n") == []


def chosen(*files):
    return {"chosen": [SimpleUploadedFile(name, raw) for name, raw in files]}


def test_a_file_with_one_of_its_images(sign_in, amara):
    client = sign_in(amara)
    text = b"![First](/images/one.png)\n\n![Second](/images/two.png)\n"
    answer = client.post("/blog/import/file/", chosen(("a.md", text), ("one.png", png())))
    post = Post.objects.get()
    assert answer.url == f"/blog/{post.pk}/images/"
    figure = post.figures.get()
    assert (post.origin, figure.alt) == ("file", "First")
    assert post.body == f"![First]({figure.address})\n\n![Second](/images/two.png)\n"
    page = client.get(answer.url).content.decode()
    assert "/images/two.png" in page
    added = client.post(answer.url, {"image-0": SimpleUploadedFile("other-name.png", png("blue"))})
    assert added.url == post.desk_url
    post.refresh_from_db()
    assert "/images/two.png" not in post.body
    assert post.body_html.count("<img") == 2


def test_a_broken_image_is_said_and_the_post_is_there(sign_in, amara):
    answer = sign_in(amara).post(
        "/blog/import/file/", chosen(("a.md", b"![First](one.png)"), ("one.png", b"none")), follow=True
    )
    assert "one.png: " in answer.content.decode()
    assert Post.objects.get().figures.count() == 0


def test_the_same_file_twice_is_one_post(sign_in, amara):
    client = sign_in(amara)
    for _ in range(2):
        answer = client.post("/blog/import/file/", chosen(("a.md", b"Text")), follow=True)
    assert "imported this file before" in answer.content.decode()
    assert Post.objects.count() == 1


def test_an_address_that_is_taken_is_no_obstacle(amara, bela):
    make_post(bela, slug="what-it-is")
    done = jekyll.begin(by=amara, raw=b"Text", name="2016-11-29-what-it-is.md")
    assert done.post.slug == "what-it-is-2"


@pytest.mark.parametrize(
    "files", [(), (("a.zip", b"PK\x03\x04"),), (("a.png", b"\x89PNG"),), (("a.md", b"a"), ("b.md", b"b"))]
)
def test_without_a_markdown_file_the_form_says_so(sign_in, amara, files):
    answer = sign_in(amara).post("/blog/import/file/", chosen(*files) | {"site": "https://jo.example"})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()
    assert "https://jo.example" in answer.content.decode()


def test_by_the_api(sign_in, amara):
    client = sign_in(amara)
    answer = client.post("/api/v1/post-files/", chosen(("a.md", b"![First](one.png)")))
    said = answer.json()
    assert (answer.status_code, said["missing"]) == (201, [{"source": "one.png", "alt": "First"}])
    address = f"/api/v1/post-files/{said['post']['id']}/images/"
    assert client.get(address).json() == said["missing"]
    added = client.post(address, {"files": [SimpleUploadedFile("one.png", png())]})
    assert (added.status_code, added.json()["missing"]) == (200, [])
    refused = client.post("/api/v1/post-files/", chosen(("a.md", b"PK\x03\x04")))
    assert (refused.status_code, list(refused.json())) == (400, ["chosen"])
