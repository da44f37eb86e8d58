"""What graduating asks of each stream, and by what somebody graduated. Old code goes on: new columns have defaults."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("cohorts", "0013_led_by"), ("streams", "0003_imported")]

    operations = [
        migrations.CreateModel(
            name="GraduationRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "share",
                    models.PositiveSmallIntegerField(
                        default=100,
                        help_text="How much of the required items has to be done. "
                        "Projects among them are done by acceptance.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="required items, in percent",
                    ),
                ),
                (
                    "projects",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Left empty: as many as the stream requires.",
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(20)],
                        verbose_name="accepted projects",
                    ),
                ),
                (
                    "posts",
                    models.PositiveSmallIntegerField(
                        default=1,
                        help_text="Published since they joined; a post counts for each whose name stands on it.",
                        validators=[django.core.validators.MaxValueValidator(20)],
                        verbose_name="published posts",
                    ),
                ),
                (
                    "stream",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="graduation_rule", to="streams.stream"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=Q(share__range=(1, 100)), name="graduationrule_share_in_percent"),
                    models.CheckConstraint(
                        condition=(Q(projects=None) | Q(projects__lte=20)) & Q(posts__lte=20),
                        name="graduationrule_counts_sensible",
                    ),
                ]
            },
        ),
        migrations.AddField("outcome", "posts", models.PositiveIntegerField(db_default=0, default=0)),
        migrations.AddField(
            "outcome",
            "by_rule",
            models.BooleanField(
                db_default=True,
                default=True,
                help_text="They met what the stream asked then; those from before count as such.",
            ),
        ),
        migrations.AddField(
            "outcome",
            "exception",
            models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="Why they graduated without meeting it.",
                max_length=300,
            ),
        ),
        migrations.AddConstraint(
            "outcome",
            models.CheckConstraint(
                condition=~Q(result="graduated") | Q(by_rule=True) | ~Q(exception=""),
                name="outcome_exception_says_why",
            ),
        ),
        migrations.AddConstraint(
            "outcome",
            models.CheckConstraint(
                condition=Q(exception="") | Q(result="graduated", by_rule=False), name="outcome_exception_of_graduates"
            ),
        ),
    ]
