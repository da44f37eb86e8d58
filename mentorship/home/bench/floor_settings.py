"""The settings of the floor's server: as in production, but who asks is found out as Django comes.

Session and person are read with Django's own backends, one query each; with the page's own SELECT that makes the
three queries of the floor.
"""

from mentorship.settings import *  # noqa: F403

ROOT_URLCONF = "mentorship.home.bench.floor"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
AUTHENTICATION_BACKENDS = ["mentorship.home.bench.floor.Backend"]
