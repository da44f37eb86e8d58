"""Who made how many commits, read from a git bundle without git: a header and a pack of compressed objects.

Runs in the killable process only (`mentorship.common.rendering.sandbox`): nothing here is trusted, and a bundle may
be a bomb. Objects that are no commits are decompressed to find where they end, and thrown away as they come.
"""

import hashlib
import json
import re
import zlib
from collections import Counter
from collections.abc import Iterator

from mentorship.common.rendering.errors import FileRefused

COMMIT, OFFSET_DELTA, REFERENCE_DELTA = 1, 6, 7
CHUNK = 65_536
LARGEST_OBJECT = 4_000_000  # of a commit, or of a delta between two
MOST_OBJECTS = 2_000_000
MOST_AUTHORS = 200
AUTHOR = re.compile(rb"^author ([^\n<]*?) ?<([^\n>]*)> -?\d+ [+-]\d+$", re.MULTILINE)
BROKEN = "This is not a whole git bundle. Make it with: git bundle create team.bundle --all"


def authors(data: bytes) -> bytes:
    """Commits by author as JSON: `[[name, email, commits], …]`, the most first."""
    try:
        start, length = _header(data)
        counts: Counter[tuple[str, str]] = Counter()
        for body in _commits(data, start, length):
            found = AUTHOR.search(body.partition(b"\n\n")[0])
            if found:
                name, email = (part.decode("utf-8", "replace").strip()[:120] for part in found.groups())
                counts[name, email.lower()] += 1
    except (zlib.error, IndexError, ValueError) as error:
        raise FileRefused(BROKEN) from error
    if not counts:
        raise FileRefused("This bundle has no commits. Make it with: git bundle create team.bundle --all")
    rows = [[name, email, commits] for (name, email), commits in counts.most_common(MOST_AUTHORS)]
    return json.dumps(rows).encode()


def _header(data: bytes) -> tuple[int, int]:
    """Where the pack starts, and how long the ids in it are."""
    if not data.startswith((b"# v2 git bundle\n", b"# v3 git bundle\n")):
        raise FileRefused(BROKEN)
    end = data.find(b"\n\n", 0, 10_000_000)
    if end < 0 or data[end + 2 : end + 6] != b"PACK":
        raise FileRefused(BROKEN)
    return end + 2, 32 if b"@object-format=sha256" in data[:end] else 20


def _commits(data: bytes, start: int, length: int) -> Iterator[bytes]:
    """The commits of the pack, those too that are stored as a difference to another one."""
    version, count = (
        int.from_bytes(data[start + 4 : start + 8], "big"),
        int.from_bytes(data[start + 8 : start + 12], "big"),
    )
    if version not in (2, 3) or count > MOST_OBJECTS:
        raise ValueError("unknown version, or too many objects")
    known: dict[int, bytes] = {}  # by place
    ids: dict[bytes, bytes] = {}
    later: list[tuple[int, bytes, bytes]] = []
    place = start + 12
    for _ in range(count):
        at = place
        kind, place = _kind(data, place)
        base: bytes | None = None
        if kind == OFFSET_DELTA:
            distance, place = _distance(data, place)
            base = known.get(at - distance)
        elif kind == REFERENCE_DELTA:
            reference, place = data[place : place + length], place + length
        content, place = _inflate(data, place, keep=kind in (COMMIT, REFERENCE_DELTA) or base is not None)
        if kind == REFERENCE_DELTA:
            later.append((at, reference, content))
            continue
        if base is not None:
            content = _patched(base, content)
        elif kind != COMMIT:
            continue
        known[at] = content
        ids[_id(content, length)] = content
        yield content
    yield from _resolved(later, ids, length)


def _resolved(later: list[tuple[int, bytes, bytes]], ids: dict[bytes, bytes], length: int) -> Iterator[bytes]:
    """Differences to commits that were named, until no more of them can be found."""
    while later:
        waiting = []
        for at, reference, content in later:
            if reference in ids:
                body = _patched(ids[reference], content)
                ids[_id(body, length)] = body
                yield body
            else:
                waiting.append((at, reference, content))
        if len(waiting) == len(later):
            return
        later = waiting


def _id(body: bytes, length: int) -> bytes:
    whole = b"commit %d\0%s" % (len(body), body)
    return (hashlib.sha256(whole) if length == 32 else hashlib.sha1(whole, usedforsecurity=False)).digest()


def _kind(data: bytes, place: int) -> tuple[int, int]:
    """The kind of the object at `place`; its size is found by inflating it."""
    first = data[place]
    place += 1
    more = first & 0x80
    while more:
        more = data[place] & 0x80
        place += 1
    return (first >> 4) & 7, place


def _distance(data: bytes, place: int) -> tuple[int, int]:
    byte = data[place]
    place += 1
    distance = byte & 0x7F
    while byte & 0x80:
        byte = data[place]
        place += 1
        distance = ((distance + 1) << 7) | (byte & 0x7F)
        if distance > len(data):
            raise ValueError("a base before the beginning")
    return distance, place


def _inflate(data: bytes, place: int, *, keep: bool) -> tuple[bytes, int]:
    """What is compressed at `place`, if it is to be kept, and where it ends."""
    engine, kept, size = zlib.decompressobj(), [], 0
    chunk, used = b"", place
    while not engine.eof:
        if not chunk:
            chunk = data[used : used + CHUNK]
            used += len(chunk)
            if not chunk:
                raise ValueError("cut off")
        piece = engine.decompress(chunk, CHUNK)
        chunk = engine.unconsumed_tail
        if keep:
            size += len(piece)
            if size > LARGEST_OBJECT:
                raise ValueError("too large a commit")
            kept.append(piece)
    return b"".join(kept), used - len(engine.unused_data)


def _patched(base: bytes, delta: bytes) -> bytes:
    """`base` with a git delta applied: copies from it, and new bytes."""
    place = 0
    for _ in range(2):  # the sizes of both, which are not needed
        while delta[place] & 0x80:
            place += 1
        place += 1
    pieces, size = [], 0
    while place < len(delta):
        order = delta[place]
        place += 1
        if order & 0x80:
            numbers = [0] * 7
            for bit in range(7):
                if order & (1 << bit):
                    numbers[bit] = delta[place]
                    place += 1
            offset = int.from_bytes(bytes(numbers[:4]), "little")
            count = int.from_bytes(bytes(numbers[4:]), "little") or 0x10000
            piece = base[offset : offset + count]
        else:
            if not order:
                raise ValueError("an unknown order")
            piece = delta[place : place + order]
            place += order
        size += len(piece)
        if size > LARGEST_OBJECT:
            raise ValueError("too large a commit")
        pieces.append(piece)
    return b"".join(pieces)
