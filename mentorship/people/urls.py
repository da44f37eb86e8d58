from django.urls import path

from mentorship.people import views

app_name = "people"
urlpatterns = [
    path("people/<slug:handle>/", views.profile, name="profile"),
    path("settings/", views.start, name="start"),
    path("settings/profile/", views.settings, name="settings"),
    path("settings/account/", views.account, name="account"),
    path("settings/tokens/", views.tokens, name="tokens"),
    path("settings/tokens/<int:pk>/revoke/", views.revoke, name="revoke"),
    path(".well-known/change-password", views.change_password, name="change_password"),
]
