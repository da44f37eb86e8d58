"""Migrating without making the classes of all models anew at each step.

Django keeps a class for each model of each step of history. As most models lead to a person, and from there to all
others, nearly all of them were made anew at each of hundreds of operations: four fifths of the time of a first start
(25 s of processor time before, 5 s now; tables, constraints, indexes, triggers and functions were compared).
Here an operation makes anew the class of the model that it changes, and those that inherit from it; others go on
pointing at the one before, whose table and columns are the same. Django does likewise with what it calls delayed. As
there, all are made anew before code of a migration runs; here also before a field or a model is altered or renamed, for
then the columns that point at it matter.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.migrations import operations, state

STATE: Any = state.ProjectState
# What looks at the columns that point at a model, or at what is called how.
WHOLE: tuple[Any, ...] = (
    operations.AlterField, operations.RenameField, operations.RenameModel, operations.DeleteModel,
    operations.RemoveField, operations.AlterModelTable, operations.RenameIndex,
    operations.SeparateDatabaseAndState,
)  # fmt: skip


@contextmanager
def narrowly() -> Iterator[None]:
    """For the length of a block, `migrate` makes only those classes anew that an operation changes."""
    find = STATE._find_reload_model
    kept = [(kind, kind.__dict__["database_forwards"], kind.__dict__["database_backwards"]) for kind in WHOLE]

    def only_it(before: Any, app_label: str, model_name: str, delay: bool = False) -> set[tuple[str, str]]:
        before.is_delayed = True
        wanted = {(app_label, model_name)}
        for key, model in before.models.items():
            if any(isinstance(base, str) and base.lower() == f"{app_label}.{model_name}" for base in model.bases):
                wanted.add(key)
        return wanted

    def whole(direct: Any) -> Any:
        def run(operation: Any, app_label: str, editor: Any, before: Any, after: Any) -> Any:
            before.clear_delayed_apps_cache()
            after.clear_delayed_apps_cache()
            return direct(operation, app_label, editor, before, after)

        return run

    STATE._find_reload_model = only_it
    for kind, forwards, backwards in kept:
        kind.database_forwards, kind.database_backwards = whole(forwards), whole(backwards)
    try:
        yield
    finally:
        STATE._find_reload_model = find
        for kind, forwards, backwards in kept:
            kind.database_forwards, kind.database_backwards = forwards, backwards
