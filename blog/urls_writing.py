"""What belongs to the desk besides the form: figures, check list, revisions."""

from django.urls import path

from blog.views import checks, figures, revisions

urlpatterns = [
    path("<int:pk>/figures/", figures.add, name="figures"),
    path("figures/<uuid:key>/describe/", figures.describe, name="describe-figure"),
    path("figures/<uuid:key>/remove/", figures.remove, name="remove-figure"),
    path("<int:pk>/checks/", checks.checks, name="checks"),
    path("<int:pk>/check-links/", checks.check_links, name="check-links"),
    path("<int:pk>/revisions/", revisions.revisions, name="revisions"),
    path("<int:pk>/revisions/<int:version>/restore/", revisions.restore, name="restore"),
]
