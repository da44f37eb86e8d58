"""Rows as a CSV or XLSX file."""

import csv
import io
from typing import Any

import openpyxl
from tablib import Dataset

from mentorship.cohorts.transfers.parsing import escaped


def written(dataset: Dataset, format: str) -> bytes:
    headers = list(dataset.headers or [])
    return as_xlsx(headers, dataset) if format == "xlsx" else as_csv(headers, dataset)


def as_csv(headers: list[str], dataset: Dataset) -> bytes:
    """UTF-8 with a byte-order mark, without which Excel takes it for another encoding."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(headers)
    writer.writerows(dataset)
    return text.getvalue().encode("utf-8-sig", "surrogatepass")


def as_xlsx(headers: list[str], dataset: Dataset) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet: Any = book.create_sheet("Rows")
    sheet.freeze_panes = "A2"
    sheet.append(headers)
    for row in dataset:
        sheet.append([escaped(cell) if isinstance(cell, str) else cell for cell in row])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()
