"""Commits by author: a pasted shortlog, or a bundle that is read without git and may be anything."""

import os
import subprocess
import zlib

import pytest

from mentorship.common.errors import Refused
from projects.commits import of_bundle, of_shortlog
from projects.models import CommitLog
from tests import factory

PACK = b"# v2 git bundle\n" + b"a" * 40 + b" refs/heads/main\n\nPACK" + (2).to_bytes(4, "big")


@pytest.fixture
def work(cohort, amara, bela):
    return factory.make_team_work(cohort, amara, bela)


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    """A real one, of forty commits by two people, packed as tightly as git can."""
    folder = tmp_path_factory.mktemp("repository")
    clean = {"PATH": os.environ["PATH"], "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1"}

    def git(*words):
        subprocess.run(["git", *words], cwd=folder, env=clean, check=True, capture_output=True)

    git("init", "-q")
    for number in range(40):
        name = "Béla Kovács" if number % 4 == 0 else "Amara Okafor"
        (folder / "file").write_text(f"{number}\n" * number)
        git("add", "file")
        author = ["-c", f"user.name={name}", "-c", f"user.email={name[:2].lower()}@example.org"]
        git(*author, "commit", "-qm", f"Step {number} of the same long message, so that it is stored as a difference")
    git("gc", "-q", "--aggressive")
    git("bundle", "create", "-q", "team.bundle", "--all")
    return (folder / "team.bundle").read_bytes()


def refused(call, code):
    with pytest.raises(Refused) as refusal:
        call()
    assert refusal.value.code == code
    return refusal.value.message


def test_a_shortlog_is_read_line_by_line():
    text = "   120\tAmara Okafor <amara@example.org>\n    7  Béla Kovács <BELA@example.org>\n\n 1 root\n"
    assert of_shortlog(text) == [
        ("Amara Okafor", "amara@example.org", 120),
        ("Béla Kovács", "bela@example.org", 7),
        ("root", "", 1),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "not_a_shortlog"),
        ("commit 4b825dc\nAuthor: Amara", "not_a_shortlog"),
        ("12\n", "not_a_shortlog"),
        ("99999999999 Amara", "not_a_shortlog"),
        ("\n".join(f"1 Author {number}" for number in range(201)), "too_long"),
        ("1 " + "a" * 60_000, "too_long"),
    ],
)
def test_what_is_no_shortlog_is_refused(text, code):
    refused(lambda: of_shortlog(text), code)


def test_the_line_that_is_wrong_is_named():
    assert "Line 2" in refused(lambda: of_shortlog("3 Amara <a@example.org>\nhello\n"), "not_a_shortlog")


def test_a_bundle_is_read_without_git(bundle):
    assert of_bundle(bundle) == [("Amara Okafor", "am@example.org", 30), ("Béla Kovács", "bé@example.org", 10)]


def thing(kind, content):
    size = len(content)
    head = bytearray([(kind << 4) | (size & 15) | (0x80 if size > 15 else 0)])
    size >>= 4
    while size:
        head.append((size & 127) | (0x80 if size > 127 else 0))
        size >>= 7
    return bytes(head) + zlib.compress(content)


def pack(*things):
    return PACK + len(things).to_bytes(4, "big") + b"".join(things)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PACK",
        b"# v2 git bundle\n",
        b"# v2 git bundle\n\nPACK",
        PACK + b"\xff\xff\xff\xff",
        pack(),
        pack(thing(3, b"a blob")),
        pack(thing(1, b"tree x\n\nno author")),
        pack(b"\x95\x0anot zlib at all"),
        PACK + (2).to_bytes(4, "big") + thing(1, b"author A <a> 1 +0000\n\n"),
        pack(b"\xe5" + b"\xff" * 200),
        pack(b"\x15" * 40),
        pack(thing(1, b"author A <a> 1 +0000\n\n" + b"x" * 5_000_000)),
    ],
)
def test_what_is_no_bundle_is_refused(data):
    assert "bundle" in refused(lambda: of_bundle(data), "not_a_bundle")


def test_a_bundle_that_is_cut_off_is_refused(bundle):
    for length in (60, 200, len(bundle) // 2, len(bundle) - 400):
        refused(lambda length=length: of_bundle(bundle[:length]), "not_a_bundle")


def test_a_bomb_among_the_objects_is_passed_over():
    commit = thing(1, b"tree 0\nauthor Amara <a@example.org> 1 +0000\n\nStep")
    assert of_bundle(pack(thing(3, b"\0" * 200_000_000), commit)) == [("Amara", "a@example.org", 1)]


def test_names_that_cannot_be_stored_are_made_so(work, amara):
    commit = thing(1, b"tree 0\nauthor A\0m\xffra <a\0@x> 1 +0000\n\nStep")
    CommitLog.keep(work, of_bundle(pack(commit)), by=amara, source="bundle")
    assert work.commit_log.authors


def test_authors_are_matched_by_address_and_by_name(work, amara, bela):
    authors = [("A.", amara.email.upper(), 5), ("béla kovács", "else@example.org", 2), ("root", "", 1)]
    log = CommitLog.keep(work, [(name, email.lower(), n) for name, email, n in authors], by=amara, source="shortlog")
    own = {member.person: member.pk for member in work.team.all()}
    assert [author["member"] for author in log.authors] == [own[amara], own[bela], None]
    log.match({2: own[bela], 1: None}, by=bela)
    assert log.by_member() == {own[amara]: 5, own[bela]: 1}
    assert log.total() == 8


def test_only_the_team_uploads_and_matches(work, mateo, olga):
    for person in (mateo, olga):
        refused(lambda person=person: CommitLog.keep(work, [], by=person, source="bundle"), "not_a_member")
        refused(lambda person=person: work.commit_log.match({}, by=person), "not_a_member")
