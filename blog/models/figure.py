"""The images of a post: written anew when they come, shown by the text of their own post only."""

import hashlib
import uuid
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import Q, Sum
from django.urls import reverse

from blog.text import clean_line
from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.common.rendering.errors import RenderError
from mentorship.common.rendering.files import safe_name
from mentorship.common.rendering.images import Picture, for_the_web
from mentorship.people import quota
from mentorship.people.events import record
from mentorship.people.models import User

if TYPE_CHECKING:
    from blog.models.post import Post

MOST = 60
LONGEST_ALT = 500
FULL = f"A post has {MOST} figures at most. Remove one that the text does not show."


def stored_name(instance: "Figure", filename: str) -> str:
    """A name of ours: nothing of what the person typed reaches the store."""
    return f"figures/{instance.key.hex}.webp"


class Figures(models.QuerySet["Figure"]):
    def public(self) -> "Figures":
        return self.filter(post__state="published")

    def in_hands_of(self, person: Any) -> "Figures":
        """Figures of posts whose desk `person` may open."""
        from blog.models.post import Post

        return self.filter(post__in=Post.objects.in_hands_of(person))

    def store(
        self, *, post: "Post", file: File | bytes, alt: str = "", by: User, name: str = "", at: datetime | None = None
    ) -> "Figure":
        """Write an image anew (WebP, 1,600 pixels wide at most) and keep it with `post`.

        The same file again gives the figure it became first. Refused in words (codes not_an_image, too_large,
        too_many_figures, quota, alt_too_long, cannot_revise). `name`: what the file was called, only ever shown.
        """
        raw, shown_name = _read(file), safe_name(name or getattr(file, "name", "") or "image")
        alt, digest = clean_alt(alt), hashlib.sha256(raw).hexdigest()
        post.check_may("revise", by)  # before the work; and again once the row is locked
        picture = None if self.filter(post=post, digest=digest).exists() else _picture(raw)
        with transaction.atomic():
            post.lock_for("revise", by)
            known = self.filter(post=post, digest=digest).first()
            if known is not None:
                return known
            taken = set(self.filter(post=post).values_list("number", flat=True))
            number = next((one for one in range(1, MOST + 1) if one not in taken), None)
            if number is None:
                raise Refused(FULL, code="too_many_figures")
            picture = picture or _picture(raw)
            quota.check(by, len(picture.data))
            figure = Figure(
                post=post, number=number, alt=alt, name=shown_name, width=picture.width, height=picture.height,
                bytes=len(picture.data), digest=digest, uploaded_by=by, created_at=at or clock.now(),
            )  # fmt: skip
            figure.file.save("", ContentFile(picture.data), save=False)
            try:
                with transaction.atomic():
                    figure.save()
                    record(actor=by, verb="added_figure", subject=post, detail={"figure": str(figure.key)}, at=at)
            except BaseException:
                default_storage.delete(str(figure.file.name))
                raise
            return figure

    def forget(self) -> None:
        """Delete them, and their files once that is certain."""
        names = list(self.values_list("file", flat=True))
        self.delete()
        for name in names:
            transaction.on_commit(partial(default_storage.delete, name), robust=True)


class Figure(models.Model):
    """One image of a post. Its pixels never change; another image is another figure."""

    post = models.ForeignKey("blog.Post", models.CASCADE, related_name="figures")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.PositiveSmallIntegerField(help_text="Its place among the figures of its post.")
    alt = models.CharField(max_length=LONGEST_ALT, blank=True, help_text="What it shows, for who cannot see it.")
    name = models.CharField(max_length=120, help_text="What the file was called.")
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    file = models.FileField(upload_to=stored_name, max_length=120)
    bytes = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, help_text="Of the file as it came: sent again it is the same figure.")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    objects = Figures.as_manager()

    class Meta:
        ordering = ["post_id", "number"]
        constraints = [
            models.UniqueConstraint("post", "number", name="figure_number_unique"),
            models.UniqueConstraint("post", "digest", name="figure_once"),
            models.CheckConstraint(condition=Q(number__gte=1, number__lte=MOST), name="figure_most"),
            models.CheckConstraint(condition=Q(width__gt=0, height__gt=0), name="figure_has_size"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("blog:figure", args=[self.key])

    @property
    def address(self) -> str:
        """Where it is served, and how its post's Markdown names it."""
        return f"/blog/figures/{self.key}.webp"

    @property
    def markdown(self) -> str:
        words = self.alt.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
        return f"![{words}]({self.address})"

    @classmethod
    def stored_by(cls, person: User) -> int:
        """Bytes, for the quota."""
        return cls.objects.filter(uploaded_by=person).aggregate(n=Sum("bytes"))["n"] or 0

    @transaction.atomic
    def describe(self, *, by: User, alt: str) -> None:
        """Say what it shows. What its text says already between the brackets stays as it is."""
        self.post.lock_for("revise", by)
        self.alt = clean_alt(alt)
        self.save(update_fields=["alt"])

    @transaction.atomic
    def remove(self, *, by: User, at: datetime | None = None) -> None:
        """Delete it with its file. Refused while the saved text shows it."""
        self.post.lock_for("revise", by)
        if self.address in self.post.body:
            raise Refused("The text shows this figure. Take it out of the text first.", code="figure_shown")
        record(actor=by, verb="removed_figure", subject=self.post, detail={"figure": str(self.key)}, at=at)
        Figure.objects.filter(pk=self.pk).forget()


def clean_alt(alt: str) -> str:
    """One line; Refused if it is longer than is read out."""
    alt = clean_line(alt)
    if len(alt) > LONGEST_ALT:
        raise Refused(f"Say what the image shows in {LONGEST_ALT} characters at most.", code="alt_too_long")
    return alt


def _read(file: File | bytes) -> bytes:
    most = settings.UPLOAD_MAX_BYTES
    if not isinstance(file, bytes):
        file.seek(0)
        file = cast(bytes, file.read(most + 1))
    if len(file) > most:
        raise Refused(f"The image is larger than {most // 1024**2} MB.", code="too_large")
    if not file:
        raise Refused("The file is empty.", code="not_an_image")
    return file


def _picture(raw: bytes) -> Picture:
    try:
        return for_the_web(raw)
    except RenderError as error:
        raise Refused(error.message, code="not_an_image") from None
