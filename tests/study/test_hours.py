"""Where the hours went, by stream and by kind of item."""

from datetime import UTC, date, datetime

from mentorship.study.hours import hours_of
from tests.factory import make_study_entry

NOW = datetime(2026, 3, 11, 12, tzinfo=UTC)


def test_by_stream_and_by_kind_the_most_first(amara, bela, stream, django_assert_num_queries):
    reading, project = stream.items.get(key__endswith="intro"), stream.items.get(kind="project")
    for item, minutes in ((reading, 30), (reading, 15), (project, 60), (None, 20)):
        make_study_entry(amara, day=date(2026, 3, 10), item=item, minutes=minutes)
    make_study_entry(amara, day=date(2025, 3, 10), item=project)
    make_study_entry(bela, day=date(2026, 3, 10), item=project)
    with django_assert_num_queries(1):
        hours = hours_of(amara, NOW)
    assert [(part.name, part.minutes) for part in hours.by_stream] == [
        (f"Stream {stream.number}: {stream.title}", 105), ("In general", 20),
    ]  # fmt: skip
    assert [(part.name, part.text, part.most) for part in hours.by_kind] == [
        ("Project", "1 h", 60), ("Reading", "45 min", 60), ("In general", "20 min", 60),
    ]  # fmt: skip


def test_on_the_page_of_the_log(sign_in, amara, stream):
    make_study_entry(amara, item=stream.items.get(kind="project"))
    page = sign_in(amara).get("/study/").text
    assert "Where the hours went" in page
    assert "<caption>By kind of item</caption>" in page
