"""Addresses of what readers do."""

from django.urls import path

from blog.views import readers

urlpatterns = [
    path("comments/", readers.reported, name="reported"),
    path("comments/<int:pk>/edit/", readers.edit_comment, name="edit-comment"),
    path("comments/<int:pk>/remove/", readers.remove_comment, name="remove-comment"),
    path("comments/<int:pk>/report/", readers.report_comment, name="report-comment"),
    path("comments/<int:pk>/leave/", readers.leave_comment, name="leave-comment"),
    path("comments/<int:pk>/hide/", readers.hide_comment, name="hide-comment"),
    path("comments/<int:pk>/show/", readers.show_comment, name="show-comment"),
    path("follow/", readers.follow_blog, name="follow-blog"),
    path("by/<slug:handle>/follow/", readers.follow, name="follow"),
    path("<slug:slug>/comments/", readers.comments, name="comments"),
    path("<slug:slug>/thank/", readers.thank, name="thank"),
    path("<slug:slug>/share/", readers.share, name="share"),
]
