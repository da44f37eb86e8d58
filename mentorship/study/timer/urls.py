from django.urls import path

from mentorship.study.timer import views

urlpatterns = [
    path("timer/", views.timer, name="timer"),
    path("timer/start/", views.start, name="start_timer"),
    path("timer/<int:pk>/pause/", views.pause, name="pause_timer"),
    path("timer/<int:pk>/resume/", views.resume, name="resume_timer"),
    path("timer/<int:pk>/stop/", views.stop_timer, name="stop_timer"),
    path("timer/<int:pk>/discard/", views.discard, name="discard_timer"),
]
