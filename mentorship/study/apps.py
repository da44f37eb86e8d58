from django.apps import AppConfig


class StudyConfig(AppConfig):
    name = "mentorship.study"
    label = "study"
