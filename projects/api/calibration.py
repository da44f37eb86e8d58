"""`/api/v1/calibration/`: the examples, one's review of them, and the reference once that stands."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from mentorship.common.errors import Refused
from mentorship.people.requests import ApiRequest
from projects.examples import Example, example, examples
from projects.models import Level, Review
from projects.models.calibration import LONGEST, Calibration, Judged
from projects.models.reply import may_save


class ExampleSerializer(serializers.Serializer[Any]):
    key = serializers.CharField()
    title = serializers.CharField()
    done = serializers.BooleanField()
    alike = serializers.IntegerField(allow_null=True, help_text="Questions scored as in the reference; once done.")
    questions = serializers.IntegerField()


class ReferenceSerializer(serializers.Serializer[Any]):
    level = serializers.ChoiceField(choices=Level.choices)
    reason = serializers.CharField()
    change = serializers.CharField(allow_blank=True)


class JudgedSerializer(serializers.Serializer[Any]):
    level = serializers.ChoiceField(choices=Level.choices)
    comment = serializers.CharField(max_length=LONGEST, required=False, default="", allow_blank=True)
    blocking = serializers.BooleanField(required=False, default=False)


class ExampleQuestionSerializer(serializers.Serializer[Any]):
    key = serializers.CharField()
    question = serializers.CharField()
    answer = serializers.CharField()
    confidence = serializers.IntegerField()
    yours = JudgedSerializer(allow_null=True)
    reference = ReferenceSerializer(allow_null=True, help_text="Once your review stands.")


class ExampleDetailSerializer(ExampleSerializer):
    write_up = serializers.CharField()
    questions = ExampleQuestionSerializer(many=True)


class CalibrateSerializer(serializers.Serializer[Any]):
    verdict = serializers.ChoiceField(choices=Review.Verdict.choices)
    summary = serializers.CharField(max_length=LONGEST)
    said = serializers.DictField(child=JudgedSerializer(), help_text="By the key of each question.")


class CalibrationViewSet(viewsets.GenericViewSet[Any]):
    """Two examples that a new reviewer reviews first."""

    request: ApiRequest
    permission_classes = [IsAuthenticated]
    serializer_class = ExampleSerializer
    lookup_field = "key"
    lookup_value_regex = "[a-z0-9-]{1,60}"

    @extend_schema(responses=ExampleSerializer(many=True))
    def list(self, request: ApiRequest) -> Response:
        """Empty for who reviews nowhere."""
        done = {row.example: row for row in Calibration.objects.filter(person=request.user)}
        found = [_in_short(one, done.get(one.key)) for one in examples()] if may_save(request.user) else []
        page = self.paginate_queryset(found)
        return self.get_paginated_response(ExampleSerializer(page, many=True).data)

    @extend_schema(responses=ExampleDetailSerializer)
    def retrieve(self, request: ApiRequest, key: str) -> Response:
        return Response(self._detail(self._example(key)))

    @extend_schema(request=CalibrateSerializer, responses=ExampleDetailSerializer)
    @action(detail=True, methods=["post"])
    def review(self, request: ApiRequest, key: str) -> Response:
        """Let your review of the example stand; the answer shows the reference beside it."""
        found = self._example(key)
        asked = CalibrateSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        data = asked.validated_data
        said = {name: Judged(**judged) for name, judged in data["said"].items()}
        try:
            Calibration.submit(found, by=request.user, verdict=data["verdict"], summary=data["summary"], said=said)
        except Refused as refusal:
            status = 409 if refusal.code == "already_done" else 400
            return Response({"detail": refusal.message, "code": refusal.code}, status=status)
        return Response(self._detail(found))

    def _example(self, key: str) -> Example:
        found = example(key)
        if found is None or not may_save(self.request.user):
            raise Http404
        return found

    def _detail(self, found: Example) -> Any:
        done = Calibration.objects.filter(person=self.request.user, example=found.key).first()
        questions = []
        for one in found.questions:
            reference = {"level": one.level, "reason": one.reason, "change": found.changes.get(one.key, "")}
            judged = done.judged(one.key) if done else None
            said = {"key": one.key, "question": one.question, "answer": one.answer, "confidence": one.confidence}
            questions.append(said | {"yours": judged, "reference": reference if done else None})
        told = _in_short(found, done) | {"write_up": found.write_up, "questions": questions}
        return ExampleDetailSerializer(told).data


def _in_short(found: Example, done: Calibration | None) -> dict[str, Any]:
    return {
        "key": found.key,
        "title": found.title,
        "done": done is not None,
        "alike": done.alike(found) if done else None,
        "questions": len(found.questions),
    }
