from django.urls import path

from mentorship.study.plan import views, views_goals

urlpatterns = [
    path("plan/", views.plan, name="plan"),
    path("plan/adopt/", views.adopt_week, name="adopt_week"),
    path("plan/<int:pk>/", views.slot, name="slot"),
    path("plan/<int:pk>/remove/", views.remove_slot, name="remove_slot"),
    path("goals/", views_goals.goals, name="goals"),
]
