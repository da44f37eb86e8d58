"""The addresses of being together in a cohort: groups' posts, announcements, questions, pauses, leaving."""

from django.urls import path

from mentorship.cohorts.views import announcements, asking, club, directory, group_posts, grouping, leaving, pauses

group = "<slug:slug>/groups/<int:pk>/"
question = "<slug:slug>/asked/<int:pk>/"
answer = f"{question}answers/<int:answer>/"
urlpatterns = [
    path("<slug:slug>/groups/propose/", grouping.proposal, name="propose_groups"),
    path(f"{group}posts/", group_posts.write, name="write_post"),
    path(f"{group}posts/<int:post>/", group_posts.post, name="group_post"),
    path(f"{group}posts/<int:post>/edit/", group_posts.edit, name="edit_post"),
    path(f"{group}posts/<int:post>/remove/", group_posts.remove, name="remove_post"),
    path(f"{group}papers/", club.club, name="club"),
    path(f"{group}papers/<int:paper>/choose/", club.choose, name="choose_paper"),
    path(f"{group}papers/<int:paper>/read/", club.talked_about, name="paper_read"),
    path(f"{group}papers/<int:paper>/remove/", club.remove, name="remove_club_paper"),
    path(f"{group}papers/<int:paper>/share/", club.share, name="share_reading"),
    path(f"{group}links/", group_posts.share, name="share_link"),
    path(f"{group}links/<int:link>/remove/", group_posts.unshare, name="remove_link"),
    path(f"{group}meet/", group_posts.meet, name="group_meets"),
    path(f"{group}goal/", group_posts.goal, name="week_goal"),
    path(f"{group}week/share/", group_posts.share_week, {"shares": True}, name="share_week"),
    path(f"{group}week/hide/", group_posts.share_week, {"shares": False}, name="hide_week"),
    path(f"{group}nudge/", group_posts.nudge, name="nudge"),
    path("<slug:slug>/members/<int:pk>/pause/", pauses.pause, name="pause"),
    path("<slug:slug>/members/<int:pk>/pause/end/", pauses.end, name="end_pause"),
    path("<slug:slug>/members/<int:pk>/leaving/", leaving.leaving, name="leaving"),
    path("<slug:slug>/members/<int:pk>/left/", leaving.left, name="left"),
    path("<slug:slug>/returning/", leaving.returning, name="returning"),
    path("<slug:slug>/announcements/", announcements.announcements, name="announcements"),
    path("<slug:slug>/announcements/new/", announcements.new, name="announce"),
    path("<slug:slug>/announcements/<int:pk>/", announcements.announcement, name="announcement"),
    path("<slug:slug>/announcements/<int:pk>/edit/", announcements.edit, name="edit_announcement"),
    path("<slug:slug>/announcements/<int:pk>/remove/", announcements.remove, name="remove_announcement"),
    path("<slug:slug>/announcements/<int:pk>/read/", announcements.read, name="read_announcement"),
    path("<slug:slug>/asked/", asking.questions, name="asked"),
    path("<slug:slug>/asked/ask/", asking.ask, name="ask"),
    path("<slug:slug>/asked/like/", asking.like, name="like"),
    path(f"{question}", asking.question, name="asked_one"),
    path(f"{question}edit/", asking.edit, name="edit_asked"),
    path(f"{question}remove/", asking.remove, name="remove_asked"),
    path(f"{answer}edit/", asking.edit, name="edit_answer"),
    path(f"{answer}remove/", asking.remove, name="remove_answer"),
    path(f"{answer}accept/", asking.accept, {"accepts": True}, name="accept_answer"),
    path(f"{answer}unaccept/", asking.accept, {"accepts": False}, name="unaccept_answer"),
    path("<slug:slug>/directory/", directory.directory, name="directory"),
    path("<slug:slug>/directory/me/", directory.listing, name="listing"),
]
