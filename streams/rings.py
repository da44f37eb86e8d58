"""Progress rings: small inline SVG, drawn on the server, with a text alternative."""

from collections.abc import Sequence

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

GAP = 6  # between the arcs of a ring of parts, in hundredths of it


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


def parts_ring(parts: Sequence[tuple[int, int]], label: str) -> SafeString:
    """A ring of as many arcs as `parts`, each filled by what is done of what is asked; `label` says all of it."""
    place, room = 0.0, 100 / len(parts) if parts else 100.0
    length = room - (GAP if len(parts) > 1 else 0)
    arcs = []
    for done, asked in parts:
        filled = length * done / asked if asked else 0.0
        arcs.append(_arc("arc rest", length, place) + (_arc("arc", filled, place) if filled else ""))
        place += room
    full = bool(parts) and all(done >= asked for done, asked in parts)
    percent = round(100 * sum(done / asked for done, asked in parts if asked) / len(parts)) if parts else 0
    # Rounded, 99.6 would look like all of it.
    text = "✓" if full else f"{min(percent, 99)}%"
    return SafeString(
        f'<svg class="ring parts{" full" if full else ""}" viewBox="0 0 36 36" role="img"'
        f' aria-label="{conditional_escape(label)}">{"".join(arcs)}<text x="18" y="18">{text}</text></svg>'
    )


def _arc(name: str, length: float, place: float) -> str:
    return (
        f'<circle class="{name}" cx="18" cy="18" r="15" pathLength="100"'
        f' stroke-dasharray="{length:.4g} 100" stroke-dashoffset="{-place:.4g}"/>'
    )
