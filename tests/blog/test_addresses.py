"""No post takes the address of a page of the blog."""

from django.urls import get_resolver

from blog.text import RESERVED_SLUGS


def test_every_page_below_the_blog_is_reserved():
    (blog,) = [one for one in get_resolver().url_patterns if getattr(one, "namespace", "") == "blog"]
    first = {str(one.pattern).partition("/")[0] for one in blog.url_patterns}

    assert {word for word in first if word and not word.startswith("<")} <= RESERVED_SLUGS
