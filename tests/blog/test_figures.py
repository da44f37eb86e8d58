"""The images of a post: written anew, shown in their own post, served to who may read it."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from blog.models import Figure, Post
from blog.models.figure import MOST
from blog.writing import revise, text_of
from mentorship.common.errors import Refused
from tests.common.rendering.notebooks import huge_png, picture
from tests.factory import make_figure, make_post


@pytest.fixture
def draft(amara):
    return make_post(amara, body="Old text.")


def refusal(**arguments) -> str:
    with pytest.raises(Refused) as refused:
        Figure.objects.store(**arguments)
    return refused.value.code


def test_it_is_written_anew_and_made_narrower(draft, amara):
    figure = Figure.objects.store(post=draft, file=picture(3200, 20), alt=" A\nplot ", by=amara, name="../a plot.png")
    kept = Image.open(figure.file)
    assert (kept.format, kept.size) == ("WEBP", (1600, 10))
    assert (figure.width, figure.height, figure.alt, figure.name) == (1600, 10, "A plot", "a plot.png")
    assert figure.bytes == figure.file.size


@pytest.mark.parametrize("form", ["JPEG", "GIF", "WEBP"])
def test_every_kind_is_taken_by_its_content(draft, amara, form):
    out = BytesIO()
    Image.new("RGB", (4, 2)).save(out, form)
    upload = SimpleUploadedFile("notes.txt", out.getvalue(), "text/plain")
    assert Figure.objects.store(post=draft, file=upload, by=amara).width == 4


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "not_an_image"),
        (b"no image", "not_an_image"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='pwned()'/>", "not_an_image"),
        (picture()[:40], "not_an_image"),
        (huge_png(), "not_an_image"),
        (bytes(20 * 1024**2 + 1), "too_large"),
    ],
)
def test_what_is_no_image_is_refused(draft, amara, raw, code):
    assert refusal(post=draft, file=raw, by=amara) == code
    assert not Figure.objects.exists()


def test_the_same_file_again_is_the_same_figure(draft, amara):
    first, again = (Figure.objects.store(post=draft, file=picture(), by=amara) for _ in range(2))
    assert first == again


def test_only_who_may_revise_adds_one(draft, amara, emre):
    assert refusal(post=draft, file=picture(), by=emre) == "cannot_revise"


def test_a_post_has_sixty_at_most_and_a_person_their_quota(draft, amara, settings):
    settings.UPLOAD_QUOTA_BYTES = 10
    assert refusal(post=draft, file=picture(), by=amara) == "quota"
    Figure.objects.bulk_create(
        Figure(post=draft, number=number, width=1, height=1, bytes=0, digest=str(number), uploaded_by=amara)
        for number in range(1, MOST + 1)
    )
    assert refusal(post=draft, file=picture(), by=amara) == "too_many_figures"


def test_the_text_shows_figures_of_its_own_post_only(draft, amara):
    own, other = make_figure(draft), make_figure(make_post(amara))
    body = f'![A "plot"]({own.address}) ![other]({other.address}) ![far](https://a.test/p.png)'
    revise(draft, by=amara, version=1, text=text_of(draft).__class__("Why", body=body))
    assert draft.body_html.count("<img") == 1
    assert (
        f'<img src="{own.address}" alt="A &quot;plot&quot;" width="4" height="3" loading="lazy" decoding="async">'
        in draft.body_html
    )
    assert "Image: other" in draft.body_html
    assert 'href="https://a.test/p.png"' in draft.body_html


def test_the_preview_shows_them_to_who_works_on_the_post(draft, amara, bela, sign_in):
    sent = {"body": make_figure(draft).markdown, "post": draft.pk}
    assert "<img" in sign_in(amara).post("/blog/preview/", sent).content.decode()
    assert "<img" not in sign_in(bela).post("/blog/preview/", sent).content.decode()


def test_it_is_public_with_its_post(amara, bela, sign_in):
    figure = make_figure(make_post(amara, state="published"))
    answer = sign_in(None).get(figure.address)
    assert answer.getvalue() == b"WEBP"
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/webp", "nosniff")
    assert answer["Cache-Control"].startswith("public")
    assert sign_in(None).get(figure.address, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    Post.objects.update(state="draft")
    assert sign_in(None).get(figure.address).status_code == 404
    assert sign_in(bela).get(figure.address, headers={"If-None-Match": answer["ETag"]}).status_code == 404
    assert sign_in(amara).get(figure.address)["Cache-Control"] == "private, no-cache"


def test_one_that_the_text_shows_stays(draft, amara, django_capture_on_commit_callbacks):
    shown, unused = make_figure(draft), make_figure(draft)
    Post.objects.filter(pk=draft.pk).update(body=shown.markdown)
    with pytest.raises(Refused, match="The text shows this figure"):
        shown.remove(by=amara)
    with django_capture_on_commit_callbacks(execute=True):
        unused.remove(by=amara)
    assert list(Figure.objects.all()) == [shown]
    assert not default_storage.exists(unused.file.name)


def test_a_discarded_draft_takes_its_figures_along(draft, amara, django_capture_on_commit_callbacks):
    name = make_figure(draft).file.name
    with django_capture_on_commit_callbacks(execute=True):
        draft.discard(by=amara)
    assert not default_storage.exists(name)


def test_by_the_api(draft, amara, sign_in):
    client, address = sign_in(amara), f"/api/v1/my-posts/{draft.pk}/figures/"
    made = client.post(address, {"file": SimpleUploadedFile("a.png", picture()), "alt": "A [plot]"})
    assert made.status_code == 201
    assert made.json()["markdown"] == f"![A \\[plot\\]](/blog/figures/{made.json()['key']}.webp)"
    assert [one["name"] for one in client.get(address).json()] == ["a.png"]
    refused = client.post(address, {"file": SimpleUploadedFile("a.svg", b"<svg/>")})
    assert (refused.status_code, list(refused.json())) == (400, ["file"])
    one = f"/api/v1/post-figures/{made.json()['key']}/"
    assert client.patch(one, {"alt": "B"}, content_type="application/json").json()["alt"] == "B"
    assert client.delete(one).status_code == 204
    assert client.get(one).status_code == 404


def test_an_image_without_scripts_keeps_what_was_typed(draft, amara, sign_in):
    typed = {"title": "Typed", "body": "Typed for hours.", "version": 1, "add-figure": 1, "figure_alt": "A plot"}
    client = sign_in(amara)
    refused = client.post(draft.desk_url, typed | {"figure": SimpleUploadedFile("a.svg", b"<svg/>")})
    assert refused.status_code == 422
    for words in ("Typed for hours.", "A plot", "SVG drawings are not shown"):
        assert words in refused.content.decode()
    added = client.post(draft.desk_url, typed | {"figure": SimpleUploadedFile("a.png", picture())})
    assert added.status_code == 200
    assert "Typed for hours." in added.content.decode()
    assert f'value="![A plot]({Figure.objects.get().address})"' in added.content.decode()
    draft.refresh_from_db()
    assert draft.body == "Old text."


def test_an_image_sent_by_itself_is_answered_with_the_list(draft, amara, sign_in):
    client, address, htmx = sign_in(amara), f"/blog/{draft.pk}/figures/", {"HX-Request": "true"}
    answer = client.post(address, {"figure": SimpleUploadedFile("a.png", picture())}, headers=htmx)
    figure = Figure.objects.get()
    assert f'data-new="![]({figure.address})"' in answer.content.decode()
    described = client.post(f"/blog/figures/{figure.key}/describe/", {"alt": "<b>Plot</b>"}, headers=htmx)
    assert "![&lt;b&gt;Plot&lt;/b&gt;]" in described.content.decode()
    Post.objects.update(body=figure.markdown)
    refused = client.post(f"/blog/figures/{figure.key}/remove/", headers=htmx)
    assert refused.status_code == 422
    assert "Take it out of the text first" in refused.content.decode()
    assert client.post(address, headers=htmx).status_code == 422
