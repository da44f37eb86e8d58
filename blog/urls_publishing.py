from django.urls import path

from blog.views import cards, publishing

urlpatterns = [
    path("<slug:slug>/card.png", cards.card, name="card"),
    path("<int:pk>/schedule/", publishing.schedule, name="schedule"),
    path("<int:pk>/move/", publishing.move, name="move"),
    path("<int:pk>/feature/", publishing.feature, name="feature"),
    path("<int:pk>/unfeature/", publishing.unfeature, name="unfeature"),
]
