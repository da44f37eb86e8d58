from django.urls import path

from blog import urls_importing, urls_writing
from blog.views import board, coauthors, desk, editing, figures, public

app_name = "blog"
urlpatterns = [
    path("", public.index, name="index"),
    path("feed/", public.feed, name="feed"),
    path("by/<slug:handle>/", public.author, name="author"),
    path("mine/", desk.mine, name="mine"),
    path("new/", desk.new, name="new"),
    path("preview/", desk.preview, name="preview"),
    path("figures/<uuid:key>.webp", figures.figure, name="figure"),
    path("editing/", editing.board, name="editing"),
    path("<int:pk>/edit/", desk.edit, name="edit"),
    *urls_writing.urlpatterns,
    path("<int:pk>/start/", desk.start, name="start"),
    path("<int:pk>/reopen/", desk.reopen, name="reopen"),
    path("<int:pk>/ask-for-editing/", desk.ask_for_editing, name="ask-for-editing"),
    path("<int:pk>/comment/", desk.comment, name="comment"),
    path("<int:pk>/discard/", desk.discard, name="discard"),
    path("board/", board.board, name="board"),
    path("board/<slug:slug>/", board.cohort, name="board-cohort"),
    path("ideas/new/", board.new_idea, name="new-idea"),
    path("<int:pk>/pitch/", board.pitch, name="pitch"),
    path("<int:pk>/coauthors/", coauthors.coauthors, name="coauthors"),
    path("coauthors/<int:pk>/", coauthors.coauthor, name="coauthor"),
    path("coauthors/<int:pk>/agree/", coauthors.agree, name="agree"),
    path("coauthors/<int:pk>/refuse/", coauthors.refuse, name="refuse"),
    path("coauthors/<int:pk>/leave/", coauthors.leave, name="leave"),
    path("coauthors/<int:pk>/remove/", coauthors.remove, name="remove"),
    path("<int:pk>/take/", editing.take, name="take"),
    path("<int:pk>/give-back/", editing.give_back, name="give-back"),
    path("<int:pk>/mark-ready/", editing.mark_ready, name="mark-ready"),
    path("<int:pk>/publish/", editing.publish, name="publish"),
    path("<int:pk>/unpublish/", editing.unpublish, name="unpublish"),
    *urls_importing.urlpatterns,
    path("<slug:slug>/", public.post, name="post"),
]
