"""Addresses of sending a post on."""

from django.urls import path

from blog.views import cross_posts

urlpatterns = [
    path("cross-posts/", cross_posts.cross_posts, name="cross-posts"),
    path("cross-posts/webhook/", cross_posts.hook, name="cross-post-webhook"),
    path("cross-posts/<int:pk>/retry/", cross_posts.retry, name="cross-post-retry"),
    path("cross-posts/<int:pk>/withdraw/", cross_posts.withdraw, name="cross-post-withdraw"),
    path("<int:pk>/cross-post/", cross_posts.cross_post, name="cross-post"),
    path("<int:pk>/cross-post/link/", cross_posts.link, name="cross-post-link"),
    path("<int:pk>/take-along/<slug:kind>/", cross_posts.take_along, name="take-along"),
]
