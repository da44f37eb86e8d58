from django.apps import AppConfig


class CohortsConfig(AppConfig):
    name = "mentorship.cohorts"
    label = "cohorts"

    def ready(self) -> None:
        from mentorship.cohorts import calendar_sources, hours_calendar, meeting_mails  # noqa: F401 - the first acts

        meeting_mails.register()
        hours_calendar.register()
