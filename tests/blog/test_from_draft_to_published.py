"""The whole way of one post, as its author and its editor go it through the pages."""

from blog.models import Post


def test_a_post_is_begun_written_edited_and_published(sign_in, amara, emre, cohort):
    author, editor, visitor = sign_in(amara), sign_in(emre), sign_in()
    desk = author.post("/blog/new/", {"title": "Why k-means?"}).url
    saved = author.post(desk, {"title": "Why k-means stops", "body": "Because $x^2$ shrinks.", "version": 1})
    assert saved.status_code == 302
    post = Post.objects.get()
    assert (post.slug, post.version, post.words) == ("why-k-means-stops", 2, 3)

    author.post(f"/blog/{post.pk}/ask-for-editing/")
    assert "Why k-means stops" in editor.get("/blog/editing/").content.decode()
    editor.post(f"/blog/{post.pk}/take/")
    editor.post(f"/blog/{post.pk}/comment/", {"text": "Say why it *must* stop."})
    assert "<em>must</em>" in author.get(desk).content.decode()
    assert visitor.get("/blog/why-k-means-stops/").status_code == 404
    editor.post(f"/blog/{post.pk}/publish/")

    page = visitor.get("/blog/why-k-means-stops/")
    assert page.status_code == 200
    assert "<math" in page.content.decode()
    assert "Why k-means stops" in visitor.get("/blog/").content.decode()
    assert "Why k-means stops" in visitor.get("/blog/by/amara-okafor/").content.decode()
