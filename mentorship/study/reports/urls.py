from django.urls import path

from mentorship.study.reports import views

urlpatterns = [
    path("reports/", views.reports, name="reports"),
    path("reports/make/", views.report, name="report"),
    path("reports/<int:pk>/settle/", views.settle, name="settle_report"),
]
