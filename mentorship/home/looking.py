"""Django's admin as a window: admins look at every row there, and change things in our own pages only."""

from typing import Any, cast

from django.apps import apps
from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url

from mentorship.people.events import record
from mentorship.people.models import User

SHOWN = (
    "people", "notifications", "streams", "study", "cohorts", "projects", "blog",
    "auth.group", "account.emailaddress", "usersessions.usersession", "mfa.authenticator",
)  # fmt: skip
ALL_BUT_KEY = {"*"}  # rows that nobody but their owner sees anything of
HIDDEN = {
    "people.user": {"password"},
    "people.token": {"digest"},
    "study.note": {"text", "html"},  # its writer's alone
    "study.job": ALL_BUT_KEY,
    "study.jobmove": ALL_BUT_KEY,
    "study.resume": ALL_BUT_KEY,
    "study.paperpass": {"summary", "html"},
    "blog.crosspost": {"sealed", "claim"},
    "cohorts.mentornote": {"text", "html"},  # nobody reads here what is noted about themselves
    "mfa.authenticator": {"data"},
    "notifications.notification": {"body"},  # a mail on its way may hold a link that opens an account
    "usersessions.usersession": {"session_key", "data"},
}
SEARCHED = ("email", "handle", "name", "title", "key", "slug", "verb")
COLUMNS = 7


class LookingSite(admin.AdminSite):
    """For admins only, who sign in where everybody does. Packages do not get their own, changing, pages in."""

    site_header = site_title = "ML Mentorship, read only"
    index_title = "Rows of the database"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and request.user.is_admin

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        if admin_class is not None and issubclass(admin_class, Looking):
            super().register(model_or_iterable, admin_class, **options)

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Who is signed in without being an admin finds nothing here; a visitor signs in first."""
        target = request.GET.get("next") or resolve_url("admin:index")
        return redirect_to_login(target, resolve_url("account_login"))

    def logout(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:  # type: ignore[override]
        return redirect("account_logout")

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:  # type: ignore[override]
        return redirect("account_change_password")


class Looking(admin.ModelAdmin):
    """Lists and shows rows of a model; what one admin reads of another person is kept in the history."""

    actions = None
    show_full_result_count = False
    list_per_page = 50
    ordering = ("-pk",)

    def __init__(self, model: type[models.Model], site: admin.AdminSite) -> None:
        hidden = HIDDEN.get(model._meta.label_lower, set())
        fields = [
            field
            for field in model._meta.fields
            if field.name not in hidden and ("*" not in hidden or field.primary_key)
        ]
        short = [field.name for field in fields if not isinstance(field, models.TextField | models.JSONField)]
        listed = [field for field in fields if field.name in short[:COLUMNS]]
        self.list_display = [field.name for field in listed]
        self.list_select_related = [field.name for field in listed if field.is_relation] or False  # type: ignore[misc]
        self.search_fields = [field.name for field in fields if field.name in SEARCHED]  # type: ignore[misc]
        self.fields = [field.name for field in fields]  # type: ignore[misc]
        super().__init__(model, site)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    has_change_permission = has_delete_permission = has_add_permission

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().change_view(request, object_id, *args, **kwargs)
        row = self.get_object(request, object_id) if response.status_code == 200 else None
        if row is not None:
            record(actor=cast(User, request.user), verb="looked_at", subject=row)
        return response

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Django's own history is of changes made there, of which there are none."""
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", object_id)


def shown_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.app_label in SHOWN or model._meta.label_lower in SHOWN]
