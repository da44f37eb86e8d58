from django.urls import include, path

from mentorship.study import views
from mentorship.study.jobs.urls import urlpatterns as jobs
from mentorship.study.library.urls import urlpatterns as library
from mentorship.study.notes.urls import urlpatterns as notes
from mentorship.study.papers.urls import urlpatterns as papers
from mentorship.study.plan.urls import urlpatterns as plan
from mentorship.study.questions.urls import urlpatterns as questions
from mentorship.study.reports.urls import urlpatterns as reports
from mentorship.study.timer.urls import urlpatterns as timer

app_name = "study"
urlpatterns = [
    path("", views.log, name="log"),
    path("<int:pk>/", views.entry, name="entry"),
    path("<int:pk>/remove/", views.remove, name="remove"),
    path("library/", include(library)),
    *notes,
    *timer,
    *questions,
    *plan,
    *papers,
    *reports,
    *jobs,
]
