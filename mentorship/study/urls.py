from django.urls import path

from mentorship.study import views

app_name = "study"
urlpatterns = [
    path("", views.log, name="log"),
    path("<int:pk>/", views.entry, name="entry"),
    path("<int:pk>/remove/", views.remove, name="remove"),
]
