"""What lists and search know of published posts. Triggers write these rows (see the migration); nobody else does."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class Tagged(models.Model):
    """One tag of a published post: a page of a tag reads its newest rows, however many there are."""

    post = models.ForeignKey("blog.Post", models.CASCADE, related_name="+")
    tag = models.CharField(max_length=40)
    published_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["tag", "-published_at", "-post"], name="tagged_newest")]
        constraints = [models.UniqueConstraint("post", "tag", name="tagged_once")]

    def __str__(self) -> str:
        return self.tag


class Searchable(models.Model):
    """The words of a published post, as PostgreSQL looks them up."""

    post = models.OneToOneField("blog.Post", models.CASCADE, primary_key=True, related_name="+")
    words = SearchVectorField()
    published_at = models.DateTimeField()

    class Meta:
        indexes = [GinIndex(fields=["words"], name="searchable_words")]

    def __str__(self) -> str:
        return f"words of {self.post_id}"
