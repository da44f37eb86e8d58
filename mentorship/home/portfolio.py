"""Portfolios as others read them: accepted projects, posts, and the score if its owner shows it."""

from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from blog.posts import posts_published_by
from mentorship.common.card import Card, answered
from mentorship.common.rendering.markdown import excerpt
from projects.models import Portfolio, PortfolioProject
from projects.portfolio.pages import shown_score

POSTS = 6


def found_for(request: HttpRequest, handle: str) -> Portfolio | None:
    """The portfolio of `handle`, as far as the reader may open it. Missing and not theirs to see are the same."""
    rows = Portfolio.objects.visible_to(request.user).select_related("person")
    return rows.filter(person__handle=handle).first()


def absent(request: HttpRequest) -> HttpResponse:
    """404, and for visitors the way to sign-in: what they look for may be there for who is signed in."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    raise Http404


def shown_projects(portfolio: Portfolio) -> list[PortfolioProject]:
    rows = portfolio.projects_shown().select_related("submission__project__item__stream")
    return list(rows.defer("write_up", "write_up_html", "submission__project__requirements"))


@require_safe
def portfolio(request: HttpRequest, handle: str) -> HttpResponse:
    """One person's page."""
    found = found_for(request, handle)
    if found is None:
        return absent(request)
    context = (
        common(request, found)
        | {
            "about": mark_safe(found.about_html),  # noqa: S308 - made safe by the renderer when it was saved
            "projects": [project_row(row, found.person.handle) for row in shown_projects(found)],
            "posts": post_rows(found),
            "score": shown_score(found),
            "description": found.person.headline or (excerpt(found.about, words=30) if found.about else ""),
            "card": f"/portfolio/{found.person.handle}/card.png?{card_of(found).digest[:12]}",
        }
    )
    return render(request, "home/portfolio.html", context)


def post_rows(found: Portfolio) -> list[dict[str, str]]:
    if not found.shows_posts:
        return []
    posts = posts_published_by(found.person).values_list("title", "slug", "teaser")[:POSTS]
    return [{"title": title, "url": f"/blog/{slug}/", "teaser": teaser} for title, slug, teaser in posts]


def project_row(row: PortfolioProject, handle: str) -> dict[str, Any]:
    project = row.submission.project
    return {
        "title": row.title,
        "url": f"/portfolio/{handle}/{row.slug}/",
        "link": row.link,
        "summary": [(name.capitalize(), text) for name, text in row.summary],
        "project": str(project),
        "stream": project.item.stream.number,
        "rounds": row.submission.rounds_count,
        "accepted_at": row.submission.accepted_at,
    }


def common(request: HttpRequest, found: Portfolio) -> dict[str, Any]:
    mine = request.user.is_authenticated and request.user.pk == found.person_id
    return {
        "portfolio": found,
        "person": found.person,
        "mine": mine,
        "base": settings.BASE_URL,
        "address": settings.BASE_URL + request.path,
        "indexed": found.visibility == Portfolio.Visibility.PUBLIC,
    }


def project_for(found: Portfolio | None, slug: str) -> PortfolioProject | None:
    if found is None:
        return None
    rows = found.projects_shown().select_related("submission__project__item__stream")
    return rows.filter(slug=slug).first()


@require_safe
def project(request: HttpRequest, handle: str, slug: str) -> HttpResponse:
    """One project of a portfolio, with its write-up. Its owner sees it before it is shown, too."""
    found = found_for(request, handle)
    row = project_for(found, slug)
    if found and row is None and request.user.pk == found.person_id:
        row = found.accepted_projects().select_related("submission__project__item__stream").filter(slug=slug).first()
    if found is None or row is None:
        return absent(request)
    context = (
        common(request, found)
        | {
            "row": row,
            "hidden": not row.shown,
            "edit": f"/my-portfolio/projects/{row.pk}/",
            "portfolio_url": f"/portfolio/{handle}/",
            "project": project_row(row, handle),
            "write_up": mark_safe(row.write_up_html),  # noqa: S308 - as above
            "description": " ".join(text for _name, text in row.summary)[:300],
            "card": f"/portfolio/{handle}/{row.slug}/card.png?{card_of(found, row).digest[:12]}",
        }
    )
    return render(request, "home/portfolio_project.html", context)


def card_of(found: Portfolio, row: PortfolioProject | None = None) -> Card:
    if row:
        note = f"Accepted after {row.submission.rounds_count} round{'' if row.submission.rounds_count == 1 else 's'}"
        return Card(
            found.person.name, row.title, row.result or row.what, note, row.submission.project.item.stream.number
        )
    count = found.projects_shown().count()
    note = f"{count} accepted project{'' if count == 1 else 's'}"
    return Card("Portfolio", found.person.name, found.person.headline, note)


@require_safe
def card(request: HttpRequest, handle: str) -> HttpResponse:
    found = found_for(request, handle)
    return picture(request, found, card_of(found)) if found else absent(request)


@require_safe
def project_card(request: HttpRequest, handle: str, slug: str) -> HttpResponse:
    found = found_for(request, handle)
    row = project_for(found, slug)
    return picture(request, found, card_of(found, row)) if found and row else absent(request)


def picture(request: HttpRequest, found: Portfolio, said: Card) -> HttpResponse:
    return answered(request, said, public=found.visibility == Portfolio.Visibility.PUBLIC)
