"""Files in and out, worked on in this process."""

import csv
import io

import pytest
from django.core.files.base import ContentFile

from mentorship.cohorts.models import Transfer
from mentorship.cohorts.transfers.work import work


@pytest.fixture
def export(ada):
    def export(kind, format="csv", cohort=None):
        """The bytes of an export."""
        row = Transfer.export(kind=kind, format=format, cohort=cohort, by=ada)
        assert work(row.pk)
        row.refresh_from_db()
        assert row.state == "done", row.said
        with row.file.open("rb") as file:
            return file.read()

    return export


@pytest.fixture
def check(ada):
    def check(kind, content, name="rows.csv"):
        """An import of `content` (bytes, text, or a list of rows), checked."""
        if isinstance(content, list):
            text = io.StringIO()
            csv.writer(text).writerows(content)
            content = text.getvalue()
        data = content.encode() if isinstance(content, str) else content
        row = Transfer.upload(kind=kind, file=ContentFile(data), name=name, by=ada)
        assert work(row.pk)
        row.refresh_from_db()
        return row

    return check


@pytest.fixture
def bring_in(check, ada):
    def bring_in(kind, content):
        """An import, checked and applied."""
        row = check(kind, content)
        assert not row.problems, row.problems
        row.apply(by=ada)
        assert work(row.pk)
        row.refresh_from_db()
        return row

    return bring_in
