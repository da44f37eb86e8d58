"""What migrations made is what the models say: tables, columns, named constraints and indexes."""

import pytest
from django.apps import apps
from django.db import connection

pytestmark = pytest.mark.django_db


WITH_TABLES = [model for model in apps.get_models() if model._meta.managed and not model._meta.proxy]


@pytest.mark.parametrize("model", WITH_TABLES, ids=lambda model: model._meta.label)
def test_a_table_is_what_its_model_says(model):
    meta = model._meta
    with connection.cursor() as cursor:
        described = connection.introspection.get_table_description(cursor, meta.db_table)
        constraints = connection.introspection.get_constraints(cursor, meta.db_table)
    fields = {field.column: field for field in meta.local_concrete_fields if not field.generated}
    # What the database fills by itself (what is searched) stands beside them.
    assert {row.name: row.null_ok for row in described if row.name in fields} == {
        name: field.null for name, field in fields.items()
    }
    assert {one.name for one in [*meta.constraints, *meta.indexes]} <= set(constraints)
    pointing = [(one["columns"], one["foreign_key"][0]) for one in constraints.values() if one["foreign_key"]]
    for name, field in fields.items():
        if field.remote_field and field.db_constraint:
            target = field.remote_field.model._meta.db_table
            assert any(name in columns and target == table for columns, table in pointing), name
