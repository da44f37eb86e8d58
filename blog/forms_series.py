"""The form in which an author arranges a series: a title, and a number beside each of their posts."""

from typing import Any

from django import forms

from blog.forms import TitleField
from blog.models import Part, Post, Series
from blog.models.series import MOST_PARTS
from mentorship.people.models import User

OFFERED = 200  # posts, the newest


class SeriesForm(forms.Form):
    title = TitleField(max_length=140, error_messages={"required": "Give the series a title."})

    def __init__(self, *args: Any, person: User, series: Series | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = dict(series.parts.values_list("post_id", "position")) if series else {}
        elsewhere = Part.objects.filter(series__author=person).exclude(post_id__in=here)
        posts = Post.objects.filter(author=person).exclude(pk__in=elsewhere.values("post_id"))
        self.offered = list(posts.order_by("-created_at", "-pk").values("pk", "title")[:OFFERED])
        self.offered.sort(key=lambda row: here.get(row["pk"], MOST_PARTS + 1))
        for row in self.offered:
            self.fields[f"place_{row['pk']}"] = forms.IntegerField(
                required=False, min_value=1, max_value=999, label=row["title"], initial=here.get(row["pk"])
            )
        if series:
            self.fields["title"].initial = series.title

    def places(self) -> list[forms.BoundField]:
        return [self[f"place_{row['pk']}"] for row in self.offered]

    def posts(self) -> list[int]:
        """The posts that have a number, by that. Only after `is_valid()`."""
        numbered = [(self.cleaned_data[f"place_{row['pk']}"], row["pk"]) for row in self.offered]
        return [pk for number, pk in sorted((number, pk) for number, pk in numbered if number)]
