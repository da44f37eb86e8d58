"""What only the members of a group read on its page, and admins: posts, links, the next date, the partner's week."""

from typing import Any

from mentorship.cohorts.forms_group_inside import GoalForm, LinkForm, PostForm
from mentorship.cohorts.models import Group, GroupMember, GroupPost, Nudge
from mentorship.cohorts.week import partners_of
from mentorship.common.clock import now
from mentorship.common.pages import paginate
from mentorship.common.times import exact, time_html
from mentorship.people.requests import Request

POSTS = 20


def post_row(post: GroupPost, request: Request, base: str) -> dict[str, Any]:
    """One post or reply as it is shown."""
    own = post.author_id == request.user.pk
    return {
        "pk": post.pk, "name": str(post.author), "html": post.html, "at": time_html(post.created_at),
        "edited": bool(post.edits) and not post.deleted_at, "deleted": bool(post.deleted_at),
        "url": f"{base}posts/{post.parent_id or post.pk}/", "own": own and not post.deleted_at,
        "edit": f"{base}posts/{post.pk}/edit/", "remove": f"{base}posts/{post.pk}/remove/",
        "may_remove": (own or request.user.is_admin) and not post.deleted_at,
    }  # fmt: skip


def posts_of(request: Request, group: Group) -> Any:
    """A page of posts, the newest first, each with its replies; two queries."""
    base = group.get_absolute_url()
    found = paginate(request, group.posts.filter(parent=None).select_related("author").order_by("-pk"), POSTS)
    rows = {post.pk: post_row(post, request, base) | {"replies": []} for post in found}
    for reply in GroupPost.objects.filter(parent__in=rows).select_related("author").order_by("pk"):
        rows[reply.parent_id or 0]["replies"].append(post_row(reply, request, base))
    found.rows = list(rows.values())
    return found


def inside(request: Request, group: Group, present: list[GroupMember], forms: dict[str, Any]) -> dict[str, Any]:
    """For the page of `group`; `forms` are those that came back with what is wrong in them."""
    links = [
        {"pk": row.pk, "title": row.title, "url": row.url, "by": str(row.added_by),
         "remove": f"{group.get_absolute_url()}links/{row.pk}/remove/"
         if row.added_by_id == request.user.pk or request.user.is_admin else ""}
        for row in group.links.select_related("added_by")
    ]  # fmt: skip
    context: dict[str, Any] = {
        "inside": True, "posts": posts_of(request, group), "links": links,
        "post_form": forms.get("post") or PostForm(), "link_form": forms.get("link") or LinkForm(),
        "meets": exact(group.meets_at) if group.meets_at and group.meets_at > now() else "",
    }  # fmt: skip
    if group.kind == Group.Kind.ACCOUNTABILITY:
        context |= partners(request, present, forms)
    return context


def partners(request: Request, present: list[GroupMember], forms: dict[str, Any]) -> dict[str, Any]:
    """One's own goal and consent, and the partner's week if they share it."""
    pair = partners_of(present, request.user)
    if pair is None:
        return {}
    return {
        "me": pair.me, "my_week": pair.mine, "partner": pair.partner, "partner_week": pair.theirs,
        "partner_pauses": pair.partner_pauses, "nudged": pair.nudged,
        "goal_form": forms.get("goal") or GoalForm(initial={"text": pair.mine.goal}), "sentences": Nudge.Words.choices,
    }  # fmt: skip
