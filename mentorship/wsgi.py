"""The WSGI application that the web processes serve."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentorship.settings")

application = get_wsgi_application()

# What stands now stands for good: all views and models are in, and the garbage collector need never look at them
# again. A full round over them took 70 ms, in the middle of somebody's page; and a large page is no reason for one.
get_resolver().reverse_dict  # noqa: B018 - imports the views
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 10, 10)
