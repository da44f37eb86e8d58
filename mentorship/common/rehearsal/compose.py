"""Commands and environments as docker-compose.yml has them."""

import re
from pathlib import Path
from typing import Any

import yaml

VARIABLE = re.compile(r"\$(?:\$|\{(\w+)(?::([-?])([^}]*))?\})")


class Missing(Exception):
    """A variable that the file requires has no value."""


def interpolate(value: Any, variables: dict[str, str]) -> Any:
    """`${NAME}`, `${NAME:-default}`, `${NAME:?reason}` and `$$`, in every text of `value`, as Compose reads them."""
    if isinstance(value, dict):
        return {key: interpolate(item, variables) for key, item in value.items()}
    if isinstance(value, list):
        return [interpolate(item, variables) for item in value]
    if not isinstance(value, str):
        return value

    def replace(match: re.Match[str]) -> str:
        name, kind, text = match.groups()
        if name is None:
            return "$"
        if variables.get(name):
            return variables[name]
        if kind == "?":
            raise Missing(f"{name}: {text}")
        return text or ""

    return VARIABLE.sub(replace, value)


class Compose:
    """The services of one compose file, its variables filled in."""

    def __init__(self, path: Path, variables: dict[str, str]) -> None:
        self.services: dict[str, Any] = interpolate(yaml.safe_load(path.read_text()), variables)["services"]

    def command(self, service: str) -> list[str]:
        return [str(word) for word in self.services[service]["command"]]

    def environment(self, service: str) -> dict[str, str]:
        return {name: str(value) for name, value in self.services[service]["environment"].items()}

    def grace(self, service: str) -> int:
        """Seconds that the service is given to end in."""
        return int(str(self.services[service].get("stop_grace_period", "10s")).removesuffix("s"))
