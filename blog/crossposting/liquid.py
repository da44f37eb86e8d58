"""Liquid runs over a Jekyll post before Markdown does; what looks like it is kept from running."""

import re

_OPENS = re.compile(r"\{[{%]")
_ENDS_RAW = re.compile(r"\{(?=%-?\s*endraw)")

_OURS = re.compile(r"\{% raw %\}.*?\{% endraw %\}|\{\{ \"\{\" \}\}", re.DOTALL)


def inert(code: str) -> str:
    """`code` as it stands, for a place where no character may be escaped: between raw tags if it needs them."""
    if not _OPENS.search(code):
        return code
    # What would end the raw block has its brace written by Liquid itself.
    return "{% raw %}" + _ENDS_RAW.sub('{% endraw %}{{ "{" }}{% raw %}', code) + "{% endraw %}"


def is_inert(text: str) -> bool:
    """Whether nothing in `text` runs: no brace of Liquid's outside of what `inert` wrote."""
    return not _OPENS.search(_OURS.sub("", text))
