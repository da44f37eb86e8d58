"""The picture beside a shared link of a post."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from blog.card import card_of
from blog.posts import read_published
from blog.views import moved
from mentorship.common.card import answered


@require_safe
def card(request: HttpRequest, slug: str) -> HttpResponse:
    """The social card of a published post."""
    found = read_published(slug)
    if found is not None:
        return answered(request, card_of(found), public=True)
    stood = moved.answer(request, slug, "card.png")
    if stood is None:
        raise Http404
    return stood
