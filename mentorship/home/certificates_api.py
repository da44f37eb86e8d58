"""`/api/v1/certificates/<code>/`: whether a certificate is one of ours, for anybody who has its code."""

from typing import Any

from django.conf import settings
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from mentorship.cohorts.graduation import certificate
from mentorship.cohorts.models import Outcome


class CertificateSerializer(serializers.ModelSerializer[Outcome]):
    name = serializers.CharField(source="membership.person.name")
    cohort = serializers.CharField(source="membership.cohort.name")
    stream = serializers.CharField(source="membership.cohort.stream.title")

    pdf = serializers.SerializerMethodField(help_text="Its address as one page to print.")

    class Meta:
        model = Outcome
        fields = ["code", "name", "cohort", "stream", "done", "required", "works", "posts", "decided_at", "pdf"]
        read_only_fields = fields

    def get_pdf(self, row: Outcome) -> str:
        return f"{settings.BASE_URL}{row.get_absolute_url()}certificate.pdf"


class CertificateViewSet(viewsets.GenericViewSet[Outcome]):
    """There is no list of them: an address is known only to whom it was given."""

    queryset = Outcome.objects.none()
    serializer_class = CertificateSerializer
    permission_classes = [AllowAny]
    lookup_field = "code"
    lookup_value_regex = "[-a-zA-Z0-9_]{1,32}"

    @extend_schema(responses=CertificateSerializer)
    def retrieve(self, request: Request, code: str) -> Response:
        """Who graduated from what, when, with what."""
        found: Any = certificate(code)
        if found is None:
            raise Http404
        return Response(CertificateSerializer(found).data)
