"""What the public blog needs: old addresses, series, lists by tag, search, and the one post on the landing page."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mentorship.common.clock

CHANGE = """
CREATE OR REPLACE FUNCTION check_change_of_post() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
        ('draft', 'in_editing'), ('in_editing', 'draft'), ('in_editing', 'published'), ('published', 'draft'),
        ('idea', 'draft'), ('in_editing', 'ready'), ('ready', 'in_editing'), ('ready', 'scheduled'),
        ('ready', 'published'), ('scheduled', 'in_editing'), ('scheduled', 'published')
    ) THEN
        RAISE EXCEPTION 'a post does not go from %% to %%', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'post_legal_transition';
    END IF;
    IF OLD.published_at IS NOT NULL AND (%s) THEN
        RAISE EXCEPTION 'a post that was published keeps its address and date'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'post_address_frozen';
    END IF;
    IF NEW.author_id <> OLD.author_id OR NEW.key <> OLD.key THEN
        RAISE EXCEPTION 'a post keeps its author and key'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'post_author_frozen';
    END IF;
    RETURN NEW;
END $$;
"""
FROZEN = "NEW.slug <> OLD.slug OR NEW.published_at IS DISTINCT FROM OLD.published_at"
# The verb `move` writes down the address that the post leaves, then changes it.
MOVABLE = """NEW.published_at IS DISTINCT FROM OLD.published_at OR (NEW.slug <> OLD.slug AND NOT EXISTS (
        SELECT FROM blog_address WHERE slug = OLD.slug AND post_id = OLD.id))"""

# After the row, not before it: by then whoever held the address meanwhile has ended, and what they wrote is seen.
ADDRESSES = """
CREATE FUNCTION check_address_of_post() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM blog_address WHERE slug = NEW.slug) THEN
        RAISE EXCEPTION 'post_address_taken: a post had the address % once', NEW.slug
            USING ERRCODE = 'unique_violation', CONSTRAINT = 'post_address_taken';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER post_address AFTER INSERT OR UPDATE OF slug ON blog_post
    FOR EACH ROW EXECUTE FUNCTION check_address_of_post();
"""
NO_ADDRESSES = "DROP TRIGGER post_address ON blog_post; DROP FUNCTION check_address_of_post();"

PARTS = """
CREATE FUNCTION check_part_of_series() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT author_id FROM blog_post WHERE id = NEW.post_id)
        <> (SELECT author_id FROM blog_series WHERE id = NEW.series_id) THEN
        RAISE EXCEPTION 'a series has posts of its author'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'part_of_own_series';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER part_change BEFORE INSERT OR UPDATE ON blog_part
    FOR EACH ROW EXECUTE FUNCTION check_part_of_series();
"""
NO_PARTS = "DROP TRIGGER part_change ON blog_part; DROP FUNCTION check_part_of_series();"

# A vector of words holds a megabyte; of the longest text the first half is looked at. PostgreSQL takes what stands
# between < and > for tags and leaves it out, and all that follows a <script>.
LISTS = """
CREATE FUNCTION list_post() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> 'published' THEN
        DELETE FROM blog_tagged WHERE post_id = NEW.id;
        DELETE FROM blog_searchable WHERE post_id = NEW.id;
        RETURN NULL;
    END IF;
    DELETE FROM blog_tagged WHERE post_id = NEW.id AND tag <> ALL (NEW.tags);
    INSERT INTO blog_tagged (post_id, tag, published_at)
        SELECT DISTINCT NEW.id, tag, NEW.published_at FROM unnest(NEW.tags) AS tag
        ON CONFLICT (post_id, tag) DO NOTHING;
    INSERT INTO blog_searchable (post_id, published_at, words) VALUES (
        NEW.id,
        NEW.published_at,
        setweight(to_tsvector('english', translate(NEW.title, '<>', '  ')), 'A')
        || setweight(to_tsvector('english', translate(NEW.summary, '<>', '  ')), 'B')
        || setweight(to_tsvector('english', translate(
            NEW.category || ' ' || array_to_string(NEW.tags, ' '), '_-', '  ')), 'B')
        || to_tsvector('english', translate(left(NEW.body, 100000), '<>', '  '))
    ) ON CONFLICT (post_id) DO UPDATE SET words = EXCLUDED.words;
    RETURN NULL;
END $$;
CREATE TRIGGER post_listed AFTER INSERT OR UPDATE OF state, title, summary, body, category, tags ON blog_post
    FOR EACH ROW WHEN (NEW.state = 'published') EXECUTE FUNCTION list_post();
CREATE TRIGGER post_unlisted AFTER UPDATE OF state ON blog_post
    FOR EACH ROW WHEN (OLD.state = 'published' AND NEW.state <> 'published') EXECUTE FUNCTION list_post();
UPDATE blog_post SET title = title WHERE state = 'published';
"""
NO_LISTS = """
DROP TRIGGER post_listed ON blog_post; DROP TRIGGER post_unlisted ON blog_post; DROP FUNCTION list_post();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0003_the_way_of_a_post"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="post",
            name="featured_at",
            field=models.DateTimeField(blank=True, help_text="Since when the landing page shows it.", null=True),
        ),
        migrations.AlterField(
            model_name="post",
            name="slug",
            field=models.SlugField(
                help_text="Once the post was published, only an editor moves it.",
                max_length=80,
                validators=[
                    django.core.validators.RegexValidator(
                        "^[a-z0-9]+(-[a-z0-9]+)*$", "Use lower-case letters, digits and single hyphens."
                    )
                ],
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.UniqueConstraint(
                models.F("state"), condition=models.Q(("featured_at__isnull", False)), name="post_one_featured"
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(("featured_at", None), ("state", "published"), _connector="OR"),
                name="post_featured_is_published",
            ),
        ),
        migrations.CreateModel(
            name="Address",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=80)),
                ("left_at", models.DateTimeField(default=mentorship.common.clock.now)),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="addresses", to="blog.post"
                    ),
                ),
            ],
            options={"constraints": [models.UniqueConstraint(models.F("slug"), name="address_of_one_post")]},
        ),
        migrations.CreateModel(
            name="Series",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=140)),
                ("slug", models.SlugField(max_length=80)),
                ("created_at", models.DateTimeField(default=mentorship.common.clock.now)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="series",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "series",
                "constraints": [
                    models.UniqueConstraint(models.F("slug"), name="series_slug_unique"),
                    models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="series_has_title"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Part",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="blog.post"
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="blog.series"
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(models.F("post"), name="part_of_one_series"),
                    models.UniqueConstraint(models.F("series"), models.F("position"), name="part_has_place"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tagged",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("tag", models.CharField(max_length=40)),
                ("published_at", models.DateTimeField()),
                (
                    "post",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="blog.post"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["tag", "-published_at", "-post"], name="tagged_newest")],
                "constraints": [models.UniqueConstraint(models.F("post"), models.F("tag"), name="tagged_once")],
            },
        ),
        migrations.CreateModel(
            name="Searchable",
            fields=[
                (
                    "post",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="blog.post",
                    ),
                ),
                ("words", django.contrib.postgres.search.SearchVectorField()),
                ("published_at", models.DateTimeField()),
            ],
            options={
                "indexes": [django.contrib.postgres.indexes.GinIndex(fields=["words"], name="searchable_words")],
            },
        ),
        migrations.RunSQL(CHANGE % MOVABLE, CHANGE % FROZEN),
        migrations.RunSQL(ADDRESSES, NO_ADDRESSES),
        migrations.RunSQL(PARTS, NO_PARTS),
        migrations.RunSQL(LISTS, NO_LISTS),
    ]
