"""The composition root of the API: every app's routes under `/api/v1/`, and its description."""

from django.urls import include, path
from rest_framework.routers import DefaultRouter

from blog.api import EditingViewSet, MyPostViewSet, PostViewSet
from blog.api_board import GoalView, PitchViewSet, WritingViewSet
from blog.api_coauthors import CoauthorViewSet
from blog.api_cross_posts import CrossPostViewSet
from blog.api_figures import PostFigureViewSet
from blog.api_readers import FollowViewSet, ReaderCommentViewSet
from blog.api_series import SeriesViewSet
from blog.importing.api import PostFileViewSet
from blog.importing.api_feed import PostFeedViewSet
from blog.importing.api_notebook import PostNotebookViewSet
from mentorship.cohorts.api import ApplicationViewSet, AssignmentViewSet, CohortViewSet
from mentorship.cohorts.api_apprentices import ApprenticeViewSet
from mentorship.cohorts.api_availability import AwayViewSet, MentoringViewSet
from mentorship.cohorts.api_dates import DueDateViewSet, ExtensionViewSet, ScheduleViewSet
from mentorship.cohorts.api_directory import MenteeViewSet
from mentorship.cohorts.api_feeds import CalendarView, FeedViewSet
from mentorship.cohorts.api_graduation import GraduationRuleViewSet, GraduationViewSet
from mentorship.cohorts.api_groups import GroupViewSet
from mentorship.cohorts.api_hours import BookingViewSet, SlotViewSet
from mentorship.cohorts.api_invitations import CharterViewSet, InvitationViewSet
from mentorship.cohorts.api_matching import AvailabilityView, ProposalViewSet, WishViewSet
from mentorship.cohorts.api_meetings import ActionItemViewSet, MeetingViewSet
from mentorship.cohorts.api_notes import MentorNoteViewSet
from mentorship.cohorts.api_pauses import DepartureViewSet, PauseViewSet
from mentorship.cohorts.api_recommending import RecommendationViewSet
from mentorship.cohorts.api_shared_notes import SharedNoteViewSet
from mentorship.cohorts.api_stalled import StalledViewSet
from mentorship.cohorts.api_swaps import SwapViewSet
from mentorship.cohorts.api_talks import TalkViewSet
from mentorship.cohorts.api_together import (
    AnnouncementViewSet,
    AnswerViewSet,
    CohortQuestionViewSet,
    GroupPostViewSet,
)
from mentorship.cohorts.api_transfers import TransferViewSet
from mentorship.cohorts.api_turns import ExchangeViewSet, PointViewSet, VisitViewSet
from mentorship.common.api_docs import DescriptionView, docs, part
from mentorship.home.as_of_api import AsOfViewSet
from mentorship.home.audit.api import AuditEventViewSet
from mentorship.home.certificates_api import CertificateViewSet
from mentorship.home.cockpit.api import CockpitViewSet
from mentorship.home.forecast_api import CatchUpView, ForecastView
from mentorship.home.ideas_api import IdeaViewSet
from mentorship.home.interviews.api import ReadinessView
from mentorship.home.next_api import NextView
from mentorship.home.own_notebooks_api import OwnNotebookViewSet
from mentorship.home.portfolio_api import PublicPortfolioViewSet
from mentorship.home.search.api import SearchView
from mentorship.notifications.api import NotificationViewSet
from mentorship.people.api import MeView, PersonViewSet, TokenViewSet
from mentorship.study.api import StudyEntryViewSet
from mentorship.study.jobs.api import JobViewSet, ResumeViewSet
from mentorship.study.library.api.annotations import AnnotationViewSet
from mentorship.study.library.api.resources import ListEntryViewSet, ResourceViewSet
from mentorship.study.library.api.roadmaps import RoadmapViewSet
from mentorship.study.notes.api import NoteViewSet
from mentorship.study.notes.api_importing import NoteImportViewSet
from mentorship.study.papers.api import ReadingViewSet
from mentorship.study.plan.api import PlanSlotViewSet
from mentorship.study.plan.api_goals import StudyGoalView
from mentorship.study.questions.api import CardViewSet, InterviewQuestionViewSet, PracticeViewSet
from mentorship.study.reports.api import ItemReportViewSet
from mentorship.study.timer.api import TimerViewSet
from projects.api import (
    CalibrationViewSet,
    ChangeRequestViewSet,
    CommentViewSet,
    FileViewSet,
    ProjectViewSet,
    QueueViewSet,
    RemarkViewSet,
    RoundViewSet,
    SavedReplyViewSet,
    SubmissionViewSet,
    WhyViewSet,
)
from projects.api.feedback import FiguresView, TestimonialViewSet
from projects.api.portfolio import OtherWorkViewSet, PortfolioProjectViewSet, PortfolioScoreView, PortfolioView
from streams.api import ItemViewSet, ProgressViewSet, StreamViewSet

router = DefaultRouter()
router.include_root_view = False
router.register("cross-posts", CrossPostViewSet, "cross-post")
router.register("notifications", NotificationViewSet, "notification")
router.register("slots", SlotViewSet, "slot")
router.register("bookings", BookingViewSet, "booking")
router.register("talks", TalkViewSet, "talk")
router.register("as-of", AsOfViewSet, "as-of")
router.register("people", PersonViewSet, "person")
router.register("tokens", TokenViewSet, "token")
router.register("streams", StreamViewSet, "stream")
router.register("items", ItemViewSet, "item")
router.register("progress", ProgressViewSet, "progress")
router.register("cohorts", CohortViewSet, "cohort")
router.register("mentees", MenteeViewSet, "mentee")
router.register("applications", ApplicationViewSet, "application")
router.register("assignments", AssignmentViewSet, "assignment")
router.register("meetings", MeetingViewSet, "meeting")
router.register("schedules", ScheduleViewSet, "schedule")
router.register("due-dates", DueDateViewSet, "due-date")
router.register("extensions", ExtensionViewSet, "extension")
router.register("action-items", ActionItemViewSet, "action-item")
router.register("exchanges", ExchangeViewSet, "exchange")
router.register("visits", VisitViewSet, "visit")
router.register("points", PointViewSet, "point")
router.register("pauses", PauseViewSet, "pause")
router.register("departures", DepartureViewSet, "departure")
router.register("feeds", FeedViewSet, "feed")
router.register("away", AwayViewSet, "away")
router.register("mentoring", MentoringViewSet, "mentoring")
router.register("wishes", WishViewSet, "wish")
router.register("proposals", ProposalViewSet, "proposal")
router.register("swaps", SwapViewSet, "swap")
router.register("apprentices", ApprenticeViewSet, "apprentice")
router.register("mentor-notes", MentorNoteViewSet, "mentor-note")
router.register("events", AuditEventViewSet, "event")
router.register("certificates", CertificateViewSet, "certificate")
router.register("graduation", GraduationViewSet, "graduation")
router.register("graduation-rules", GraduationRuleViewSet, "graduation-rule")
router.register("cockpit", CockpitViewSet, "cockpit")
router.register("stalled", StalledViewSet, "stalled")
router.register("groups", GroupViewSet, "group")
router.register("announcements", AnnouncementViewSet, "announcement")
router.register("questions", CohortQuestionViewSet, "question")
router.register("answers", AnswerViewSet, "answer")
router.register("group-posts", GroupPostViewSet, "group-post")
router.register("invitations", InvitationViewSet, "invitation")
router.register("transfers", TransferViewSet, "transfer")
router.register("charters", CharterViewSet, "charter")
router.register("posts", PostViewSet, "post")
router.register("my-posts", MyPostViewSet, "my-post")
router.register("pitches", PitchViewSet, "pitch")
router.register("writing", WritingViewSet, "writing")
router.register("coauthors", CoauthorViewSet, "coauthor")
router.register("series", SeriesViewSet, "series")
router.register("reader-comments", ReaderCommentViewSet, "reader-comment")
router.register("follows", FollowViewSet, "follow")
router.register("editing", EditingViewSet, "editing")
router.register("post-figures", PostFigureViewSet, "post-figure")
router.register("post-files", PostFileViewSet, "post-file")
router.register("notes", NoteViewSet, "note")
router.register("note-imports", NoteImportViewSet, "note-import")
router.register("shared-notes", SharedNoteViewSet, "shared-note")
router.register("ideas", IdeaViewSet, "idea")
router.register("post-feeds", PostFeedViewSet, "post-feed")
router.register("own-notebooks", OwnNotebookViewSet, "own-notebook")
router.register("post-notebooks", PostNotebookViewSet, "post-notebook")
router.register("study-entries", StudyEntryViewSet, "study-entry")
router.register("library", ResourceViewSet, "resource")
router.register("library-list", ListEntryViewSet, "list-entry")
router.register("annotations", AnnotationViewSet, "annotation")
router.register("roadmaps", RoadmapViewSet, "roadmap")
router.register("item-reports", ItemReportViewSet, "item-report")
router.register("recommendations", RecommendationViewSet, "recommendation")
router.register("timers", TimerViewSet, "timer")
router.register("practice", PracticeViewSet, "practice")
router.register("cards", CardViewSet, "card")
router.register("interview-questions", InterviewQuestionViewSet, "interview-question")
router.register("plan-slots", PlanSlotViewSet, "plan-slot")
router.register("jobs", JobViewSet, "job")
router.register("resumes", ResumeViewSet, "resume")
router.register("papers", ReadingViewSet, "paper")
router.register("projects", ProjectViewSet, "project")
router.register("submissions", SubmissionViewSet, "submission")
router.register("comments", CommentViewSet, "comment")
router.register("remarks", RemarkViewSet, "remark")
router.register("change-requests", ChangeRequestViewSet, "change-request")
router.register("files", FileViewSet, "file")
router.register("rounds", RoundViewSet, "round")
router.register("why", WhyViewSet, "why")
router.register("calibration", CalibrationViewSet, "calibration")
router.register("saved-replies", SavedReplyViewSet, "saved-reply")
router.register("queue", QueueViewSet, "queue")
router.register("testimonials", TestimonialViewSet, "testimonial")
router.register("portfolios", PublicPortfolioViewSet, "portfolios")
router.register("portfolio-projects", PortfolioProjectViewSet, "portfolio-project")
router.register("other-works", OtherWorkViewSet, "other-work")

app_name = "api"
urlpatterns = [
    path("v1/goal/", GoalView.as_view(), name="goal"),
    path("v1/me/", MeView.as_view(), name="me"),
    path("v1/availability/", AvailabilityView.as_view(), name="availability"),
    path("v1/calendar/", CalendarView.as_view(), name="calendar"),
    path("v1/search/", SearchView.as_view(), name="search"),
    path("v1/figures/", FiguresView.as_view(), name="figures"),
    path("v1/next/", NextView.as_view(), name="next"),
    path("v1/forecast/", ForecastView.as_view(), name="forecast"),
    path("v1/forecast/catch-up/", CatchUpView.as_view(), name="catch-up"),
    path("v1/study-goal/", StudyGoalView.as_view(), name="study-goal"),
    path("v1/portfolio/", PortfolioView.as_view(), name="portfolio"),
    path("v1/portfolio/score/", PortfolioScoreView.as_view(), name="portfolio-score"),
    path("v1/readiness/", ReadinessView.as_view(), name="readiness"),
    path("v1/", include(router.urls)),
    path("schema/", DescriptionView.as_view(), name="schema"),
    path("docs/", docs, name="docs"),
    path("docs/<slug:name>/", part, name="docs_part"),
]
