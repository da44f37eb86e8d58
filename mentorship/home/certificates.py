"""Whether a certificate is one of ours: for anybody who has its code."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mentorship.cohorts.graduation import certificate as find


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


@require_safe
@never_cache
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """Who graduated from what, when, with what. Its address is known only to whom it was given."""
    found = find(code) if len(code) <= 32 and code.isascii() and "\x00" not in code else None
    if found is None:
        raise Http404
    cohort = found.membership.cohort
    context = {"outcome": found, "person": found.membership.person, "cohort": cohort, "stream": cohort.stream}
    answer = render(request, "home/certificate.html", context)
    answer["X-Robots-Tag"] = "noindex"
    return answer
