"""The one allowlist for HTML that people write. nh3 applies it, last.

No `style`, `id`, `title`, `on*`, `hx-*` or `data-*`; no images, forms, frames, `math` or `svg`. Links lead to
http, https or mailto and carry `rel`. Classes are only those that our own stylesheets know.
"""

from collections.abc import Callable

import nh3
from pygments.token import STANDARD_TYPES

from mentorship.common.rendering.ansi import ANSI_CLASSES
from mentorship.common.rendering.slots import Slots

_TAGS_WORDS = (
    "a abbr b blockquote br caption code dd del details div dl dt em figcaption figure h2 h3 h4 h5 h6 hr i "
    "ins kbd li mark ol p pre q rp rt ruby s samp section small span strong sub summary sup table tbody td "
    "tfoot th thead tr u ul var wbr"
)
TAGS = frozenset(_TAGS_WORDS.split())
# Their text is code or markup for something else, never prose.
_TAGS_WITHOUT_CONTENT_WORDS = (
    "script style noscript template iframe object embed svg math title textarea select xmp noembed noframes"
)
TAGS_WITHOUT_CONTENT = frozenset(_TAGS_WITHOUT_CONTENT_WORDS.split())
ATTRIBUTES: dict[str, set[str]] = {
    "*": set(),  # nh3 would allow lang and title
    "a": {"href"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "ol": {"start"},
    "details": {"open"},
}
ALIGNMENTS = {"align-left", "align-center", "align-right"}
CLASSES = {
    "a": {"image-link"},
    "blockquote": {"callout", "callout-tip", "callout-warn"},
    "div": {"math-block"},
    "li": {"task"},
    "p": {"callout-title"},
    "pre": {"code", "tex"},
    "code": {"tex"},
    "section": {"footnotes"},
    "span": {name for name in STANDARD_TYPES.values() if name} | set(ANSI_CLASSES) | {"task-box"},
    "td": ALIGNMENTS,
    "th": ALIGNMENTS,
}
SCHEMES = ("http://", "https://", "mailto:")
REL = "nofollow ugc noopener"
LARGEST_SPAN = 100
LARGEST_START = 1_000_000


def sanitize(html: str, slots: Slots) -> str:
    """Return `html` with only what the allowlist names, and what `slots` holds put in its place."""

    def keep(tag: str, attribute: str, value: str) -> str | None:
        if slots.nonce in value:
            return None
        if attribute == "href":
            return value if value.lower().startswith(SCHEMES) else None
        if attribute in ("colspan", "rowspan"):
            return value if value.isascii() and value.isdigit() and 0 < int(value) <= LARGEST_SPAN else None
        if attribute == "start":
            return value if value.isascii() and value.isdigit() and int(value) <= LARGEST_START else None
        return value

    return slots.fill(_cleaner(keep).clean(html))


def _cleaner(keep: Callable[[str, str, str], str | None]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(TAGS),
        clean_content_tags=set(TAGS_WITHOUT_CONTENT),
        attributes=ATTRIBUTES,
        attribute_filter=keep,
        allowed_classes=CLASSES,
        # A wide table scrolls inside its figure; what scrolls must be reachable with the keyboard.
        set_tag_attribute_values={"figure": {"class": "scroll", "tabindex": "0"}},
        url_schemes={"http", "https", "mailto"},
        url_relative="deny",
        link_rel=REL,
    )
