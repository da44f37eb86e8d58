from tests.access.table import row

OWN = {"visitor": "login", "mentee": "in", "admin": "in"}
EDITORS = {"visitor": "login", "editor": "in", "admin": "in"}
EDIT = EDITORS | {"mentor": "in"}  # of the author
AHEAD = {"moment": "2030-01-01T09:00:00Z"}
SAYS = {"text": "A word."}


def draft(w):
    return [w.draft.pk]


def in_editing(w):
    return [w.edited_post.pk]


def idea(w):
    return [w.idea.pk]


def ready(w):
    return [w.ready_post.pk]


def published(w):
    return [w.post.pk]


def together(w):
    return [w.together.pk]


def coauthor(w):
    return [w.coauthor.pk]


def ask(w):
    return {"handle": w.people["mentor"].handle}


ASKED = {"visitor": "login", "other_mentee": "in"}
ASKER = {"visitor": "login", "mentee": "in"}

WATCH = {"visitor": "login", "mentor": "in", "editor": "in", "admin": "in"}

ROWS = [
    row("blog:board", "GET", visitor="login"),
    row("blog:board-cohort", "GET", lambda w: [w.cohort.slug], "404", **WATCH),
    row("blog:new-idea", "GET", visitor="login"),
    row("blog:new-idea", "POST", data=lambda w: {"title": "Why"}, visitor="login"),
    row("blog:pitch", "GET", idea, "404", **OWN),
    row("blog:pitch", "POST", idea, "404", data=lambda w: {"tried": "Trees"}, **OWN),
    row("blog:coauthors", "GET", together, "404", **ASKER),
    row("blog:coauthors", "POST", together, "404", data=ask, **ASKER),
    row("blog:coauthor", "GET", coauthor, "404", **ASKED),
    row("blog:agree", "POST", coauthor, "404", **ASKED),
    row("blog:refuse", "POST", coauthor, "404", **ASKED),
    row("blog:leave", "POST", coauthor, "404", **ASKED),
    row("blog:remove", "POST", coauthor, "404", **ASKER),
    row("blog:index", "GET"),
    row("blog:feed", "GET"),
    row("blog:author", "GET", lambda w: [w.people["mentee"].handle]),
    row("blog:post", "GET", lambda w: [w.post.slug]),
    row("blog:mine", "GET", visitor="login"),
    row("blog:new", "GET", visitor="login"),
    row("blog:new", "POST", data=lambda w: {"title": "Why"}, visitor="login"),
    row("blog:preview", "POST", data=lambda w: {"body": "*Why*"}, visitor="login"),
    row("blog:editing", "GET", rest="404", **EDIT, other_mentor="in"),
    row("blog:edit", "GET", draft, "404", **OWN),
    row("blog:edit", "POST", draft, "404", data=lambda w: {"title": "Why", "version": 1}, **OWN),
    row("blog:start", "POST", idea, "404", **OWN),
    row("blog:reopen", "POST", ready, "404", **OWN, editor="in", mentor="in"),
    row("blog:mark-ready", "POST", in_editing, "404", **EDIT),
    row("blog:ask-for-editing", "POST", draft, "404", **OWN),
    row("blog:discard", "POST", draft, "404", **OWN),
    row("blog:comment", "POST", in_editing, "404", data=lambda w: SAYS, **OWN, editor="in", mentor="in"),
    row("blog:take", "POST", in_editing, "404", **EDIT),
    row("blog:give-back", "POST", in_editing, "404", data=lambda w: SAYS, **EDIT),
    row("blog:publish", "POST", in_editing, "404", **EDITORS),
    row("blog:unpublish", "POST", published, "404", data=lambda w: SAYS, **EDITORS),
]

MEMBERS = {"visitor": "login", "outsider": "404", "applicant": "404"}


def slug(w):
    return [w.post.slug]


def commented(w):
    return [w.reader_comment.pk]


def hidden_comment(w):
    return [w.hidden_comment.pk]


def reported_comment(w):
    return [w.reported_comment.pk]


ROWS += [
    row("blog:comments", "GET", slug),
    row("blog:comments", "POST", slug, data=lambda w: SAYS, **MEMBERS),
    row("blog:thank", "POST", slug, visitor="login"),
    row("blog:share", "POST", slug, "404", data=lambda w: {"cohort": w.cohort.slug}, **OWN, editor="in"),
    row("blog:follow-blog", "POST", visitor="login"),
    row("blog:follow", "POST", lambda w: [w.people["mentee"].handle], visitor="login"),
    row("blog:reported", "GET", rest="404", **EDITORS),
    row("blog:edit-comment", "GET", commented, "404", visitor="login", other_mentee="in"),
    row("blog:edit-comment", "POST", commented, "404", data=lambda w: SAYS, visitor="login", other_mentee="in"),
    row("blog:remove-comment", "POST", commented, "404", visitor="login", other_mentee="in"),
    row("blog:report-comment", "POST", commented, **MEMBERS),
    row("blog:hide-comment", "GET", commented, "404", **OWN, editor="in"),
    row("blog:hide-comment", "POST", commented, "404", data=lambda w: {"reason": "Off topic"}, **OWN, editor="in"),
    row("blog:show-comment", "POST", hidden_comment, "404", **EDITORS),
    row("blog:leave-comment", "POST", reported_comment, "404", **EDITORS),
]

API = {"visitor": "401"}
API_MEMBERS = API | {"outsider": "404", "applicant": "404"}
API_OWN = API | {"mentee": "in"}
API_EDIT = API | {"editor": "in", "admin": "in", "mentor": "in"}
API_TOGETHER = API | {"mentee": "in", "other_mentee": "in"}
API_COMMENTER = API | {"other_mentee": "in"}
API_HOUSE = API_OWN | {"editor": "in", "admin": "in"}
API_EDITORS = API | {"editor": "in", "admin": "in"}

ROWS += [
    row("api:goal", "GET", **API),
    row("api:pitch-list", "GET", **API),
    row("api:pitch-list", "POST", data=lambda w: {"title": "Why"}, **API),
    row("api:pitch-detail", "GET", idea, "404", mentee="in", **API),
    row("api:pitch-detail", "PATCH", idea, "404", data=lambda w: {"saw": ""}, mentee="in", **API),
    row("api:writing-list", "GET", **API),
    row("api:writing-detail", "GET", lambda w: [w.cohort.slug], "404", mentor="in", editor="in", admin="in", **API),
    row("api:coauthor-list", "GET", **API),
    row("api:coauthor-list", "POST", rest="404", data=lambda w: ask(w) | {"post": w.together.pk}, mentee="in", **API),
    row("api:coauthor-detail", "GET", coauthor, "404", **API_TOGETHER),
    row("api:coauthor-agree", "POST", coauthor, "404", **API_TOGETHER),
    row("api:coauthor-refuse", "POST", coauthor, "404", **API_TOGETHER),
    row("api:coauthor-leave", "POST", coauthor, "404", **API_TOGETHER),
    row("api:coauthor-remove", "POST", coauthor, "404", **API_TOGETHER),
    row("api:post-list", "GET"),
    row("api:post-detail", "GET", lambda w: [w.post.slug]),
    row("api:post-comments", "GET", slug),
    row("api:post-comments", "POST", slug, data=lambda w: SAYS, **API_MEMBERS),
    row("api:post-thanks", "POST", slug, **API),
    row("api:post-thanks", "DELETE", slug, **API),
    row("api:post-share", "POST", slug, "404", data=lambda w: {"cohort": w.cohort.slug}, **API_OWN),
    row("api:follow-list", "GET", **API),
    row("api:follow-list", "POST", data=lambda w: {}, **API),
    row("api:follow-end", "POST", data=lambda w: {}, **API),
    row("api:reader-comment-list", "GET", **API),
    row("api:reader-comment-detail", "GET", commented, **API),
    row("api:reader-comment-detail", "PATCH", commented, "404", data=lambda w: SAYS | {"edits": 0}, **API_COMMENTER),
    row("api:reader-comment-detail", "DELETE", commented, "404", **API_COMMENTER),
    row("api:reader-comment-report", "POST", commented, **API_MEMBERS),
    row("api:reader-comment-hide", "POST", commented, "404", data=lambda w: {"reason": "No"}, **API_HOUSE),
    row("api:reader-comment-show", "POST", hidden_comment, "404", **API_EDITORS),
    row("api:reader-comment-leave", "POST", reported_comment, "404", **API_EDITORS),
    row("api:my-post-list", "GET", **API),
    row("api:my-post-list", "POST", data=lambda w: {"title": "Why"}, **API),
    row("api:my-post-detail", "GET", draft, "404", **API_OWN),
    row("api:my-post-detail", "PATCH", draft, "404", data=lambda w: {"version": 1}, **API_OWN),
    row("api:my-post-detail", "DELETE", draft, "404", **API_OWN),
    row("api:my-post-start", "POST", idea, "404", **API_OWN),
    row("api:my-post-reopen", "POST", ready, "404", **API_OWN),
    row("api:my-post-ask-for-editing", "POST", draft, "404", **API_OWN),
    row("api:my-post-comments", "GET", in_editing, "404", **API_OWN),
    row("api:my-post-comments", "POST", in_editing, "404", data=lambda w: SAYS, **API_OWN),
    row("api:editing-list", "GET", rest="404", **API_EDIT, other_mentor="in"),
    row("api:editing-detail", "GET", in_editing, "404", **API_EDIT),
    row("api:editing-detail", "PATCH", in_editing, "404", data=lambda w: {"version": 1}, **API_EDIT),
    row("api:editing-comments", "GET", in_editing, "404", **API_EDIT),
    row("api:editing-comments", "POST", in_editing, "404", data=lambda w: SAYS, **API_EDIT),
    row("api:editing-take", "POST", in_editing, "404", **API_EDIT),
    row("api:editing-reopen", "POST", ready, "404", **API_EDIT),
    row("api:editing-mark-ready", "POST", in_editing, "404", **API_EDIT),
    row("api:editing-schedule", "POST", ready, "404", data=lambda w: AHEAD, **API_EDIT),
    row("api:editing-publish", "POST", in_editing, "404", **API_EDIT),
    row("api:editing-give-back", "POST", in_editing, "404", data=lambda w: SAYS, **API_EDIT),
    row("api:editing-unpublish", "POST", published, "404", data=lambda w: SAYS, **API, editor="in", admin="in"),
]
