"""The timezones that people choose from."""

import functools
import zoneinfo

REGIONS = (
    "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific",
)  # fmt: skip


@functools.cache
def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every place of the zone database by region, for a select: typing a city's first letters finds it."""
    groups: dict[str, list[tuple[str, str]]] = {"Universal": [("UTC", "UTC")]}
    for zone in sorted(zoneinfo.available_timezones()):
        region, _slash, place = zone.partition("/")
        if region in REGIONS and place:
            groups.setdefault(region, []).append((zone, place.replace("_", " ").replace("/", ", ")))
    return list(groups.items())


def known(zone: str) -> bool:
    return zone in zoneinfo.available_timezones()
