"""The site's addresses, and one that fails."""

from django.urls import path

from mentorship.urls import handler404, handler500  # noqa: F401
from mentorship.urls import urlpatterns as ours


def fault(request):
    raise RuntimeError("on purpose")


urlpatterns = [path("fault/", fault), *ours]
