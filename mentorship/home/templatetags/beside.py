"""What other apps know of an item, on its page: the curriculum itself knows nobody."""

from typing import Any

from django import template

from mentorship.home.beside_item import beside
from streams.models import Item

register = template.Library()


@register.inclusion_tag("home/_beside_item.html", takes_context=True)
def beside_item(context: dict[str, Any], item: Item) -> dict[str, Any]:
    """The reader's own time on `item`, who is there too, questions about it, and a way to say what is wrong with it."""
    found = beside(item, context["user"])
    return {
        "beside": found, "item": item, "next": context["request"].path, "csrf_token": context["csrf_token"],
        "open": item.retired_at is None,
    }  # fmt: skip
