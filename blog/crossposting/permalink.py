"""The address that Jekyll gives a post, by Jekyll's own rules (its UrlDrop and Utils.slugify)."""

import re
from typing import Any

FILE = re.compile(r"^(?:(?P<above>.*)/)?_posts/(?:.*/)?(?P<date>\d{2,4}-\d{1,2}-\d{1,2})-(?P<slug>.*)\.[^.]+$")
STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
_PRETTY = re.compile(r"[^\w.~!$&'()+,;=@-]+")
_NAME = re.compile(r":([a-z_]+)")


def listed(front: dict[str, Any]) -> list[str]:
    """Its categories, as Jekyll's `pluralized_array_from_hash` has them: `categories: a b` are two."""
    one, many = front.get("category"), front.get("categories")
    many = many.split() if isinstance(many, str) else many if isinstance(many, list) else []
    return [str(name) for name in ([one] if one is not None else []) + many if name is not None]


def slugified(text: str) -> str:
    """As `slugify(mode: pretty, cased: true)`: letters, digits and what a path may hold stay."""
    return re.sub("^-|-$", "", _PRETTY.sub("-", text))


def permalink(path: str, front: dict[str, Any], style: str) -> str:
    """The address of the post in the file `path`; '' if Jekyll would not make one of it."""
    named = FILE.match(path)
    if not named or front.get("published") is False:
        return ""
    above = [part for part in (named["above"] or "").split("/") if part]
    names = [*above, *listed(front)]
    categories = list(dict.fromkeys(name.lower() for name in names))
    year, month, day = named["date"].split("-")
    values = {
        "categories": "/".join(categories),
        "title": slugified(str(front.get("slug") or named["slug"])),
        "slug": slugified(str(front.get("slug") or named["slug"])).lower(),
        "year": year, "month": month.zfill(2), "day": day.zfill(2), "i_month": str(int(month)), "i_day": str(int(day)),
        "short_year": year[-2:], "output_ext": ".html",
    }  # fmt: skip
    template = str(front.get("permalink") or STYLES.get(style, style))
    address = _NAME.sub(lambda match: values.get(match[1], match[0]), template)
    return re.sub("/+", "/", f"/{address}")


def same_place(address: str) -> str:
    """What two addresses that would be written into one file have in common."""
    return address.removesuffix("index.html").rstrip("/") or "/"
