"""GitHub tells what became of a pull request: signed, each delivery once."""

import hashlib
import hmac
import json
from typing import Any

from django.conf import settings
from django.db import transaction

from blog.crossposting.destination import Stands
from blog.models.cross_post import CrossPost, CrossPostDelivery
from mentorship.common.enqueue import enqueue

CLOSED = "The pull request was closed without being merged."
ASKED = "Somebody who looks after the blog asks for changes; read them there."


def signed(body: bytes, signature: str) -> bool:
    """Whether `signature` is one of our secrets' over exactly these bytes."""
    given = signature.encode("utf-8", "replace")
    matches = [
        hmac.compare_digest(b"sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest().encode(), given)
        for secret in settings.CROSSPOST_WEBHOOK_SECRETS
        if secret
    ]
    return any(matches)


@transaction.atomic
def received(event: str, delivery: str, body: bytes) -> bool:
    """Take over what a signed delivery says; False if it came before, or says nothing to us."""
    _, new = CrossPostDelivery.objects.get_or_create(delivery=delivery)
    if not new:
        return False
    row, said = _said(body)
    if row is None:
        return False
    pull = said["pull_request"]
    action = said.get("action")
    if event == "pull_request" and action in ("closed", "reopened", "opened"):
        state = "merged" if pull.get("merged") is True else "closed" if action == "closed" else "open"
        row.stand(Stands(state, CLOSED if state == "closed" else ""))
        return True
    if event == "pull_request_review":
        review = said.get("review")
        if action == "submitted" and isinstance(review, dict) and review.get("state") == "changes_requested":
            row.stand(Stands("changes_requested", ASKED))
        else:
            enqueue("blog.look_at_cross_post", row.pk)  # others may still ask for changes: all reviews count
        return True
    return False


def _said(body: bytes) -> tuple[CrossPost | None, dict[str, Any]]:
    """The cross-post that the delivery is about, and what it says; None for another repository or pull request."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return None, {}
    pull = said.get("pull_request") if isinstance(said, dict) else None
    repository = said.get("repository") if isinstance(said, dict) else None
    if not isinstance(pull, dict) or not isinstance(repository, dict):
        return None, {}
    number, name = pull.get("number"), str(repository.get("full_name", ""))
    if not isinstance(number, int) or not 0 < number < 2**31:
        return None, {}
    if name.lower() != settings.CROSSPOST_GITHUB_REPOSITORY.lower():
        return None, {}
    rows = CrossPost.objects.select_related("post__author", "post__editor", "asked_by")
    return rows.filter(destination="jekyll", number=number).first(), said
