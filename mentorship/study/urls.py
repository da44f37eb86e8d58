from django.urls import path

from mentorship.study import views
from mentorship.study.notes.urls import urlpatterns as notes
from mentorship.study.papers.urls import urlpatterns as papers
from mentorship.study.plan.urls import urlpatterns as plan
from mentorship.study.questions.urls import urlpatterns as questions
from mentorship.study.timer.urls import urlpatterns as timer

app_name = "study"
urlpatterns = [
    path("", views.log, name="log"),
    path("<int:pk>/", views.entry, name="entry"),
    path("<int:pk>/remove/", views.remove, name="remove"),
    *notes,
    *timer,
    *questions,
    *plan,
    *papers,
]
