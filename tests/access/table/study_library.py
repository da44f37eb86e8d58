from tests.access.table import row

API = {"visitor": "401"}
STRANGERS = {"outsider": "404", "applicant": "404"}  # in no cohort
KEEPER = {"admin": "in"}


def resource(w):
    return [w.resource.key]


def suggested(w):
    return [w.suggested.key]


def roadmap(w):
    return [w.roadmap.key]


def step(w):
    return [w.roadmap.key, w.step.key]


def annotation(w):
    return [w.annotation.pk]


def reported(w):
    return [w.reported_annotation.pk]


def hidden(w):
    return [w.hidden_annotation.pk]


def suggestion(w):
    said = {"kind": "book", "topic": "data", "level": 1, "cost": "free", "about": "It helped."}
    return said | {"url": "https://newer.test/", "title": "Newer"}


def to_mentee(w):
    return {"resource": w.resource.key, "people": [w.people["mentee"].handle]}


LOGIN = {"visitor": "login"}
MENTORS = {"mentor": "in", "other_mentor": "in", "admin": "in"}
OWN = {"mentee": "in"}
TEXT = {"data": lambda w: {"text": "Read it twice.", "version": 1}}
REASON = {"data": lambda w: {"reason": "Off topic"}}
ROWS = [
    row("study:library", "GET"),
    row("study:resource", "GET", resource),
    row("study:roadmaps", "GET"),
    row("study:roadmap", "GET", roadmap),
    row("study:my_list", "GET", **LOGIN),
    row("study:keep_resource", "POST", resource, data=lambda w: {"state": "done"}, **LOGIN),
    row("study:rate_resource", "POST", resource, data=lambda w: {"stars": 4}, **LOGIN),
    row("study:annotate", "POST", resource, **TEXT, **LOGIN, **STRANGERS),
    row("study:suggest_resource", "GET", **LOGIN, **STRANGERS),
    row("study:suggest_resource", "POST", data=suggestion, **LOGIN, **STRANGERS),
    row("study:resource_suggestions", "GET", rest="404", **LOGIN, **KEEPER),
    row("study:accept_suggestion", "POST", suggested, "404", **LOGIN, **KEEPER),
    row("study:refuse_suggestion", "POST", suggested, "404", **REASON, **LOGIN, **KEEPER),
    row("study:follow_roadmap", "POST", roadmap, **LOGIN),
    row("study:unfollow_roadmap", "POST", roadmap, **LOGIN),
    row("study:mark_step", "POST", step, **LOGIN),
    row("study:annotation", "GET", annotation, "404", **LOGIN, **OWN),
    row("study:annotation", "POST", annotation, "404", **TEXT, **LOGIN, **OWN),
    row("study:remove_annotation", "POST", annotation, "404", **LOGIN, **OWN),
    row("study:report_annotation", "POST", annotation, **LOGIN, **STRANGERS),
    row("study:leave_annotation", "POST", reported, "404", **LOGIN, **KEEPER),
    row("study:hide_annotation", "GET", annotation, "404", **LOGIN, **KEEPER),
    row("study:hide_annotation", "POST", annotation, "404", **REASON, **LOGIN, **KEEPER),
    row("study:show_annotation", "POST", hidden, "404", **LOGIN, **KEEPER),
    row("study:reported_annotations", "GET", rest="404", **LOGIN, **KEEPER),
    row("recommending:recommend", "GET", resource, "404", **LOGIN, **MENTORS),
    row("recommending:recommend", "POST", resource, "404", data=to_mentee, **LOGIN, **MENTORS),
    row("api:recommendation-list", "GET", **API),
    row("api:recommendation-list", "POST", rest="404", data=to_mentee, **API, **MENTORS),
    row("api:resource-list", "GET"),
    row("api:resource-list", "POST", data=suggestion, **API),
    row("api:resource-detail", "GET", resource),
    row("api:resource-keep", "PUT", resource, **API),
    row("api:resource-keep", "DELETE", resource, **API),
    row("api:resource-rate", "PUT", resource, **API),
    row("api:resource-annotate", "POST", resource, **TEXT, **API, **STRANGERS),
    row("api:resource-suggestions", "GET", rest="404", **API, **KEEPER),
    row("api:resource-accept", "POST", suggested, "404", **API, **KEEPER),
    row("api:resource-refuse", "POST", suggested, "404", **REASON, **API, **KEEPER),
    row("api:list-entry-list", "GET", **API),
    row("api:annotation-list", "GET", **API),
    row("api:annotation-detail", "GET", annotation, **API, **STRANGERS),
    row("api:annotation-detail", "PATCH", annotation, "404", **API, **OWN),
    row("api:annotation-detail", "DELETE", annotation, "404", **API, **OWN),
    row("api:annotation-report", "POST", annotation, **API, **STRANGERS),
    row("api:annotation-leave", "POST", reported, "404", **API, **KEEPER),
    row("api:annotation-hide", "POST", annotation, "404", **REASON, **API, **KEEPER),
    row("api:annotation-show", "POST", hidden, "404", **API, **KEEPER),
    row("api:roadmap-list", "GET"),
    row("api:roadmap-detail", "GET", roadmap),
    row("api:roadmap-follow", "POST", roadmap, **API),
    row("api:roadmap-unfollow", "POST", roadmap, **API),
    row("api:roadmap-mark", "POST", roadmap, data=lambda w: {"step": w.step.key}, **API),
]
