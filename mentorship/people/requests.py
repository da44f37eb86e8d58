"""What a view behind `login_required` knows of its request, for type hints."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails
from rest_framework.request import Request as RestRequest

from mentorship.people.models import User


class Request(HttpRequest):
    """The person is signed in; the headers of htmx are read."""

    user: User
    htmx: HtmxDetails


class ApiRequest(RestRequest):
    """The same of a request to the API that is not open to visitors."""

    user: User
