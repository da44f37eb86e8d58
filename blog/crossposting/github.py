"""GitHub's REST API: pull requests, forks, and who a token belongs to."""

import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import jwt
from django.conf import settings

from blog.crossposting.answers import Unprocessable, ask, data_of, words_of
from blog.crossposting.destination import Passing, Trouble

VERSION = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}


def programs_token() -> str:
    """The program's own: of its GitHub App's installation, or the one it was given; '' if there is neither."""
    app, installation = settings.CROSSPOST_GITHUB_APP_ID, settings.CROSSPOST_GITHUB_APP_INSTALLATION
    if not (app and installation and settings.CROSSPOST_GITHUB_APP_KEY):
        return str(settings.CROSSPOST_GITHUB_TOKEN)
    now = int(time.time())
    try:
        claims = {"iat": now - 60, "exp": now + 540, "iss": app}
        signed = jwt.encode(claims, settings.CROSSPOST_GITHUB_APP_KEY, algorithm="RS256")
    except (jwt.PyJWTError, ValueError):
        raise Trouble("The key of the program's GitHub App cannot be read.") from None
    found = GitHub(signed).ask("POST", f"/app/installations/{quote(installation)}/access_tokens")
    return str(found["token"])


@dataclass
class GitHub:
    """The API as who `token` belongs to ('': as everybody)."""

    token: str = field(default="", repr=False)

    def ask(self, method: str, path: str, json: Any = None) -> Any:
        headers = VERSION | ({"Authorization": f"Bearer {self.token}"} if self.token else {})
        found = ask("GitHub", settings.CROSSPOST_GITHUB_API + path, method=method, headers=headers, json=json)
        if found.status == 401:
            raise Trouble("GitHub does not accept the token: it is wrong, or no longer valid.")
        if found.status == 403:
            raise Trouble(f"The token may not do this at GitHub: {words_of(found) or 'a right is missing'}.")
        if found.status in (404, 410):
            raise Trouble("GitHub finds no such repository or pull request, or the token does not see it.")
        if found.status == 422:
            raise Unprocessable(f"GitHub did not take it: {words_of(found)}.")
        if not 200 <= found.status < 300:
            raise Trouble(f"GitHub answered with {found.status}.")
        return data_of(found)

    @property
    def _pulls(self) -> str:
        return f"/repos/{settings.CROSSPOST_GITHUB_REPOSITORY}/pulls"

    def pull(self, number: int) -> dict[str, Any]:
        return self._one(self.ask("GET", f"{self._pulls}/{number}"))

    def pull_of(self, head: str) -> dict[str, Any] | None:
        """The newest pull request from `owner:branch`, in whatever state; an open one before all."""
        found = self.ask("GET", f"{self._pulls}?state=all&per_page=30&head={quote(head, safe='')}")
        owner, _, branch = head.partition(":")
        rows = [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
        same = [
            one
            for one in rows
            if (one.get("head") or {}).get("ref") == branch
            and str(((one.get("head") or {}).get("user") or {}).get("login", owner)).lower() == owner.lower()
        ]
        return next((one for one in same if one.get("state") == "open"), same[0] if same else None)

    def open_pull(self, *, head: str, base: str, title: str, body: str) -> dict[str, Any]:
        """Open it, or find the one that is open from this branch already."""
        said = {"head": head, "base": base, "title": title, "body": body, "maintainer_can_modify": True}
        try:
            return self._one(self.ask("POST", self._pulls, said))
        except Unprocessable as trouble:
            found = self.pull_of(head) if "already exists" in trouble.message else None
            if found is None:
                raise
            return found

    def close_pull(self, number: int) -> None:
        self.ask("PATCH", f"{self._pulls}/{number}", {"state": "closed"})

    def asks_for_changes(self, number: int) -> bool:
        """Whether the last word of any reviewer is that something has to change."""
        found = self.ask("GET", f"{self._pulls}/{number}/reviews?per_page=100")
        last: dict[Any, str] = {}
        for one in found if isinstance(found, list) else []:
            if one.get("state") in ("APPROVED", "CHANGES_REQUESTED", "DISMISSED"):
                last[(one.get("user") or {}).get("id")] = one["state"]
        return "CHANGES_REQUESTED" in last.values()

    def me(self) -> dict[str, Any]:
        found = self.ask("GET", "/user")
        if not found.get("login"):
            raise Trouble("The token belongs to nobody at GitHub.")
        return dict(found)

    def fork(self, login: str) -> dict[str, Any]:
        """The fork of `login`, made if there is none, with the newest of the original."""
        repository = settings.CROSSPOST_GITHUB_REPOSITORY
        fork = self.ask("POST", f"/repos/{repository}/forks", {"default_branch_only": True})
        if not isinstance(fork, dict) or not fork.get("clone_url") or not fork.get("full_name"):
            raise Passing("GitHub is still making the fork.", 15)
        if str(fork["full_name"]).split("/")[0].lower() != login.lower():
            raise Trouble("GitHub made the fork in another account.")
        return fork

    @staticmethod
    def _one(found: Any) -> dict[str, Any]:
        if not isinstance(found, dict) or not isinstance(found.get("number"), int):
            raise Passing("GitHub's answer could not be read.")
        return found
