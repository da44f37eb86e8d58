"""The site's addresses and, as in development, the page of all components."""

from django.urls import path

from mentorship import urls
from mentorship.home.look import look

urlpatterns = [*urls.urlpatterns, path("dev/look/", look)]
handler404, handler500 = urls.handler404, urls.handler500
