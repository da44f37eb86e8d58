"""A class of the style sheets is one component's: two that open it would dress each other's pages."""

import re
from collections import defaultdict
from pathlib import Path

CSS = Path(__file__).resolve().parents[2] / "static" / "css"
OPENS = re.compile(r"\.([a-z][\w-]*)\s*[{,]")


def test_a_class_stands_in_one_file():
    homes = defaultdict(set)
    for file in CSS.rglob("*.css"):
        for line in file.read_text().splitlines():
            if found := OPENS.match(line):
                homes[found[1]].add(file.name)
    assert len(homes) > 100
    assert {name: files for name, files in homes.items() if len(files) > 1} == {}
