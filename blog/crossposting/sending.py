"""What the page of a post's ways elsewhere shows: the places, and the dry run."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings

from blog.cross_post_forms import SendForm
from blog.crossposting.destination import Preview, Trouble
from blog.crossposting.registry import DESTINATIONS
from blog.models import Post
from mentorship.common.rendering.errors import RenderError

TOKENS = {
    "fork": "github.com → Settings → Developer settings → Fine-grained tokens: your fork, with “Contents” and "
    "“Pull requests” to read and write; or a classic one with public_repo.",
    "devto": "dev.to → Settings → Extensions → DEV Community API Keys.",
    "hashnode": "hashnode.com → Account settings → Developer → Personal access token.",
}


@dataclass(frozen=True)
class Place:
    """One way to one destination, with its form; `why` says what stands in the way of it now."""

    destination: str
    way: str
    label: str
    form: SendForm
    token_from: str
    possible: bool
    why: str = ""


def places(post: Post, person: Any, bound: SendForm | None, rows: list[dict[str, Any]]) -> dict[str, Place]:
    """The ways that `person` has with this post, of which `rows` says where it stands; `bound` is what they typed."""
    own, out = post.author_id == person.pk, post.state == Post.State.PUBLISHED
    jekyll = bool(settings.CROSSPOST_JEKYLL_URL)
    ways = [
        ("jekyll", "program", out and jekyll and (own or person.is_editor)),
        ("jekyll", "fork", out and jekyll and own),
        ("devto", "account", out and own),
        ("hashnode", "account", out and own),
    ]
    found = {}
    for destination, way, may in ways:
        name = way if destination == "jekyll" else destination
        mine = bound is not None and (bound.data.get("destination"), bound.data.get("way")) == (destination, way)
        form = bound if mine and bound is not None else SendForm(initial={"destination": destination, "way": way})
        form.auto_id = f"id_{name}_%s"
        form.fields["secret"].required = way in ("fork", "account")  # for its label; `queue` asks for it
        form.fields["publication"].required = destination == "hashnode"
        label, why = standing(rows, destination, way)
        found[name] = Place(destination, way, label, form, TOKENS.get(name, ""), may and (not why or mine), why)
    return found


def standing(rows: list[dict[str, Any]], destination: str, way: str) -> tuple[str, str]:
    """What the button says for a post that stands there already, and why there is none."""
    last = max((row for row in rows if row["destination"] == destination), key=lambda row: row["id"], default=None)
    if last is None or last["state"] == "closed":
        return "", ""
    if last["state"] == "queued":
        return "", "It is on its way there."
    if last["state"] == "failed":
        return "", "It did not get there; try again above, or take it back first."
    if last["live"] and last["way"] != way:
        return "", "It is open there, sent another way."
    if not last["behind"]:
        return "", "It is there as it stands here. Once the post is edited, the change can be sent."
    return "Send the change", ""


def dry_run(post: Post, destination: str = "jekyll") -> Preview:
    """What would be sent now; a text that cannot be written is said among the problems."""
    try:
        return DESTINATIONS[destination].preview(post)
    except (Trouble, RenderError) as error:
        return Preview([], [], [error.message])
