"""Projects, what people hand in for them, and the reviews they get."""

from projects.models.calibration import Calibration
from projects.models.carried import Carried
from projects.models.changes import ChangeRequest, Decision, Response
from projects.models.comment import Comment
from projects.models.commits import CommitLog
from projects.models.difference import Difference
from projects.models.feedback import Feedback
from projects.models.files import NotebookImage, NotebookOutput, RoundFile, stored_image, stored_name
from projects.models.hand_in_key import HandInKey
from projects.models.handover import HandOver
from projects.models.portfolio import ChangedMeanwhile, OtherWork, Portfolio
from projects.models.portfolio_project import PortfolioProject
from projects.models.project import Criterion, Project
from projects.models.replication import PaperFigure, Replication
from projects.models.reply import SavedReply
from projects.models.review import Review
from projects.models.round import Answer, Round
from projects.models.rubric import Level, Score
from projects.models.shared import SharedDraft
from projects.models.signing import Signing
from projects.models.submission import Submission
from projects.models.taken_back import TakenBack
from projects.models.team import Confirmation, TeamMember
from projects.models.thread import Remark, Wording

__all__ = [
    "Answer",
    "Calibration",
    "Carried",
    "ChangeRequest",
    "ChangedMeanwhile",
    "Comment",
    "CommitLog",
    "Confirmation",
    "Criterion",
    "Decision",
    "Difference",
    "Feedback",
    "HandInKey",
    "HandOver",
    "Level",
    "NotebookImage",
    "NotebookOutput",
    "OtherWork",
    "PaperFigure",
    "Portfolio",
    "PortfolioProject",
    "Project",
    "Remark",
    "Replication",
    "Response",
    "Review",
    "Round",
    "RoundFile",
    "SavedReply",
    "Score",
    "SharedDraft",
    "Signing",
    "Submission",
    "TakenBack",
    "TeamMember",
    "Wording",
    "stored_image",
    "stored_name",
]
