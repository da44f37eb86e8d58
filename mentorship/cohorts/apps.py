from django.apps import AppConfig


class CohortsConfig(AppConfig):
    name = "mentorship.cohorts"
    label = "cohorts"

    def ready(self) -> None:
        from mentorship.cohorts import (
            calendar_sources,  # noqa: F401 - importing it is what it is for
            hours_calendar,
            meeting_mails,
            study_calendar,  # noqa: F401 - as above
        )

        meeting_mails.register()
        hours_calendar.register()
