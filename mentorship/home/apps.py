from django.apps import AppConfig
from django.contrib.admin import apps as admin


class HomeConfig(AppConfig):
    name = "mentorship.home"
    label = "home"


class LookingConfig(admin.AdminConfig):
    """Django's admin, on our site of it: see `mentorship.home.looking`."""

    default = False
    default_site = "mentorship.home.looking.LookingSite"
