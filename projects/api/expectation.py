from typing import Any

from rest_framework import serializers

from projects.expectation import Expectation


class DaysSerializer(serializers.Serializer[Any]):
    first_day = serializers.DateField()
    last_day = serializers.DateField()


class ExpectationSerializer(serializers.Serializer[Any]):
    """When to expect the review of the round that waits. The times are null while there were too few reviews."""

    mentor = serializers.CharField(allow_null=True, help_text="Null while the author has none.")
    promise_days = serializers.IntegerField()
    due = serializers.DateTimeField()
    overdue = serializers.BooleanField()
    away = DaysSerializer(many=True, help_text="Days away until then; the due time counts them in.")
    reviews = serializers.IntegerField(help_text="Of the cohort, in the last four weeks.")
    median_seconds = serializers.IntegerField(allow_null=True)
    eight_of_ten_seconds = serializers.IntegerField(allow_null=True)
    place = serializers.IntegerField(help_text="In the queue, from 1.")


def as_data(found: Expectation) -> dict[str, Any]:
    return {
        "mentor": found.promise.mentor.handle if found.promise else None,
        "promise_days": found.days,
        "due": found.due,
        "overdue": found.overdue,
        "away": [{"first_day": first, "last_day": last} for first, last in found.away],
        "reviews": found.reviews,
        "median_seconds": int(found.median.total_seconds()) if found.median is not None else None,
        "eight_of_ten_seconds": int(found.most.total_seconds()) if found.most is not None else None,
        "place": found.place,
    }
