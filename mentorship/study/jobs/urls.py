from django.urls import path

from mentorship.study.jobs import views
from mentorship.study.jobs.models import STEPS

urlpatterns = [
    path("jobs/", views.jobs, name="jobs"),
    path("jobs/table/", views.table, name="jobs_table"),
    path("jobs/export/", views.export, name="export_jobs"),
    path("jobs/<int:pk>/", views.job, name="job"),
    path("jobs/<int:pk>/remove/", views.remove, name="remove_job"),
    *(path(f"jobs/<int:pk>/{verb}/", views.step, {"verb": verb}, name=f"job_{verb}") for verb in STEPS),
    path("resumes/", views.resumes, name="resumes"),
    path("resumes/<int:pk>/check/", views.check_resume, name="check_resume"),
    path("resumes/<int:pk>/remove/", views.remove_resume, name="remove_resume"),
]
