"""The figures of posts: where they are shown from."""

import uuid

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from blog.models import Figure

ALONE = "default-src 'none'; sandbox"
# For a month: what is public stays what it is under its address, but a post may be unpublished.
PUBLIC = "public, max-age=2592000"


@require_safe
def figure(request: HttpRequest, key: uuid.UUID) -> HttpResponseBase:
    """One image: for everyone once its post is published, before that for those whose desk it is."""
    found = Figure.objects.public().filter(key=key).first()
    public = found is not None
    if found is None:
        if not request.user.is_authenticated:
            raise Http404
        found = get_object_or_404(Figure.objects.in_hands_of(request.user), key=key)
    etag = f'"{found.key.hex}"'
    answer: HttpResponseBase | None = get_conditional_response(request, etag=etag)  # its pixels never change
    if answer is None:
        try:
            answer = FileResponse(found.file.open("rb"), content_type="image/webp")
        except FileNotFoundError as error:
            raise Http404 from error
    answer["ETag"] = etag
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = ALONE
    answer["Cache-Control"] = PUBLIC if public else "private, no-cache"
    if public:  # whoever reads the feed elsewhere sees it too
        answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer
