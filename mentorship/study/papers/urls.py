from django.urls import path

from mentorship.study.papers import views
from mentorship.study.papers.models import MOVES

urlpatterns = [
    path("papers/", views.papers, name="papers"),
    path("papers/<int:pk>/", views.paper, name="paper"),
    path("papers/<int:pk>/describe/", views.describe, name="describe_paper"),
    path("papers/<int:pk>/ask/", views.ask, name="ask_paper"),
    path("papers/<int:pk>/passes/<int:number>/", views.note_pass, name="note_pass"),
    path("papers/<int:pk>/remove/", views.remove, name="remove_paper"),
    *(
        path(f"papers/<int:pk>/{verb.replace('_', '-')}/", views.move, {"verb": verb}, name=f"paper_{verb}")
        for verb in MOVES
    ),
]
