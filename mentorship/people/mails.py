"""Letters: one text each, sent as text and as HTML made from it; those about accounts come from templates.

A template's first line is the subject, then an empty line, then paragraphs. A paragraph that is nothing but an
address of this site becomes the button of the HTML form.
"""

import re
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

ADDRESS = re.compile(r"^https?://\S+$")


def read(template_prefix: str, context: dict[str, Any]) -> tuple[str, str]:
    """Subject and body of `<template_prefix>.txt`; TemplateDoesNotExist if there is none."""
    text = render_to_string(f"{template_prefix}.txt", context | {"site": settings.BASE_URL}).strip()
    subject, _empty, body = text.partition("\n\n")
    return " ".join(subject.split()), re.sub(r"\n{3,}", "\n\n", body.strip())


def letter(
    subject: str, body: str, to: list[str], *, headers: dict[str, str] | None = None, connection: Any = None
) -> EmailMultiAlternatives:
    """A mail with `body` as text and as HTML made from it, ready to send."""
    blocks = [{"text": block, "link": bool(ADDRESS.match(block))} for block in body.split("\n\n")]
    plain = render_to_string("emails/base.txt", {"body": body, "site": settings.BASE_URL})
    html = render_to_string("emails/letter.html", {"subject": subject, "blocks": blocks, "site": settings.BASE_URL})
    mail = EmailMultiAlternatives(
        subject, plain, settings.DEFAULT_FROM_EMAIL, to, headers=headers, connection=connection
    )
    mail.attach_alternative(html, "text/html")
    return mail


def compose(
    template_prefix: str, to: str | list[str], context: dict[str, Any], *, headers: dict[str, str] | None = None
) -> EmailMultiAlternatives:
    """The mail of `<template_prefix>.txt`, ready to send."""
    return letter(*read(template_prefix, context), [to] if isinstance(to, str) else to, headers=headers)
