"""Graduates offer to mentor. A column without a default rewrites nothing."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("cohorts", "0016_search")]

    operations = [
        migrations.AddField(
            "outcome",
            "offered_at",
            models.DateTimeField(blank=True, help_text="When the graduate offered to mentor.", null=True),
        ),
        migrations.AddConstraint(
            "outcome",
            models.CheckConstraint(
                condition=Q(offered_at=None) | Q(result="graduated"), name="outcome_graduates_offer"
            ),
        ),
    ]
