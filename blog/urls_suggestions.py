"""Suggestions and threads at a passage; part of the blog's addresses."""

from django.urls import path

from blog.views import suggestions

urlpatterns = [
    path("<int:pk>/suggestions/", suggestions.suggest, name="suggest"),
    path("<int:pk>/suggestions/<int:number>/accept/", suggestions.accept, name="accept-suggestion"),
    path("<int:pk>/suggestions/<int:number>/refuse/", suggestions.refuse, name="refuse-suggestion"),
    path("<int:pk>/suggestions/<int:number>/withdraw/", suggestions.withdraw, name="withdraw-suggestion"),
    path("<int:pk>/comments/<int:number>/answer/", suggestions.answer, name="answer-comment"),
    path("<int:pk>/comments/<int:number>/resolve/", suggestions.resolve, name="resolve-comment"),
    path("<int:pk>/comments/<int:number>/reopen/", suggestions.reopen, name="reopen-comment"),
]
