"""The pages of streams. What they show is prepared in pages.py; what they change is `Item.mark`."""

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q, QuerySet, Sum
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from mentorship.common.redirects import safe_next
from mentorship.people.requests import Request
from streams import pages
from streams.marking import mark_at
from streams.models import Item, Stream
from streams.outline import Outline
from streams.progress import progress_by_stream


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    counted = Q(items__counts=True, items__retired_at=None)
    streams = list(
        Stream.objects.published().annotate(
            required=Count("items", filter=counted),
            projects=Count("items", filter=counted & Q(items__kind=Item.Kind.PROJECT)),
            hours=Sum("items__hours", filter=counted),
        )
    )
    progress = progress_by_stream(request.user, streams) if request.user.is_authenticated else {}
    return render(request, "streams/index.html", {"cards": pages.card_context(streams, progress)})


@require_safe
def stream(request: HttpRequest, slug: str) -> HttpResponse:
    outline = Outline.find(slug, request.user)
    if outline is None or outline.stream.retired_at:
        raise Http404
    return render(request, "streams/stream.html", pages.stream_context(outline, request.user.is_authenticated))


@require_safe
def item(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    found = get_object_or_404(_items(request), stream__key=slug, key=key)
    outline = Outline.read(found.stream, request.user)
    context = pages.item_context(found, outline, outline.line(found.pk), request.user.is_authenticated)
    return render(request, "streams/item.html", context)


@login_required
@require_POST
def mark(request: Request, slug: str, key: str) -> HttpResponse:
    """Mark an item. A row's tick is answered with the row and what follows from it, anything else by a redirect."""
    state = request.POST.get("state", "")
    marked = mark_at(slug, key, by=request.user, state=state, whole=bool(request.htmx))
    if marked is None:  # not in the curriculum: one that has left it says so to who worked on it
        found = get_object_or_404(_items(request), stream__key=slug, key=key)
        found.mark(by=request.user, state=state)
        return HttpResponseRedirect(safe_next(request, found.stream.get_absolute_url()))
    outline, line = marked
    if request.htmx and request.htmx.target == f"item-{line.pk}":
        return render(request, "streams/_marked.html", pages.marked_context(outline, line))
    return HttpResponseRedirect(safe_next(request, f"{outline.stream.get_absolute_url()}#item-{line.pk}"))


def _items(request: HttpRequest) -> QuerySet[Item]:
    return Item.objects.visible_to(request.user).select_related("stream")
