"""The library: what to learn from, who recommends it, and the paths through it."""

from mentorship.study.library.models.annotation import Annotation, AnnotationQuerySet
from mentorship.study.library.models.link import LinkCheck, LinkHost
from mentorship.study.library.models.recommendation import Recommendation
from mentorship.study.library.models.resource import Cost, Kind, Resource, ResourceQuerySet, Source, Topic
from mentorship.study.library.models.roadmap import Following, Roadmap, RoadmapStep, StepDone, StepResource
from mentorship.study.library.models.shelf import ListEntry, Rating

__all__ = [
    "Annotation",
    "AnnotationQuerySet",
    "Cost",
    "Following",
    "Kind",
    "LinkCheck",
    "LinkHost",
    "ListEntry",
    "Rating",
    "Recommendation",
    "Resource",
    "ResourceQuerySet",
    "Roadmap",
    "RoadmapStep",
    "Source",
    "StepDone",
    "StepResource",
    "Topic",
]
