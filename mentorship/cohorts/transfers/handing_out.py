"""The file of an export, on its way to who asked for it."""

from django.http import FileResponse, Http404

from mentorship.cohorts.models import Transfer
from mentorship.common.errors import Refused
from mentorship.people.models import User

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def handed_out(row: Transfer, *, by: User) -> FileResponse:
    """The answer that carries it; whoever takes it along stands in the history. Refused once its day is over."""
    if not row.is_there():
        raise Refused("This file is gone after a day. Export it again.", code="expired")
    try:
        opened = row.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    row.downloaded(by=by)
    answer = FileResponse(opened, as_attachment=True, filename=row.name, content_type=TYPES[row.format])
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
