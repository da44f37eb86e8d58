"""The addresses of being together in a cohort: pauses and leaving."""

from django.urls import path

from mentorship.cohorts.views import group_posts, leaving, pauses

group = "<slug:slug>/groups/<int:pk>/"
urlpatterns = [
    path(f"{group}posts/", group_posts.write, name="write_post"),
    path(f"{group}posts/<int:post>/", group_posts.post, name="group_post"),
    path(f"{group}posts/<int:post>/edit/", group_posts.edit, name="edit_post"),
    path(f"{group}posts/<int:post>/remove/", group_posts.remove, name="remove_post"),
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
]
