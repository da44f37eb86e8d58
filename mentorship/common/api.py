"""What every part of the API shares: pages of lists, and how refusals are said."""

from typing import Any

from django.core.exceptions import ValidationError
from rest_framework.pagination import PageNumberPagination
from rest_framework.response import Response
from rest_framework.views import exception_handler as default_handler

from mentorship.common.errors import Refused


class Pagination(PageNumberPagination):
    page_size = 20
    page_size_query_param = "page_size"
    max_page_size = 100


def exception_handler(exc: Exception, context: dict[str, Any]) -> Response | None:
    """Refusals become 409 with `{"detail", "code"}`, model validation becomes 400; the rest is DRF's."""
    if isinstance(exc, Refused):
        return Response({"detail": exc.message, "code": exc.code}, status=409)
    if isinstance(exc, ValidationError):
        return Response(exc.message_dict if hasattr(exc, "error_dict") else {"detail": exc.messages}, status=400)
    return default_handler(exc, context)
