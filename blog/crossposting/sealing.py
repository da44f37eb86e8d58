"""A token that an author gives for one job: encrypted while the job lasts, then forgotten.

It has to outlive the request, and Celery's messages stand in Redis in the open, so it rests in the row, sealed with
a key that is made of SECRET_KEY and is in no backup of the database. Nothing shows it and no log holds it.
"""

import base64
from collections.abc import Iterator

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def _keys() -> Iterator[Fernet]:
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        derived = HKDF(hashes.SHA256(), 32, salt=None, info=b"crossposting").derive(secret.encode())
        yield Fernet(base64.urlsafe_b64encode(derived))


def seal(secret: str) -> str:
    return MultiFernet(list(_keys())).encrypt(secret.encode()).decode()


def opened(sealed: str) -> str:
    """The secret; '' if there is none, or if the key it was sealed with is gone."""
    try:
        return MultiFernet(list(_keys())).decrypt(sealed.encode()).decode() if sealed else ""
    except InvalidToken:
        return ""
