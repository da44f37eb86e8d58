from django.apps import AppConfig


class CohortsConfig(AppConfig):
    name = "mentorship.cohorts"
    label = "cohorts"

    def ready(self) -> None:
        from mentorship.cohorts import calendar_sources, meeting_mails  # noqa: F401 - the former registers itself

        meeting_mails.register()
