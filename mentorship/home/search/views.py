"""`/search/`: what one may see and that has the words."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mentorship.home.search.finding import LABELS, find, kinds_for


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Works without JavaScript; an address of it can be kept."""
    result = find(request.user, request.GET.get("q", ""), request.GET.get("kind", ""))
    kinds = {"": "Everything"} | kinds_for(request.user)
    tabs = [
        {"label": label, "url": f"?{urlencode({'q': result.asked} | ({'kind': key} if key else {}))}",
         "current": key == result.kind}
        for key, label in kinds.items()
    ]  # fmt: skip
    context = {"result": result, "tabs": tabs, "label": LABELS.get(result.kind, "")}
    answer = render(request, "home/search/search.html", context)
    answer["Cache-Control"] = "private, no-store" if request.user.is_authenticated else "private"
    return answer
