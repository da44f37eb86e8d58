"""Reads an export as Jekyll would: YAML above, Liquid's raw blocks undone, then what kramdown makes of the rest."""

import re

import yaml

RAW = re.compile(r"\{% raw %\}(.*?)\{% endraw %\}", re.DOTALL)


def read(text):
    """Front matter and body of a Jekyll file; fails where Liquid would run."""
    _, head, body = re.split(r"^---\n", text, maxsplit=2, flags=re.M)
    return yaml.safe_load(head), liquid(body)


def liquid(text):
    """What Liquid leaves of `text`; only raw blocks and a written brace may be in it."""
    found, at = [], 0
    while opening := re.compile(r"\{[{%]").search(text, at):
        found.append(text[at : opening.start()])
        if text.startswith('{{ "{" }}', opening.start()):
            found.append("{")
            at = opening.start() + len('{{ "{" }}')
            continue
        raw = RAW.match(text, opening.start())
        assert raw, f"Liquid would run: {text[opening.start() :][:60]!r}"
        found.append(raw[1])
        at = raw.end()
    return "".join(found) + text[at:]


def blocks(body):
    """The blocks of the Markdown that kramdown sees, in their order: (kind, text)."""
    found = []
    for part in re.split(r"\n\n(?=\S)", body.strip("\n")):
        lines = part.split("\n")
        if lines[0].startswith("```"):
            found.append(("code", "\n".join(lines[1:-1])))
        elif lines[0] == "$$" and lines[-1] == "$$":
            found.append(("math", "\n".join(lines[1:-1])))
        elif lines[0].startswith("| "):
            found.append(("table", part))
        else:
            found.append(("text", part))
    return found
