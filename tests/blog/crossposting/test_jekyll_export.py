"""A post as files of a Jekyll blog: read back as Jekyll would."""

from datetime import UTC, datetime

import pytest
import yaml

from blog.crossposting.destination import Trouble
from blog.crossposting.jekyll_export import Picture, Source, address_of, check_path, export
from blog.crossposting.permalink import permalink
from tests.blog.crossposting.reader import read

FIGURE = Picture("/blog/figures/1.webp", "0" * 32 + ".webp", b"RIFF")


def source(**fields):
    said = {
        "title": "Why", "slug": "why", "body": "Text.", "authors": ["Amara Okafor"], "category": "data_science",
        "canonical_url": "https://m.example/blog/why/", "published_at": datetime(2026, 3, 1, 23, tzinfo=UTC),
    }  # fmt: skip
    return Source(**said | fields)


def exported(**fields):
    return export(source(**fields), base="https://m.example")


def test_a_file_named_by_date_and_address_with_the_front_matter_of_the_target():
    (file,) = exported()
    assert file.path == "_posts/2026-03-01-why.md"
    front, body = read(file.text)
    assert front == {
        "layout": "article", "title": "Why", "categories": "data_science", "author": "Amara Okafor",
        "canonical_url": "https://m.example/blog/why/", "comments": True,
    }  # fmt: skip
    assert body == "\nText.\n"


@pytest.mark.parametrize("title", [":symbol", "1e3", "12:30"])
def test_ruby_reads_no_symbol_and_no_number(title):
    assert f"title: '{title}'\n" in exported(title=title)[0].text


@pytest.mark.parametrize(
    "title",
    ["a: b", ":s", "---", "- x", "'", '"', "!!python/object:os.system", "#x", "yes", "12:30", "{a: b}", "&a *b", "%x",
     "Ä\u2028b", "a\\nb", "<script>alert(1)</script>", "{{ site }} {% x %}", "1e3", "null", "@x", "`x`", "x" * 140],
)  # fmt: skip
def test_no_title_breaks_yaml_html_or_liquid(title):
    text = exported(title=title, authors=[title])[0].text
    front, body = read(text)
    assert front["title"] == front["author"]
    assert isinstance(front["title"], str)
    assert not {"<", ">", '"'} & set(front["title"])
    assert "{{" not in front["title"]
    assert "{%" not in front["title"]
    assert list(front)[:2] == ["layout", "title"]
    assert body == "\nText.\n"


def test_keys_of_an_imported_post_are_kept_unless_they_move_or_run_something():
    kept = {"layout": "article", "image": {"teaser": "nnet/a.jpg"}, "toc": True, "permalink": "/x/", "date": "2016",
            "title": "Old", "published": False, "bad key\n": 1, "comments": False,
            "words": ["<b>", {"a": "{{ x }}"}]}  # fmt: skip
    front, _ = read(exported(front_matter=kept)[0].text)
    assert (front["image"], front["toc"], front["comments"]) == ({"teaser": "nnet/a.jpg"}, True, False)
    assert front["title"] == "Why"
    assert front["words"] == ["&lt;b&gt;", {"a": "&#123;&#123; x }}"}]
    assert not {"permalink", "date", "published", "bad key\n"} & set(front)


def test_images_lie_in_one_folder_and_the_text_shows_them_there():
    body = "![A](/blog/figures/1.webp)"
    post, image = exported(body=body, pictures=[FIGURE, Picture("/blog/figures/2.webp", "1" * 32 + ".webp", b"x")])
    assert (image.path, image.content) == (f"images/why/{FIGURE.name}", b"RIFF")
    front, text = read(post.text)
    assert front["image"] == {"teaser": f"why/{FIGURE.name}"}
    assert f"![A](/images/why/{FIGURE.name})" in text


@pytest.mark.parametrize(
    "path", ["_config.yml", "_posts/../x.md", "/etc/passwd", "images/other/a.webp", "_posts/2026-03-01-other.md",
             "images/why/../../x.webp", "images/why/A.webp", "images/why/.git", "_posts/2026-03-01-why.md\n"],
)  # fmt: skip
def test_other_paths_are_refused(path):
    with pytest.raises(Trouble):
        check_path(path, "why")


@pytest.mark.parametrize(
    ("path", "front", "style", "address"),
    [
        ("_posts/2017-06-26-a_b.md", {"categories": "data_science"}, "/:categories/:title/", "/data_science/a_b/"),
        ("_posts/2017-06-26-a.md", {"categories": "Data Science"}, "/:categories/:title/", "/data/science/a/"),
        ("_posts/2017-06-26-a.md", {"category": "Data Science"}, "/:categories/:title/", "/data science/a/"),
        ("x/_posts/2017-06-26-a.md", {"categories": ["x", "y"]}, "/:categories/:title/", "/x/y/a/"),
        ("_posts/2017-06-26-a b!.md", {}, "/:categories/:title/", "/a-b!/"),
        ("_posts/2017-06-26-a.md", {"slug": "B"}, "pretty", "/2017/06/26/B/"),
        ("_posts/2017-06-26-a.md", {"permalink": "/own/"}, "date", "/own/"),
        ("_posts/2017-06-26-a.md", {"categories": "x"}, "date", "/x/2017/06/26/a.html"),
        ("_posts/2017-06-26-a.md", {"published": False}, "date", ""),
        ("_posts/draft.md", {}, "date", ""),
    ],
)  # fmt: skip
def test_the_address_by_jekylls_rules(path, front, style, address):
    assert permalink(path, front, style) == address


def test_the_address_of_an_export():
    assert address_of(source(), "/:categories/:title/") == "/data_science/why/"
    assert address_of(source(category=""), "/:categories/:title/") == "/why/"
    assert yaml.safe_load(exported(category="")[0].text.split("---")[1])["categories"] == []
