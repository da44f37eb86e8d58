from django.urls import path, register_converter
from django.urls.converters import StringConverter

from streams import views


class ItemKeyConverter(StringConverter):
    """The keys that the curriculum allows: lower-case words, hyphens and dots."""

    regex = r"[a-z0-9][a-z0-9.-]{0,119}"


register_converter(ItemKeyConverter, "item_key")

app_name = "streams"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:slug>/", views.stream, name="stream"),
    path("<slug:slug>/items/<item_key:key>/", views.item, name="item"),
    path("<slug:slug>/items/<item_key:key>/mark/", views.mark, name="mark"),
]
