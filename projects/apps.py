from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "projects"

    def ready(self) -> None:
        from mentorship.cohorts.handed_in import ASKED
        from mentorship.cohorts.stalled import SOURCES
        from projects.due import handed_in_by
        from projects.unanswered import accepted_works, unanswered_since

        SOURCES["round"] = unanswered_since
        SOURCES["works"] = accepted_works
        ASKED.append(handed_in_by)
