"""What the API of cohorts reads and writes. Write serializers hold only what may be written."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from mentorship.cohorts.api_triage import GivenAnswersField, OwnAnswerSerializer, answers_to_own
from mentorship.cohorts.models import Application, Assignment, Cohort, Membership
from mentorship.cohorts.models.note import LONGEST as LONGEST_NOTE
from mentorship.people.models import User


class CohortSerializer(serializers.ModelSerializer[Cohort]):
    stream = serializers.CharField(source="stream.key")
    seats_left = serializers.IntegerField()
    takes_applications = serializers.SerializerMethodField()

    class Meta:
        model = Cohort
        fields = [
            *("slug", "name", "stream", "about", "state", "starts_on", "ends_on", "applications_close_on", "timezone"),
            *("seats", "seats_left", "hours_a_week", "takes_applications"),
        ]
        read_only_fields = fields

    def get_takes_applications(self, cohort: Cohort) -> bool:
        return cohort.takes_applications()


class MemberSerializer(serializers.ModelSerializer[Membership]):
    name = serializers.CharField(source="person.name")
    handle = serializers.SerializerMethodField(help_text="Of the profile; empty when it is private.")

    class Meta:
        model = Membership
        fields = ["id", "name", "handle", "role", "joined_at"]
        read_only_fields = fields

    def get_handle(self, member: Membership) -> str:
        reader = self.context["request"].user
        hidden = member.person.visibility == User.Visibility.PRIVATE
        return "" if hidden and not reader.is_admin and reader.pk != member.person_id else member.person.handle


class BeenHereSerializer(serializers.Serializer[Any]):
    cohort = serializers.CharField(help_text="The name of an earlier one.")
    outcome = serializers.CharField()


class ScoredSerializer(serializers.Serializer[Any]):
    count = serializers.IntegerField(source="scored", help_text="How many have scored it.")
    mine = serializers.IntegerField(source="my_score", allow_null=True)
    mean = serializers.SerializerMethodField(help_text="Of all, once you have given yours.")

    def get_mean(self, row: Any) -> float | None:
        return None if row.my_score is None else float(row.mean_score)


class ApplicationSerializer(serializers.ModelSerializer[Application]):
    cohort = serializers.CharField(source="cohort.slug")
    person = serializers.CharField(source="person.name")
    own_answers = serializers.SerializerMethodField()
    been_here = serializers.SerializerMethodField(help_text="Earlier cohorts, for who reviews, where they are read.")
    scored = serializers.SerializerMethodField(help_text="For who reviews, where they are read.")
    place = serializers.SerializerMethodField(help_text="On the waiting list, from 1; of a single one that waits.")

    class Meta:
        model = Application
        fields = [
            *("id", "cohort", "person", "state", *Application.ANSWERS, "own_answers"),
            *("submitted_at", "decided_at", "decision_note", "been_here", "scored", "place"),
        ]
        read_only_fields = fields

    @extend_schema_field(OwnAnswerSerializer(many=True))
    def get_own_answers(self, row: Application) -> Any:
        said = row.__dict__.get("said")  # as `with_answers` brought it
        if said is None:
            said = [one["shown"] for one in answers_to_own().filter(application=row)]
        return OwnAnswerSerializer(said, many=True).data

    @extend_schema_field(BeenHereSerializer(many=True))
    def get_been_here(self, row: Application) -> Any:
        return BeenHereSerializer(self.context.get("been_here", {}).get(row.pk, []), many=True).data

    @extend_schema_field(ScoredSerializer(allow_null=True))
    def get_scored(self, row: Application) -> Any:
        theirs = row.pk in self.context.get("theirs", ())
        return ScoredSerializer(row).data if theirs else None

    def get_place(self, row: Application) -> int | None:
        return row.place() or None if self.context.get("alone") else None


class AnswersSerializer(serializers.ModelSerializer[Application]):
    own_answers = GivenAnswersField(
        required=False, help_text="To the cohort's own questions, by their ids; in a change, all of them or none."
    )

    class Meta:
        model = Application
        fields = [*Application.ANSWERS, "own_answers"]


class ApplySerializer(AnswersSerializer):
    cohort = serializers.SlugField(max_length=60)
    charter = serializers.IntegerField(
        min_value=1, max_value=32_000, required=False, help_text="The version of the charter that you accept along."
    )

    class Meta(AnswersSerializer.Meta):
        fields = ["cohort", "charter", *Application.ANSWERS, "own_answers"]


class NoteSerializer(serializers.Serializer[Any]):
    note = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")


class AssignmentSerializer(serializers.ModelSerializer[Assignment]):
    cohort = serializers.CharField(source="cohort.slug")
    mentee_name = serializers.CharField(source="mentee.person.name")
    mentor_name = serializers.CharField(source="mentor.person.name")

    class Meta:
        model = Assignment
        fields = [
            *("id", "cohort", "mentee", "mentee_name", "mentor", "mentor_name"),
            *("started_at", "ended_at", "end_reason"),
        ]
        read_only_fields = fields


class AssignSerializer(serializers.Serializer[Any]):
    """Two memberships of one cohort, by the ids of its roster."""

    mentee = serializers.PrimaryKeyRelatedField(queryset=Membership.objects.mentees().select_related("person"))
    mentor = serializers.PrimaryKeyRelatedField(queryset=Membership.objects.mentors().select_related("person"))


class ReasonSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=300)
    summary = serializers.CharField(
        max_length=LONGEST_NOTE, required=False, allow_blank=True, default="", help_text="For who mentors them next."
    )


class SummarySerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=LONGEST_NOTE)


class ReassignSerializer(ReasonSerializer):
    mentor = serializers.PrimaryKeyRelatedField(queryset=Membership.objects.mentors().select_related("person"))


class Filter(serializers.Serializer[Any]):
    """What lists can be narrowed by."""

    cohort = serializers.SlugField(max_length=60, required=False)
    state = serializers.ChoiceField(choices=Application.State.choices, required=False)
    unscored = serializers.BooleanField(required=False, default=False)
