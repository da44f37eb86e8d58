"""The composition root: every app's addresses, one line each."""

from django.contrib import admin
from django.urls import include, path

from mentorship.cohorts.views.directory import mentees
from mentorship.common import dev_mail

urlpatterns = [
    path("", include("mentorship.home.urls")),
    path("", include("mentorship.people.urls")),
    path("accounts/", include("allauth.urls")),
    path("dev/mail/", dev_mail.mails, name="dev_mails"),
    path("dev/mail/<str:name>/", dev_mail.mail, name="dev_mail"),
    path("dev/mail/<str:name>/html/", dev_mail.mail_html, name="dev_mail_html"),
    path("notifications/", include("mentorship.notifications.urls")),
    path("streams/", include("streams.urls")),
    path("study/notes/shared/", include("mentorship.cohorts.urls_shared_notes")),
    path("study/library/", include("mentorship.cohorts.urls_recommending")),
    path("study/", include("mentorship.study.urls")),
    path("cohorts/", include("mentorship.cohorts.urls")),
    path("mentees/", mentees, name="mentees"),
    path("talks/", include("mentorship.cohorts.urls_talks")),
    path("", include("projects.urls")),
    path("blog/", include("blog.urls")),
    path("api/", include("mentorship.api")),
    path("django-admin/", admin.site.urls),
]

handler400 = "mentorship.home.errors.bad_request"
handler404 = "mentorship.home.errors.not_found"
handler500 = "mentorship.home.errors.server_error"
