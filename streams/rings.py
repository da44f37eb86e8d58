"""Progress rings: small inline SVG, drawn on the server, with a text alternative."""

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString


def ring(done: int, required: int, label: str) -> SafeString:
    """A ring filled by `done` of `required`; `label` says of what: "Basics"."""
    percent = 100 * done // required if required else 0
    full = percent == 100
    # An arc of no length would still show its round end as a dot.
    arc = (
        f'<circle class="arc" cx="18" cy="18" r="15" pathLength="100" stroke-dasharray="{percent} 100"/>'
        if percent
        else ""
    )
    return SafeString(
        f'<svg class="ring{" full" if full else ""}" viewBox="0 0 36 36" role="img"'
        f' aria-label="{conditional_escape(label)}: {done} of {required} done">'
        f'<circle class="track" cx="18" cy="18" r="15"/>{arc}'
        f'<text x="18" y="18">{"✓" if full else f"{percent}%"}</text></svg>'
    )
