from django.apps import AppConfig


class CohortsConfig(AppConfig):
    name = "mentorship.cohorts"
    label = "cohorts"
