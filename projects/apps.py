from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "projects"

    def ready(self) -> None:
        from mentorship.cohorts.stalled import SOURCES
        from projects.unanswered import unanswered_since

        SOURCES["round"] = unanswered_since
