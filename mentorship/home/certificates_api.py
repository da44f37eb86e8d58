"""`/api/v1/certificates/<code>/`: whether a certificate is one of ours, for anybody who has its code."""

from typing import Any, cast

from django.conf import settings
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from mentorship.cohorts.graduation import certificate
from mentorship.cohorts.models import Outcome
from mentorship.people.models import User


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


class OfferToMentorSerializer(serializers.Serializer[Any]):
    offers = serializers.BooleanField(default=True, help_text="False takes an offer back.")


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
        return Response(CertificateSerializer(self.found(code)).data)

    @extend_schema(request=OfferToMentorSerializer, responses={204: None})
    @action(detail=True, methods=["post"], permission_classes=[IsAuthenticated])
    def offer(self, request: Request, code: str) -> Response:
        """Offer to mentor the stream below, or take that back; of one's own certificate."""
        found = self.found(code)
        person = cast(User, request.user)
        if found.membership.person_id != person.pk:
            raise Http404
        given = OfferToMentorSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        found.offer(by=person, offers=given.validated_data["offers"])
        return Response(status=204)

    def found(self, code: str) -> Outcome:
        found = certificate(code)
        if found is None:
            raise Http404
        return found
