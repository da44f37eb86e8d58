"""Which paper somebody means: an arXiv id, a DOI or a link, in whatever form it was copied, as one identity."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

LONGEST = 500
UNCLEAR = "Give an arXiv number (1706.03762), a DOI (10.1145/3292500.3330701) or a link that begins with https://."

NEW_ARXIV = re.compile(r"(\d{2})(\d{2})\.(\d{4,5})(?:v([1-9]\d{0,2}))?", re.ASCII)
OLD_ARXIV = re.compile(r"([a-z]+(?:-[a-z]+)?)(?:\.[a-z]{2})?/(\d{2})(\d{2})(\d{3})(?:v([1-9]\d{0,2}))?", re.ASCII)
DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s\x00-\x1f]+", re.ASCII)
ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(.+)")
ARXIV_HOSTS = {"arxiv.org", "export.arxiv.org", "ar5iv.org", "ar5iv.labs.arxiv.org", "alphaxiv.org", "huggingface.co"}
DOI_HOSTS = {"doi.org", "dx.doi.org"}
# Publishers whose addresses hold the DOI itself.
PUBLISHERS = {
    "dl.acm.org", "link.springer.com", "onlinelibrary.wiley.com", "journals.sagepub.com", "tandfonline.com",
    "pnas.org", "science.org", "journals.aps.org", "pubs.acs.org",
}  # fmt: skip
ARXIV_WAYS = re.compile(r"/(?:abs|pdf|html|format|src|e-print|ps|papers|overview)/(.+)")
TRACKING = re.compile(r"utm_\w+|fbclid|gclid|ref|ref_src|mc_[ce]id|spm", re.IGNORECASE)


class NotAPaper(ValueError):
    """What was typed names no paper; the message says what would."""


@dataclass(frozen=True)
class Identity:
    """`key` is the same for every way to name one paper; `version` is arXiv's, `url` the address that was given."""

    kind: str
    key: str
    version: int | None = None
    url: str = ""


def identify(said: str) -> Identity:
    """The paper that `said` names. Raises NotAPaper."""
    said = said.strip().strip("<>\u200b\ufeff").strip()
    if not said or len(said) > LONGEST or not said.isprintable():
        raise NotAPaper(UNCLEAR)
    if re.match(r"https?:", said, re.IGNORECASE):
        return _address(said)
    bare = re.sub(r"^arxiv\s*[:.]?\s*", "", said, flags=re.IGNORECASE)
    if found := _arxiv(re.sub(r"\s*\[[\w.-]+\]$", "", bare)):
        return found
    bare = re.sub(r"^(?:(?:urn:|info:)?doi\s*[:/]?\s*)", "", said, flags=re.IGNORECASE)
    if found := _doi(bare):
        return found
    host = said.partition("/")[0]
    if re.fullmatch(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,24}", host, re.IGNORECASE) and "/" in said:
        return _address(f"https://{said}")
    raise NotAPaper(UNCLEAR)


def _arxiv(said: str) -> Identity | None:
    """New numbers have four digits up to 2014 and five since; old ones lose their subject class."""
    said = said.lower()
    if found := NEW_ARXIV.fullmatch(said):
        year, month, number, version = found.groups()
        digits = 4 if year + month < "1501" else 5
        if year + month >= "0704" and 1 <= int(month) <= 12 and len(number) == digits and int(number):
            return Identity("arxiv", f"{year}{month}.{number}", int(version) if version else None)
    elif found := OLD_ARXIV.fullmatch(said):
        archive, year, month, number, version = found.groups()
        if 1 <= int(month) <= 12 and (year >= "91" or year + month <= "0703"):
            return Identity("arxiv", f"{archive}/{year}{month}{number}", int(version) if version else None)
    return None


def _doi(said: str) -> Identity | None:
    """DOIs know no capital letters. What a sentence put behind one goes; arXiv's own are arXiv numbers."""
    said = unquote(said).strip().lower() if "%" in said else said.lower()
    while said[-1:] in tuple(".,;:'\"”’") or (said[-1:] in tuple(")]}") and _unbalanced(said)):
        said = said[:-1]
    if len(said) > 200 or not said.isprintable() or not DOI.fullmatch(said):
        return None
    if found := ARXIV_DOI.fullmatch(said):
        return _arxiv(found[1])
    return Identity("doi", said)


def _unbalanced(said: str) -> bool:
    closing = said[-1]
    return said.count(closing) > said.count({")": "(", "]": "[", "}": "{"}[closing])


def _address(said: str) -> Identity:
    if len(said) > LONGEST:
        raise NotAPaper(UNCLEAR)
    try:
        parts = urlsplit(said)
        host, port = (parts.hostname or "").rstrip(".").removeprefix("www."), parts.port
    except ValueError:
        raise NotAPaper("This address cannot be read. Copy it once more.") from None
    if "." not in host or re.search(r"[\s\"'<>\\]", said) or parts.username is not None:
        raise NotAPaper("This address cannot be read. Copy it once more.")
    path = unquote(parts.path)
    if host in ARXIV_HOSTS and (way := ARXIV_WAYS.fullmatch(path.rstrip("/"))):
        if found := _arxiv(re.sub(r"\.pdf$", "", way[1], flags=re.IGNORECASE)):
            return found
        if host != "huggingface.co":
            raise NotAPaper("There is no arXiv paper of this number.")
    if host in DOI_HOSTS:
        if found := _doi(path.lstrip("/")):
            return found
        raise NotAPaper("This address at doi.org has no DOI in it, which begins with 10.")
    if (
        host in PUBLISHERS
        and (inside := re.search(r"/(10\.\d{4,9}/.+?)(?:\.pdf)?/?$", path))
        and (found := _doi(inside[1]))
    ):
        return found
    asked = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True)
             if not TRACKING.fullmatch(name)]  # fmt: skip
    place = host if port in (None, 80, 443) else f"{host}:{port}"
    key = place + (parts.path.rstrip("/") or "") + (f"?{urlencode(asked)}" if asked else "")
    return Identity("link", key[:LONGEST], url=f"{parts.scheme.lower()}{said[len(parts.scheme) :]}")
