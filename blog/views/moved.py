"""Addresses at which a post stood and stands no more: they lead on, or say in words that it was taken off."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from blog.models import Post
from blog.models.address import once_at


def answer(request: HttpRequest, slug: str, ending: str = "") -> HttpResponse | None:
    """301 for an address that a published post has left, 410 for a post that was taken off, else None.

    `ending` is what follows the address of the post.
    """
    found = once_at(slug)
    if found is None:
        return None
    if found.state != Post.State.PUBLISHED:
        return render(request, "blog/gone.html", status=410)
    if found.slug == slug:
        return None
    return HttpResponsePermanentRedirect(found.get_absolute_url() + ending)
