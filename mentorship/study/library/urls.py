"""The addresses of the library, below `/study/library/`."""

from django.urls import path

from mentorship.study.library import views, views_annotations, views_roadmaps, views_suggestions

urlpatterns = [
    path("", views.index, name="library"),
    path("mine/", views.mine, name="my_list"),
    path("suggest/", views_suggestions.suggest, name="suggest_resource"),
    path("suggestions/", views_suggestions.suggestions, name="resource_suggestions"),
    path("reported/", views_annotations.reported, name="reported_annotations"),
    path("roadmaps/", views_roadmaps.roadmaps, name="roadmaps"),
    path("roadmaps/<slug:key>/", views_roadmaps.roadmap, name="roadmap"),
    path("roadmaps/<slug:key>/follow/", views_roadmaps.follow, name="follow_roadmap"),
    path("roadmaps/<slug:key>/unfollow/", views_roadmaps.unfollow, name="unfollow_roadmap"),
    path("roadmaps/<slug:key>/<slug:step>/mark/", views_roadmaps.mark, name="mark_step"),
    path("resources/<slug:key>/", views.resource, name="resource"),
    path("resources/<slug:key>/keep/", views.keep, name="keep_resource"),
    path("resources/<slug:key>/rate/", views.rate, name="rate_resource"),
    path("resources/<slug:key>/annotate/", views_annotations.annotate, name="annotate"),
    path("resources/<slug:key>/accept/", views_suggestions.accept_suggestion, name="accept_suggestion"),
    path("resources/<slug:key>/refuse/", views_suggestions.refuse_suggestion, name="refuse_suggestion"),
    path("annotations/<int:pk>/", views_annotations.annotation, name="annotation"),
    path("annotations/<int:pk>/remove/", views_annotations.remove_annotation, name="remove_annotation"),
    path("annotations/<int:pk>/report/", views_annotations.report_annotation, name="report_annotation"),
    path("annotations/<int:pk>/leave/", views_annotations.leave_annotation, name="leave_annotation"),
    path("annotations/<int:pk>/hide/", views_annotations.hide_annotation, name="hide_annotation"),
    path("annotations/<int:pk>/show/", views_annotations.show_annotation, name="show_annotation"),
]
