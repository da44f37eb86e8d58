"""Cohorts and the people in them, one noun a file."""

from mentorship.cohorts.models.action import ActionItem
from mentorship.cohorts.models.announcement import Announcement, AnnouncementRead
from mentorship.cohorts.models.application import Application
from mentorship.cohorts.models.application_draft import ApplicationDraft
from mentorship.cohorts.models.application_question import ApplicationAnswer, ApplicationQuestion
from mentorship.cohorts.models.application_score import ApplicationScore
from mentorship.cohorts.models.apprenticeship import Apprenticeship
from mentorship.cohorts.models.assignment import Assignment
from mentorship.cohorts.models.attendance import Attendance
from mentorship.cohorts.models.availability import Availability
from mentorship.cohorts.models.away import Away
from mentorship.cohorts.models.charter import Charter, CharterAcceptance
from mentorship.cohorts.models.club import ClubPaper, ClubShare
from mentorship.cohorts.models.cohort import Cohort, on_clock
from mentorship.cohorts.models.departure import Departure
from mentorship.cohorts.models.due import DueDate
from mentorship.cohorts.models.engagement import Engagement
from mentorship.cohorts.models.exchange import Exchange
from mentorship.cohorts.models.extension import Extension
from mentorship.cohorts.models.feed import Feed
from mentorship.cohorts.models.graduation_rule import GraduationRule
from mentorship.cohorts.models.group import Group, GroupMember
from mentorship.cohorts.models.group_post import GroupLink, GroupPost
from mentorship.cohorts.models.interview_feedback import InterviewFeedback
from mentorship.cohorts.models.invitation import Invitation
from mentorship.cohorts.models.listing import Listing
from mentorship.cohorts.models.meeting import Meeting
from mentorship.cohorts.models.membership import Membership
from mentorship.cohorts.models.note import MentorNote
from mentorship.cohorts.models.outcome import Outcome
from mentorship.cohorts.models.partner import Nudge, WeekGoal
from mentorship.cohorts.models.pause import Pause
from mentorship.cohorts.models.point import Point
from mentorship.cohorts.models.proposal import Proposal, ProposedPair
from mentorship.cohorts.models.question import Answer, CohortQuestion
from mentorship.cohorts.models.revision import MeetingRevision
from mentorship.cohorts.models.schedule import Schedule, ScheduledUnit
from mentorship.cohorts.models.slot import Booking, Slot
from mentorship.cohorts.models.swap import Swap
from mentorship.cohorts.models.talk import Talk
from mentorship.cohorts.models.talk_seat import TalkSeat
from mentorship.cohorts.models.thresholds import Thresholds
from mentorship.cohorts.models.transfer import Transfer
from mentorship.cohorts.models.visit import Visit
from mentorship.cohorts.models.visits import Visits
from mentorship.cohorts.models.wish import Wish
from mentorship.cohorts.models.written import EarlierText

__all__ = [
    "ActionItem",
    "Announcement",
    "AnnouncementRead",
    "Answer",
    "Application",
    "ApplicationAnswer",
    "ApplicationDraft",
    "ApplicationQuestion",
    "ApplicationScore",
    "Apprenticeship",
    "Assignment",
    "Attendance",
    "Availability",
    "Away",
    "Booking",
    "Charter",
    "CharterAcceptance",
    "ClubPaper",
    "ClubShare",
    "Cohort",
    "CohortQuestion",
    "Departure",
    "DueDate",
    "EarlierText",
    "Engagement",
    "Exchange",
    "Extension",
    "Feed",
    "GraduationRule",
    "Group",
    "GroupLink",
    "GroupMember",
    "GroupPost",
    "InterviewFeedback",
    "Invitation",
    "Listing",
    "Meeting",
    "MeetingRevision",
    "Membership",
    "MentorNote",
    "Nudge",
    "Outcome",
    "Pause",
    "Point",
    "Proposal",
    "ProposedPair",
    "Schedule",
    "ScheduledUnit",
    "Slot",
    "Swap",
    "Talk",
    "TalkSeat",
    "Thresholds",
    "Transfer",
    "Visit",
    "Visits",
    "WeekGoal",
    "Wish",
    "on_clock",
]
