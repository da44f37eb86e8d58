"""Every address of guest talks."""

from django.urls import path

from mentorship.cohorts.views import talks

app_name = "talks"
urlpatterns = [
    path("", talks.talks, name="talks"),
    path("new/", talks.new, name="new"),
    path("speaker/<str:secret>/", talks.speaker, name="speaker"),
    path("<slug:slug>/", talks.talk, name="talk"),
    path("<slug:slug>/edit/", talks.edit, name="edit"),
    path("<slug:slug>/invite/", talks.invite, name="invite"),
    path("<slug:slug>/announce/", talks.announce, name="announce"),
    path("<slug:slug>/cancel/", talks.cancel, name="cancel"),
    path("<slug:slug>/record/", talks.record, name="record"),
    path("<slug:slug>/sign-up/", talks.sign_up, name="sign_up"),
    path("<slug:slug>/leave/", talks.leave, name="leave"),
]
