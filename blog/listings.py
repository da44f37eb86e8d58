"""Published posts as lists show them: all, of a category, with a tag, of an author. Each is a page and a feed."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse

from blog.models import Post, Tagged
from blog.models.scopes import PostQuerySet
from blog.rows import LISTED
from mentorship.people.models import User

NEWEST = ("-published_at", "-id")


@dataclass(frozen=True)
class Listing:
    """`ids`: the keys of its posts, newest first. Places are counted in the index that gives them; only then are the
    posts of one page read: a page far back costs the way through the index, not through the texts.
    """

    title: str
    about: str
    address: str
    ids: QuerySet[Any]

    @property
    def feed(self) -> str:
        return f"{self.address}feed/"

    def __getitem__(self, part: slice) -> list[dict[str, Any]]:
        return list(self.posts(part).with_co_writers().values(*LISTED))

    def posts(self, part: slice) -> PostQuerySet:
        return Post.objects.filter(pk__in=self.ids[part]).order_by(*NEWEST)


def everything() -> Listing:
    about = "What the people of the program learned, written down for the next ones."
    return Listing("the blog", about, reverse("blog:index"), _keys())


def in_category(category: str) -> Listing:
    name = category.replace("_", " ")
    return Listing(name, f"Posts about {name}.", reverse("blog:category", args=[category]), _keys(category=category))


def tagged(tag: str) -> Listing:
    rows = Tagged.objects.filter(tag=tag).order_by("-published_at", "-post_id").values(pk=F("post_id"))
    return Listing(f"#{tag}", f"Posts with the tag {tag}.", reverse("blog:tag", args=[tag]), rows)


def by_author(person: User) -> Listing:
    address = reverse("blog:author", args=[person.handle])
    return Listing(
        f"Posts by {person.name}", f"Posts by {person.name}.", address, _keys(Post.objects.of_writer(person))
    )


def _keys(posts: PostQuerySet | None = None, **which: Any) -> QuerySet[Any]:
    return (Post.objects.all() if posts is None else posts).published().filter(**which).order_by(*NEWEST).values("pk")
