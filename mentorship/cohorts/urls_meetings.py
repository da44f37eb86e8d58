"""Every address of meetings; a verb's address ends in the verb."""

from django.urls import path

from mentorship.cohorts.views import actions, meetings, minutes, series

MEETING = "<slug:slug>/meetings/<int:pk>/"
ACTION = "<slug:slug>/meetings/actions/<int:pk>/"

urlpatterns = [
    path("<slug:slug>/meetings/", meetings.meetings, name="meetings"),
    path("<slug:slug>/meetings/schedule/", meetings.schedule, name="schedule"),
    path("<slug:slug>/meetings/series/", series.series, name="series"),
    path("<slug:slug>/meetings/turns/fill/", series.fill_turns, name="fill_turns"),
    path(MEETING, minutes.meeting, name="meeting"),
    path(f"{MEETING}edit/", meetings.edit, name="edit_meeting"),
    path(f"{MEETING}cancel/", meetings.cancel, name="cancel"),
    path(f"{MEETING}notes/", minutes.text, {"what": "notes"}, name="notes"),
    path(f"{MEETING}agenda/", minutes.text, {"what": "agenda"}, name="agenda"),
    path(f"{MEETING}notes/history/", minutes.revisions, {"what": "notes"}, name="notes_history"),
    path(f"{MEETING}agenda/history/", minutes.revisions, {"what": "agenda"}, name="agenda_history"),
    path(f"{MEETING}attendance/", actions.attendance, name="attendance"),
    path(f"{MEETING}excuse/", actions.coming, {"verb": "excuse"}, name="excuse"),
    path(f"{MEETING}come/", actions.coming, {"verb": "come"}, name="come"),
    path(f"{MEETING}actions/", actions.add, name="add_action"),
    path(ACTION, actions.action, name="action"),
    path(f"{ACTION}tick/", actions.tick, name="tick_action"),
    path(f"{ACTION}drop/", actions.drop, name="drop_action"),
    path(f"{MEETING}close/", minutes.finish, {"verb": "close"}, name="close_minutes"),
    path(f"{MEETING}reopen/", minutes.finish, {"verb": "reopen"}, name="reopen_minutes"),
]
