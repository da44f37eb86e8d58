"""Every address of meetings; a verb's address ends in the verb."""

from django.urls import path

from mentorship.cohorts.views import actions, meetings, minutes, series, turns

MEETING = "<slug:slug>/meetings/<int:pk>/"
ACTION = "<slug:slug>/meetings/actions/<int:pk>/"
EXCHANGE = "<slug:slug>/meetings/exchanges/<int:pk>/"

urlpatterns = [
    path("visits/<int:pk>/", turns.visit, name="visit"),
    path("visits/<int:pk>/accept/", turns.answer_visit, {"verb": "accept"}, name="accept_visit"),
    path("visits/<int:pk>/decline/", turns.answer_visit, {"verb": "decline"}, name="decline_visit"),
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
    path(f"{MEETING}points/", turns.bring_up, name="bring_up"),
    path(f"{MEETING}points/<int:point>/settle/", turns.settle, name="settle"),
    path(f"{MEETING}exchange/", turns.ask_exchange, name="ask_exchange"),
    path(f"{EXCHANGE}agree/", turns.answer_exchange, {"verb": "agree"}, name="agree_exchange"),
    path(f"{EXCHANGE}decline/", turns.answer_exchange, {"verb": "decline"}, name="decline_exchange"),
    path(f"{EXCHANGE}withdraw/", turns.answer_exchange, {"verb": "withdraw"}, name="withdraw_exchange"),
    path(f"{MEETING}visit/", turns.ask_visit, name="ask_visit"),
    path(f"{MEETING}visit/<int:visit>/withdraw/", turns.withdraw_visit, name="withdraw_visit"),
    path(f"{MEETING}close/", minutes.finish, {"verb": "close"}, name="close_minutes"),
    path(f"{MEETING}reopen/", minutes.finish, {"verb": "reopen"}, name="reopen_minutes"),
]
