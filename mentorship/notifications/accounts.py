"""Account mail takes the way of all other mail: a row in the transaction of its cause, then delivery with retries."""

from typing import Any

from mentorship.notifications.outbox import send_mail_to
from mentorship.people import adapter, mails


class AccountAdapter(adapter.AccountAdapter):
    """Allauth's mails, queued: a mail server that is away delays them and fails no page."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        subject, body = mails.read(template_prefix, {"request": self.request, "email": email} | context)
        person = context.get("user")
        send_mail_to(email, template_prefix, title=subject, body=body, person=person if person and person.pk else None)
