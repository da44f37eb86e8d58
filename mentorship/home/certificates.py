"""Whether a certificate is one of ours: for anybody who has its code."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from mentorship.cohorts.graduating import asked_of
from mentorship.cohorts.graduation import certificate as find
from mentorship.cohorts.models import Cohort, Outcome
from mentorship.common.errors import Refused
from mentorship.home.certificate_pdf import certificate_pdf, done
from mentorship.people.requests import Request
from streams.models import Stream


class CodeForm(forms.Form):
    """The code alone, or the whole address."""

    code = forms.CharField(max_length=200, label="Code", help_text="The last part of the certificate's address.")

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"].strip().rstrip("/").rpartition("/")[2]
        if len(code) > 32 or find(code) is None:
            raise forms.ValidationError("No certificate has this code. Look whether all of it was copied.")
        return code


@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """A field for a code; a code that is right leads to its certificate."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("home:certificate", form.cleaned_data["code"])
    return render(request, "home/certificates.html", {"form": form}, status=422 if form.is_bound else 200)


def found_by(code: str) -> Outcome:
    found = find(code) if len(code) <= 32 and code.isascii() and "\x00" not in code else None
    if found is None:
        raise Http404
    return found


@require_safe
@never_cache
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """Who graduated from what, when, with what. Its address is known only to whom it was given.

    The graduate reads there what comes next too.
    """
    found = found_by(code)
    cohort = found.membership.cohort
    context: dict[str, Any] = {
        "outcome": found, "person": found.membership.person, "cohort": cohort, "stream": cohort.stream,
        "done": done(found), "pdf": f"{found.get_absolute_url()}certificate.pdf",
    }  # fmt: skip
    if request.user.is_authenticated and request.user.pk == found.membership.person_id:
        context["following"] = following(cohort)
    answer = render(request, "home/certificate.html", context)
    answer["X-Robots-Tag"] = "noindex"
    return answer


@require_safe
@never_cache
def pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The same as one page to print or to send."""
    found = found_by(code)
    answer = HttpResponse(certificate_pdf(found), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="certificate-{found.membership.person.handle}.pdf"'
    answer["X-Robots-Tag"] = "noindex"
    return answer


@require_POST
@login_required
def offer(request: Request, code: str) -> HttpResponse:
    """The graduate's own offer to mentor, or its taking back; there is none of anybody else's certificate."""
    found = found_by(code)
    if found.membership.person_id != request.user.pk:
        raise Http404
    offers = "take_back" not in request.POST
    try:
        found.offer(by=request.user, offers=offers)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "Thank you. The admins are told." if offers else "Your offer is taken back.")
    return redirect("home:certificate", code)


def following(cohort: Cohort) -> dict[str, Any]:
    """What a graduate of `cohort` may do next: the stream above, with its cohorts, and the one below, to mentor in."""
    streams = {row.number: row for row in Stream.objects.published()}
    above, below = (streams.get(cohort.stream.number + step) for step in (1, -1))
    taking = Cohort.objects.taking_applications().filter(stream=above).order_by("starts_on", "pk")
    return {
        "stream": above, "asked": asked_of([above])[above.pk] if above else None, "below": below,
        "cohorts": [
            {"name": row.name, "url": row.get_absolute_url(), "starts_on": row.starts_on} for row in taking[:3]
        ],
    }  # fmt: skip
