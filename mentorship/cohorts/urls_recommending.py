"""What mentors recommend, below the library's own addresses."""

from django.urls import path

from mentorship.cohorts.views import recommending

app_name = "recommending"
urlpatterns = [path("resources/<slug:key>/recommend/", recommending.recommend, name="recommend")]
