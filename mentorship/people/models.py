"""Who takes part: accounts with their profile, the events that people cause, and tokens for the API."""

import re
import zoneinfo
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import Group, PermissionsMixin
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.timezone import now

from mentorship.common.searching import Words

RESERVED_HANDLES = frozenset(
    [
        "about",
        "accounts",
        "admin",
        "admins",
        "administrator",
        "api",
        "apply",
        "blog",
        "charter",
        "cohort",
        "cohorts",
        "dev",
        "docs",
        "editor",
        "editors",
        "everyone",
        "faq",
        "feed",
        "help",
        "home",
        "login",
        "logout",
        "me",
        "media",
        "mentee",
        "mentees",
        "mentor",
        "mentors",
        "moderator",
        "new",
        "null",
        "people",
        "portfolio",
        "privacy",
        "project",
        "projects",
        "queue",
        "review",
        "reviews",
        "root",
        "search",
        "security",
        "settings",
        "signup",
        "staff",
        "static",
        "stream",
        "streams",
        "study",
        "support",
        "system",
        "terms",
        "undefined",
        "www",
    ]
)
HANDLE = re.compile(r"^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$")


def validate_handle(value: str) -> None:
    """Lower-case letters, digits and single hyphens, starting with a letter, 3 to 30 long, not a reserved word."""
    if not 3 <= len(value) <= 30 or not HANDLE.match(value):
        raise ValidationError("Use 3 to 30 lower-case letters, digits and single hyphens, starting with a letter.")
    if value in RESERVED_HANDLES:
        raise ValidationError("This handle is reserved. Choose another one.")


def validate_timezone(value: str) -> None:
    if value not in zoneinfo.available_timezones():
        raise ValidationError("This timezone is not known. Choose one such as Europe/Berlin.")


class UserQuerySet(models.QuerySet["User"]):
    def active(self) -> "UserQuerySet":
        return self.filter(is_active=True)

    def with_access(self) -> "UserQuerySet":
        """With `names` of groups and `factor`, so that who someone is costs no query more: see `User.remember`."""
        names = Group.objects.filter(user=OuterRef("pk")).values("name")
        factor: Any = Value(True)
        if settings.SECOND_FACTOR_REQUIRED:
            keys = apps.get_model("mfa", "Authenticator").objects.filter(user=OuterRef("pk"))
            factor = Exists(keys.exclude(type="recovery_codes"))
        return self.annotate(names=ArraySubquery(names), factor=factor)

    def admins(self) -> "UserQuerySet":
        """Everyone whom `is_admin` holds for."""
        return self.active().filter(Q(is_superuser=True) | Q(groups__name=User.ADMINS)).distinct()

    def profiles_visible_to(self, reader: Any) -> "UserQuerySet":
        """Profiles that `reader` may open: public ones, program ones for who is signed in, one's own; admins all."""
        people = self.active()
        if not reader.is_authenticated:
            return people.filter(visibility=User.Visibility.PUBLIC)
        if reader.is_admin:
            return people
        return people.filter(Q(visibility__in=[User.Visibility.PUBLIC, User.Visibility.PROGRAM]) | Q(pk=reader.pk))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        if not user.handle:
            user.handle = free_handle(user.name or email.partition("@")[0])
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):
    """A person. Their profile is part of the row, so that no one is without."""

    class Visibility(models.TextChoices):
        PUBLIC = "public", "Everyone on the web"
        PROGRAM = "program", "People who are signed in"
        PRIVATE = "private", "Only me"

    ADMINS, EDITORS = "admins", "editors"

    email = models.EmailField(max_length=254)
    handle = models.CharField(
        max_length=30,
        validators=[validate_handle],
        help_text="Your address here: lower case, 3 to 30 letters.",
    )
    name = models.CharField(max_length=100)
    timezone = models.CharField(max_length=64, default="UTC", validators=[validate_timezone])
    visibility = models.CharField(max_length=8, choices=Visibility, default=Visibility.PROGRAM)
    headline = models.CharField(max_length=140, blank=True, help_text="One line: who you are, what you work towards.")
    bio = models.TextField(max_length=2000, blank=True)
    website = models.URLField(blank=True, validators=[RegexValidator(r"^https?://")])
    github = models.CharField(
        max_length=39,
        blank=True,
        validators=[RegexValidator(r"^[A-Za-z0-9](?:-?[A-Za-z0-9])*$", "A GitHub user name.")],
    )
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField(default=now)

    # Unread notifications (100 at most) and whether they mentor anywhere: of who is signed in, at the request's start.
    around: tuple[int, bool] | None = None
    test_cohort = ""  # the address of one that they take part in, as the backend read it

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        indexes = [GinIndex(Words("name", "handle", config="simple"), name="user_words")]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique",
                violation_error_message="This e-mail address is in use.",
            ),
            models.UniqueConstraint(
                fields=["handle"],
                name="user_handle_unique",
                violation_error_code="unique",  # so that forms say it at the field
                violation_error_message="This handle is taken.",
            ),
            models.CheckConstraint(
                condition=Q(handle__regex=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"), name="user_handle_lower_case"
            ),
            models.CheckConstraint(condition=~Q(handle__in=sorted(RESERVED_HANDLES)), name="user_handle_not_reserved"),
            models.CheckConstraint(
                condition=Q(visibility__in=["public", "program", "private"]), name="user_visibility_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.handle

    def get_absolute_url(self) -> str:
        return reverse("people:profile", args=[self.handle])

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.partition(" ")[0] or self.handle

    @cached_property
    def group_names(self) -> frozenset[str]:
        """The names of this person's groups; the sign-in backend brings them along with the row."""
        return frozenset(self.groups.values_list("name", flat=True))

    @cached_property
    def has_second_factor(self) -> bool:
        """Whether an authenticator app or a passkey guards this account."""
        return bool(User.objects.with_access().values_list("factor", flat=True).get(pk=self.pk))

    def remember(self) -> "User":
        """Keep what `with_access` brought along, so that nothing asks for it again."""
        self.group_names = frozenset(self.names)  # type: ignore[attr-defined]
        self.has_second_factor = self.factor  # type: ignore[attr-defined]
        return self

    @property
    def is_admin(self) -> bool:
        return self.is_active and (self.is_superuser or self.ADMINS in self.group_names)

    @property
    def is_editor(self) -> bool:
        return self.is_active and (self.is_admin or self.EDITORS in self.group_names)

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.timezone)


def free_handle(wish: str) -> str:
    """A handle near `wish` that nobody has."""
    base = re.sub(r"[^a-z0-9]+", "-", wish.lower()).strip("-")[:24].strip("-")
    base = base if base[:1].isalpha() else f"person-{base}".strip("-")
    base = base if len(base) >= 3 else f"{base}-person"
    taken = set(User.objects.filter(handle__startswith=base).values_list("handle", flat=True)) | RESERVED_HANDLES
    number, handle = 1, base
    while handle in taken:
        number += 1
        handle = f"{base}-{number}"
    return handle


class Event(models.Model):
    """Who did what to what, when. The database lets nobody change or remove a row (see migration 0002)."""

    at = models.DateTimeField(default=now, db_index=True)
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    verb = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    detail = models.JSONField(default=dict)
    # To whom, if that is another person, and in which cohort, as far as the subject knows (see `events`). Neither is
    # held by a foreign key: what is written here stays, whatever becomes of them.
    whom = models.ForeignKey(
        User, models.DO_NOTHING, null=True, related_name="+", db_constraint=False, db_index=False
    )  # fmt: skip
    cohort_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "at"], name="event_subject"),
            # One for each way in which the audit is searched, in the order in which it is shown.
            models.Index(fields=["actor", "-at", "-id"], name="event_of_actor"),
            models.Index(fields=["whom", "-at", "-id"], condition=Q(whom__isnull=False), name="event_to_whom"),
            models.Index(fields=["cohort_id", "-at", "-id"], condition=Q(cohort_id__isnull=False), name="event_cohort"),
            models.Index(fields=["verb", "-at", "-id"], name="event_verb"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_type} {self.subject_id}"


class Token(models.Model):
    """A key to the API. Only its hash is kept; `prefix` lets its owner tell tokens apart."""

    STATES = ("active", "expired", "revoked")

    person = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=60)
    prefix = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=models.F("created_at")), name="token_expires_later")
        ]

    def __str__(self) -> str:
        return f"{self.prefix}… {self.name}"

    @property
    def state(self) -> str:
        """'active', 'expired' or 'revoked'."""
        if self.revoked_at:
            return "revoked"
        return "active" if self.expires_at > now() else "expired"
