"""Full text in PostgreSQL, as indexes and queries write it alike."""

from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db.models import Func


class Words(Func):
    """The words of some columns, none of them null: `Words("title", "summary")`.

    Nothing in it is bound, so that PostgreSQL sees in a query what stands in the index. An index on it rewrites no
    table, as a column of its own would.
    """

    arg_joiner = " || ' ' || "
    template = "to_tsvector('%(config)s', %(expressions)s)"
    output_field = SearchVectorField()

    def __init__(self, *columns: Any, config: str = "english", **extra: Any) -> None:
        super().__init__(*columns, config=config, **extra)
