"""A person as the blog's API names them."""

from rest_framework import serializers

from mentorship.people.models import User


class WriterSerializer(serializers.ModelSerializer[User]):
    class Meta:
        model = User
        fields = ["handle", "name"]
        read_only_fields = fields
