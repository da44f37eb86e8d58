"""A post to take along: as Markdown or HTML to paste elsewhere, or as the files of a pull request."""

import io
import re
import zipfile
from html import escape

from django.conf import settings

from blog.crossposting.destination import File
from blog.crossposting.jekyll_export import Source

# Code first: what stands in it is no formula and no address.
_CODE = r"(?P<code>^(?P<fence>```+|~~~+)[^\n]*\n.*?^(?P=fence)[^\S\n]*$|(?P<tick>`+)(?!`).*?(?<!`)(?P=tick)(?!`))"
_TEX = r"|\$\$(?P<display>.+?)\$\$|(?<![\w\\$])\$(?P<inline>[^\s$](?:[^$\n]*[^\s$\\])?)\$(?![\d$])"
_FORMULA = re.compile(_CODE + _TEX, re.DOTALL | re.MULTILINE)
_ADDRESS = re.compile(_CODE + r"|(?P<before>\]\(|\]:[ \t]*)(?P<path>/(?!/)[^\s)]*)", re.DOTALL | re.MULTILINE)
KATEX = ("{{% katex %}}\n{}\n{{% endkatex %}}", "{{% katex inline %}} {} {{% endkatex %}}")


def markdown(source: Source, formulas: tuple[str, str] | None = None) -> str:
    """The text as its author wrote it, with whole addresses, and a line that says where it first stood.

    `formulas`: how a formula on its own and one in a line are written there, where `$` means nothing.
    """
    body = _ADDRESS.sub(_whole, source.body.rstrip())
    if formulas:
        body = _FORMULA.sub(lambda match: _formula(match, formulas), body)
    return f"{body}\n\n---\n\n*First published at [{settings.BASE_URL}]({source.canonical_url}).*\n"


def _whole(match: re.Match[str]) -> str:
    return match[0] if match["code"] else f"{match['before']}{settings.BASE_URL}{match['path']}"


def _formula(match: re.Match[str], formulas: tuple[str, str]) -> str:
    if match["code"]:
        return match[0]
    display = match["display"]
    return formulas[0].format(display.strip()) if display else formulas[1].format(match["inline"])


def has_formulas(body: str) -> bool:
    return any(not match["code"] for match in _FORMULA.finditer(body))


def html(source: Source, rendered: str) -> str:
    """A whole page: what our own page shows, with whole addresses and the canonical link."""
    whole = re.sub(r'((?:href|src)=")(/(?!/))', rf"\g<1>{escape(settings.BASE_URL)}\g<2>", rendered)
    authors = escape(", ".join(source.authors))
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{escape(source.title)}</title>\n'
        f'<meta name="author" content="{authors}">\n<link rel="canonical" href="{escape(source.canonical_url)}">\n'
        f"</head>\n<body>\n<article>\n<h1>{escape(source.title)}</h1>\n<p>{authors}</p>\n{whole}\n</article>\n"
        f'<p>First published at <a href="{escape(source.canonical_url)}">{escape(source.canonical_url)}</a>.</p>\n'
        "</body>\n</html>\n"
    )


def archive(files: list[File]) -> bytes:
    """The files of a pull request as one to unpack over a clone; the same files give the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as found:
        for file in files:
            found.writestr(zipfile.ZipInfo(file.path, (2000, 1, 1, 0, 0, 0)), file.content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
