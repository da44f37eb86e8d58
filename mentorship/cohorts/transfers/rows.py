"""What the three kinds of rows share: how a row is written, and how it is taken in by the verbs of the domain."""

from collections.abc import Callable, Iterable
from datetime import datetime
from difflib import get_close_matches
from typing import Any, ClassVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from import_export import resources
from import_export.instance_loaders import BaseInstanceLoader
from import_export.results import RowResult
from tablib import Dataset

from mentorship.common.cells import defuse, restore
from mentorship.common.errors import Refused
from mentorship.people.models import User

NUMBER = "#row"  # the column that carries where in the file a row stood
NEW, UPDATE, SKIP = RowResult.IMPORT_TYPE_NEW, RowResult.IMPORT_TYPE_UPDATE, RowResult.IMPORT_TYPE_SKIP


def cell(value: Any) -> str | int:
    """A value as it stands in a file: text defused, numbers as they are, moments in ISO 8601."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return value
    return value.isoformat() if isinstance(value, datetime) else defuse(str(value))


def wrong(column: str, sentence: str) -> ValidationError:
    return ValidationError({column: [sentence]})


class Rows(resources.Resource):
    """A resource of django-import-export. `take` does what a row says and returns its kind and a sentence."""

    KEYS: ClassVar[tuple[str, ...]] = ()  # what names a row
    NEEDED: ClassVar[tuple[str, ...]] = ()  # columns that a file must have
    FIXED: ClassVar[tuple[str, ...]] = ()  # columns that are exported, and not changed by an import
    SEEN_MORE = 500

    class Meta:
        instance_loader_class = BaseInstanceLoader  # rows are found by `load`, all at once
        report_skipped = False
        use_transactions = True

    def __init__(self, by: User, at: datetime, tick: Callable[[int], None] = lambda done: None) -> None:
        super().__init__()
        self.by, self.at, self.tick = by, at, tick
        self.seen: dict[tuple[str, ...], int] = {}
        self.said: list[str] = []
        self.done = 0

    @classmethod
    def columns(cls) -> list[str]:
        return [field.column_name for field in cls.fields.values()]

    # --- out ----------------------------------------------------------------------------------------------------
    def export_field(self, field: Any, instance: Any, **kwargs: Any) -> Any:
        return cell(field.get_value(instance))

    def export_resource(self, instance: Any, selected_fields: Any = None, **kwargs: Any) -> list[Any]:
        self.count()
        row: list[Any] = super().export_resource(instance, selected_fields, **kwargs)
        return row

    # --- in -----------------------------------------------------------------------------------------------------
    def check_columns(self, headers: Iterable[str]) -> list[dict[str, Any]]:
        """What is wrong with the columns, as problems of row 1."""
        known, found = self.columns(), []
        for name in headers:
            if name not in known:
                near = get_close_matches(name, known, 1)
                hint = f"Did you mean “{near[0]}”?" if near else f"There are: {', '.join(known)}."
                found.append({"row": 1, "column": name[:60], "said": f"There is no column “{name[:60]}”. {hint}"})
        missing = [name for name in self.NEEDED if name not in headers]
        return found + [{"row": 1, "column": name, "said": f"The column “{name}” is missing."} for name in missing]

    def load(self, dataset: Dataset) -> None:
        """Read at once what the rows speak of."""

    def before_import(self, dataset: Dataset, **kwargs: Any) -> None:
        self.load(dataset)

    def import_row(self, row: dict[str, Any], instance_loader: Any, **kwargs: Any) -> RowResult:
        """One row in a savepoint: a refusal is an error of this row, and the next one is looked at all the same."""
        result = RowResult()
        result.import_type = RowResult.IMPORT_TYPE_INVALID
        self.count()
        number = row.pop(NUMBER)
        try:
            with transaction.atomic():
                values = {name: self.readable(name, text) for name, text in row.items()}
                self.check_once(values, number)
                result.import_type, sentence = self.take(values)
            if sentence and len(self.said) < 100:
                self.said.append(f"Row {number}: {sentence}")
        except ValidationError as error:
            result.validation_error = error
        except Refused as refusal:
            result.validation_error = wrong(self.column_of(refusal), refusal.message)
        except IntegrityError:
            result.validation_error = wrong(NON_FIELD_ERRORS, "This does not fit with what stands there.")
        return result

    def take(self, values: dict[str, str]) -> tuple[str, str]:
        """Bring one row in by the domain's verbs, each kind of row its own way: what became of it, a sentence or ''."""
        raise NotImplementedError

    def column_of(self, refusal: Refused) -> str:
        """Where a refusal of a verb is shown."""
        return self.KEYS[-1]

    def readable(self, name: str, text: str) -> str:
        if "\0" in text:
            raise wrong(name, "This cell holds a NUL character, which nothing can keep.")
        if any("\ud800" <= one <= "\udfff" for one in text):
            raise wrong(name, "This cell holds half of a character. Type it again.")
        return restore(text)

    def check_once(self, values: dict[str, str], number: int) -> None:
        key = tuple(values.get(name, "").strip().lower() for name in self.KEYS)
        if key in self.seen:
            raise wrong(self.KEYS[0], f"Row {self.seen[key]} says something about the same already.")
        self.seen[key] = number

    def count(self) -> None:
        self.done += 1
        self.tick(self.done)

    def fixed(self, values: dict[str, str], instance: Any) -> None:
        """Columns that are not imported must say what stands there: nobody should believe that they changed it."""
        for field in self.fields.values():
            name = field.column_name
            stands = restore(str(cell(field.get_value(instance))))
            if name in self.FIXED and name in values and values[name] != stands:
                raise wrong(name, f"“{name}” is not changed by an import; here stands “{stands[:60]}”.")


def people_of(dataset: Dataset, *columns: str) -> dict[str, User]:
    """Everyone whom a column names by address, in one query for 500."""
    names = {restore(str(row[column])).strip().lower() for row in dataset.dict for column in columns if row.get(column)}
    found: dict[str, User] = {}
    listed = sorted(name for name in names if "\0" not in name)
    for start in range(0, len(listed), Rows.SEEN_MORE):
        some = [name.encode("utf-8", "replace").decode() for name in listed[start : start + Rows.SEEN_MORE]]
        for person in User.objects.extra(where=["lower(email) = ANY(%s)"], params=[some]):
            found[person.email.lower()] = person
    return found
