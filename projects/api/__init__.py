"""`/api/v1/`: projects, submissions, rounds, reviews and the queue. The same querysets and verbs as the pages."""

from projects.api.briefs import ProjectViewSet
from projects.api.calibration import CalibrationViewSet
from projects.api.comments import ChangeRequestViewSet, CommentViewSet, RemarkViewSet
from projects.api.files import FileViewSet
from projects.api.queue import QueueViewSet
from projects.api.replies import SavedReplyViewSet
from projects.api.rounds import RoundViewSet
from projects.api.submissions import SubmissionViewSet
from projects.api.why import WhyViewSet

__all__ = [
    "CalibrationViewSet",
    "ChangeRequestViewSet",
    "CommentViewSet",
    "FileViewSet",
    "ProjectViewSet",
    "QueueViewSet",
    "RemarkViewSet",
    "RoundViewSet",
    "SavedReplyViewSet",
    "SubmissionViewSet",
    "WhyViewSet",
]
