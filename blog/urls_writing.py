"""What belongs to the desk besides the form: revisions."""

from django.urls import path

from blog.views import revisions

urlpatterns = [
    path("<int:pk>/revisions/", revisions.revisions, name="revisions"),
    path("<int:pk>/revisions/<int:version>/restore/", revisions.restore, name="restore"),
]
