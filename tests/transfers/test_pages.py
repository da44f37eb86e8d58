"""Exports and imports as an admin meets them."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from mentorship.cohorts.models import Transfer
from mentorship.cohorts.transfers.work import work
from mentorship.people.models import Event


def upload(client, content=b"email,name\nnew@example.org,New\n", name="people.csv", kind="people"):
    return client.post("/cohorts/transfers/upload/", {"kind": kind, "file": SimpleUploadedFile(name, content)})


def test_an_export_from_order_to_download(sign_in, ada, cohort):
    client = sign_in(ada)
    answer = client.post("/cohorts/transfers/export/", {"kind": "people", "cohort": cohort.slug, "format": "csv"})
    row = Transfer.objects.get()
    assert answer.url == f"/cohorts/transfers/{row.pk}/"
    waiting = client.get(answer.url).content.decode()
    assert 'hx-trigger="every 2s"' in waiting
    assert "You can leave this page" in waiting
    work(row.pk)
    done = client.get(answer.url, headers={"HX-Request": "true"}).content.decode()
    assert "every 2s" not in done
    assert "<html" not in done
    file = client.get(f"{answer.url}download/")
    assert file["Content-Disposition"] == f'attachment; filename="people-{cohort.slug}.csv"'
    lines = b"".join(file).decode("utf-8-sig").splitlines()
    assert len(lines) == 4
    assert Event.objects.get(verb="downloaded").actor == ada


def test_a_download_ends_after_a_day(sign_in, ada):
    client = sign_in(ada)
    client.post("/cohorts/transfers/export/", {"kind": "people", "format": "xlsx"})
    work(Transfer.objects.get().pk)
    Transfer.objects.update(finished_at=timezone.now() - timedelta(days=2))
    row = Transfer.objects.get()
    assert client.get(f"{row.get_absolute_url()}download/").status_code == 302
    assert "The file is gone" in client.get(row.get_absolute_url()).content.decode()
    assert not Event.objects.filter(verb="downloaded").exists()


def test_an_import_is_seen_before_it_is_done(sign_in, ada, django_assert_max_num_queries):
    client = sign_in(ada)
    address = upload(client).url
    work(Transfer.objects.get().pk)
    text = client.get(address).content.decode()
    assert "Row 2: new@example.org gets an account" in text
    assert "Import 1 row<" in text
    assert client.post(f"{address}apply/").url == address
    work(Transfer.objects.get().pk)
    assert "What was done" in client.get(address).content.decode()
    with django_assert_max_num_queries(8):
        client.get("/cohorts/transfers/")
    assert client.post(f"{address}apply/", follow=True).status_code == 200
    assert Event.objects.filter(verb="refused").exists()


def test_problems_stand_by_row_and_column(sign_in, ada):
    client = sign_in(ada)
    address = upload(client, b"email,name,handle\nx,<b>X</b>,A\n").url
    work(Transfer.objects.get().pk)
    text = client.get(address).content.decode()
    assert "This is no e-mail address." in text
    assert "/apply/" not in text
    assert "Leave it alone" in text
    assert client.post(f"{address}cancel/").status_code == 302
    assert Transfer.objects.get().state == "cancelled"


def test_bad_forms_come_back(sign_in, ada):
    client = sign_in(ada)
    assert client.post("/cohorts/transfers/export/", {"kind": "shoes", "format": "csv"}).status_code == 422
    assert client.post("/cohorts/transfers/upload/", {"kind": "people"}).status_code == 422
    assert upload(client, name="virus.exe").status_code == 422
    assert upload(client, content=b"").status_code == 422
    assert not Transfer.objects.exists()


def test_names_of_files_are_only_shown(sign_in, ada):
    client = sign_in(ada)
    upload(client, name="../../<b>x.csv")
    row = Transfer.objects.get()
    assert "/" not in row.name
    assert "<" not in row.name
    assert row.file.name.startswith("transfers/")
