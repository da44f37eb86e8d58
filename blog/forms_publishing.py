"""What an editor fills in about a post that is ready or published: its moment, and its address."""

from typing import Any

from django import forms

from blog.models import Post
from blog.models.post import SLUG
from mentorship.cohorts.forms_group_inside import LocalTime
from mentorship.people.models import User


class WhenForm(LocalTime):
    """When a post publishes itself, on the clocks of who sets it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **({"auto_id": "when-%s"} | kwargs))
        for name in ("day", "clock"):
            self.fields[name].required = True


class MoveForm(forms.Form):
    slug = forms.RegexField(
        SLUG,
        max_length=80,
        label="New address",
        error_messages={"invalid": "Use lower-case letters, digits and single hyphens."},
        help_text="The last part of the link. The old address leads to the new one for ever.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **({"auto_id": "move-%s"} | kwargs))


def forms_of(person: User, post: Post, verbs: frozenset[str]) -> dict[str, Any]:
    """The forms that the desk shows to who may send them; None for others."""
    return {
        "when": WhenForm(zone=person.zone, moment=post.scheduled_for) if "schedule" in verbs else None,
        "move": MoveForm(initial={"slug": post.slug}) if "move" in verbs else None,
    }
