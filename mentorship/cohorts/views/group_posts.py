"""Posts, links, the next date and partners of a group: for its members and admins."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from mentorship.cohorts.forms_group_inside import GoalForm, LinkForm, MeetForm, NudgeForm, PostForm
from mentorship.cohorts.models import Group, GroupLink, GroupMember, GroupPost, Nudge, WeekGoal
from mentorship.cohorts.views.frame import page
from mentorship.cohorts.views.group_inside import post_row
from mentorship.cohorts.views.groups import found_group, show
from mentorship.common.errors import Refused
from mentorship.common.rendering.worded import ChangedThere
from mentorship.people.requests import Request


def own_group(request: Request, slug: str, pk: int) -> Group:
    """A group that the reader is in, or any for admins."""
    group = found_group(request, slug, pk)
    present: list[GroupMember] = group.present  # type: ignore[attr-defined]
    if not request.user.is_admin and not any(
        row.joined_at and row.membership.person_id == request.user.pk for row in present
    ):
        raise Http404
    return group


def my_place(request: Request, slug: str, pk: int) -> GroupMember:
    """The reader's own place in the group; an admin who is not in it has none."""
    rows = GroupMember.objects.places_of(request.user).filter(group__cohort__slug=slug, group=pk)
    return get_object_or_404(rows.select_related("membership__person", "group__cohort__stream"))


@require_POST
@login_required
def write(request: Request, slug: str, pk: int) -> HttpResponse:
    """A new post."""
    group, form = own_group(request, slug, pk), PostForm(request.POST)
    if form.is_valid():
        try:
            GroupPost.write(group, by=request.user, text=form.cleaned_data["text"], key=form.cleaned_data["key"])
        except Refused as refusal:
            form.add_error("text", refusal.message)
        else:
            return redirect(f"{group.get_absolute_url()}#posts")
    return show(request, group, status=422, forms={"post": form})


def found_post(request: Request, slug: str, pk: int, post: int) -> GroupPost:
    rows = GroupPost.objects.visible_to(request.user).select_related("author", "group__cohort__stream", "parent")
    return get_object_or_404(rows, pk=post, group=pk, group__cohort__slug=slug)


@require_http_methods(["GET", "POST"])
@login_required
def post(request: Request, slug: str, pk: int, post: int) -> HttpResponse:
    """One post with its replies, what stood there before, and a reply."""
    row = found_post(request, slug, pk, post)
    row = row.parent or row
    form = PostForm(request.POST or None, label="Your reply")
    if request.method == "POST" and form.is_valid():
        try:
            made = GroupPost.write(
                row.group, by=request.user, text=form.cleaned_data["text"], parent=row, key=form.cleaned_data["key"]
            )
        except Refused as refusal:
            form.add_error("text", refusal.message)
        else:
            return redirect(f"{row.get_absolute_url()}#post-{made.pk}")
    base = row.group.get_absolute_url()
    replies = list(row.replies.select_related("author").order_by("pk"))
    context: dict[str, Any] = {
        "group": row.group, "form": form, "posts": [post_row(one, request, base) for one in (row, *replies)],
        "earlier": earlier_of([row, *replies]),
    }  # fmt: skip
    return page(request, "group_post.html", row.group.cohort, "groups", 422 if form.is_bound else 200, **context)


def earlier_of(posts: list[GroupPost]) -> list[dict[str, Any]]:
    """What these posts said before they were edited or deleted, the oldest first."""
    from mentorship.cohorts.models import EarlierText

    rows = EarlierText.objects.filter(grouppost__in=posts).select_related("replaced_by")
    return [{"text": row.text, "by": str(row.replaced_by), "at": row.replaced_at} for row in rows]


@require_http_methods(["GET", "POST"])
@login_required
def edit(request: Request, slug: str, pk: int, post: int) -> HttpResponse:
    row = found_post(request, slug, pk, post)
    if row.author_id != request.user.pk or row.deleted_at:
        raise Http404
    form = PostForm(request.POST or None, initial={"text": row.text, "version": row.edits}, label="Your post")
    status, saved = 422, ""
    if request.method == "POST" and form.is_valid():
        try:
            row.edit(by=request.user, text=form.cleaned_data["text"], version=form.cleaned_data["version"])
        except ChangedThere as refusal:
            form.add_error(None, f"{refusal.message} What was saved there stands below.")
            status, saved = 409, refusal.saved
        except Refused as refusal:
            form.add_error("text", refusal.message)
        else:
            return redirect(f"{row.group.get_absolute_url()}posts/{row.parent_id or row.pk}/#post-{row.pk}")
    status = status if form.is_bound else 200
    return page(
        request, "group_post_edit.html", row.group.cohort, "groups", status, group=row.group, post=row, form=form,
        saved=saved,
    )  # fmt: skip


@require_POST
@login_required
def remove(request: Request, slug: str, pk: int, post: int) -> HttpResponse:
    row = found_post(request, slug, pk, post)
    if row.author_id != request.user.pk and not request.user.is_admin:
        raise Http404
    return verb(request, row.group, lambda: row.remove(by=request.user), "Deleted.", "#posts")


def verb(request: Request, group: Group, call: Any, done: str, anchor: str = "") -> HttpResponse:
    """Do it, say so or why not, and back to the group."""
    try:
        call()
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, done)
    return redirect(f"{group.get_absolute_url()}{anchor}")


@require_POST
@login_required
def share(request: Request, slug: str, pk: int) -> HttpResponse:
    """Share a link."""
    group, form = own_group(request, slug, pk), LinkForm(request.POST)
    if form.is_valid():
        try:
            GroupLink.share(group, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("url", refusal.message)
        else:
            return redirect(f"{group.get_absolute_url()}#links")
    return show(request, group, status=422, forms={"link": form})


@require_POST
@login_required
def unshare(request: Request, slug: str, pk: int, link: int) -> HttpResponse:
    rows = GroupLink.objects.visible_to(request.user)
    rows = rows if request.user.is_admin else rows.filter(added_by=request.user)
    row = get_object_or_404(rows.select_related("group__cohort"), pk=link, group=pk, group__cohort__slug=slug)
    return verb(request, row.group, lambda: row.remove(by=request.user), "Taken out.", "#links")


@require_http_methods(["GET", "POST"])
@login_required
def meet(request: Request, slug: str, pk: int) -> HttpResponse:
    """When the group meets next, on the reader's own clock."""
    group = own_group(request, slug, pk)
    form = MeetForm(request.POST or None, group=group, zone=request.user.zone)
    if request.method == "POST" and form.is_valid():
        try:
            group.meet(by=request.user, meets_at=form.cleaned_data["moment"], where=form.cleaned_data["where"])
        except Refused as refusal:
            form.add_error("clock" if refusal.code == "meets_at" else None, refusal.message)
        else:
            messages.success(request, "Kept; the others are told." if group.meets_at else "No date is set.")
            return redirect(group)
    return page(
        request, "group_meet.html", group.cohort, "groups", 422 if form.is_bound else 200, group=group, form=form
    )


@require_POST
@login_required
def goal(request: Request, slug: str, pk: int) -> HttpResponse:
    """My goal for this week."""
    place, form = my_place(request, slug, pk), GoalForm(request.POST)
    if not form.is_valid():
        return show(request, found_group(request, slug, pk), status=422, forms={"goal": form})
    text = form.cleaned_data["text"]
    return verb(request, place.group, lambda: WeekGoal.aim(place, by=request.user, text=text), "Kept.", "#week")


@require_POST
@login_required
def share_week(request: Request, slug: str, pk: int, shares: bool) -> HttpResponse:
    """Let the partner see one's week, or not any more."""
    place = my_place(request, slug, pk)
    done = "Your partner sees your week from now on." if shares else "Your partner does not see your week any more."
    return verb(request, place.group, lambda: place.share_week(shares, by=request.user), done, "#week")


@require_POST
@login_required
def nudge(request: Request, slug: str, pk: int) -> HttpResponse:
    """A kind word to the partner, once a day."""
    place, form = my_place(request, slug, pk), NudgeForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choose one of the sentences.")
        return redirect(f"{place.group.get_absolute_url()}#week")
    words = form.cleaned_data["words"]
    return verb(request, place.group, lambda: Nudge.give(place.group, by=request.user, words=words), "Told.", "#week")
