from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "projects"

    def ready(self) -> None:
        from mentorship.cohorts.calibrating import CALIBRATED, ENDED
        from mentorship.cohorts.closing import LEFT
        from mentorship.cohorts.handed_in import ASKED
        from mentorship.cohorts.stalled import SOURCES
        from mentorship.people.quota import STORED
        from projects.closing import rounds_left
        from projects.countersigning import see_to
        from projects.due import handed_in_by
        from projects.models import Calibration, RoundFile
        from projects.unanswered import accepted_works, unanswered_since

        SOURCES["round"] = unanswered_since
        SOURCES["works"] = accepted_works
        ASKED.append(handed_in_by)
        CALIBRATED.append(Calibration.agrees)
        ENDED.append(see_to)
        LEFT.append(rounds_left)
        STORED.append(RoundFile.stored_by)
