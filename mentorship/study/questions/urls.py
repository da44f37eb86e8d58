"""Every address of practice and of the bank."""

from django.urls import path

from mentorship.study.questions import views, views_bank

urlpatterns = [
    path("practice/", views.practice, name="practice"),
    path("practice/undo/", views.undo, name="undo"),
    path("practice/figures/", views.figures, name="figures"),
    path("practice/<int:pk>/rate/", views.rate, name="rate"),
    path("practice/<int:pk>/leave-out/", views.suspend, name="leave_out"),
    path("practice/<int:pk>/take-up/", views.resume, name="take_up"),
    path("questions/", views_bank.questions, name="questions"),
    path("questions/add/", views_bank.add, name="add_questions"),
    path("questions/write/", views_bank.write, name="write_question"),
    path("questions/<int:pk>/", views_bank.question, name="question"),
    path("questions/<int:pk>/edit/", views_bank.edit, name="edit_question"),
    path("questions/<int:pk>/retire/", views_bank.retire, name="retire_question"),
]
