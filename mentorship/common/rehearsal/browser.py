"""A visitor behind the proxy: says that the way was https, keeps secure cookies, fills in forms."""

import http.client
import re
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

HOST = "rehearsal.example"


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class Browser:
    """One person's cookies; every call may go to another port, as a balancer would send it."""

    def __init__(self) -> None:
        self.cookies: dict[str, str] = {}

    def call(self, port: int, method: str, path: str, data: dict[str, str] | None = None, **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        headers = {
            "Host": HOST,
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": "127.0.0.1",
            "Referer": f"https://{HOST}/",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        } | headers
        body = None
        if data is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode(data)
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        content = response.read()
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                for cookie in SimpleCookie(value).values():
                    self.cookies[cookie.key] = cookie.value
        answer = Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, content)
        connection.close()
        return answer

    def get(self, port: int, path: str, **headers: str) -> Answer:
        return self.call(port, "GET", path, None, **headers)

    def send(self, port: int, path: str, data: dict[str, str], page: str = "", **headers: str) -> Answer:
        """Open the form at `page` (or `path`), and send it filled in."""
        form = self.get(port, page or path)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form.text)
        if not token:
            raise AssertionError(f"No form at {page or path} ({form.status})")
        return self.call(port, "POST", path, {"csrfmiddlewaretoken": token[1]} | data, **headers)

    def follow(self, port: int, answer: Answer) -> Answer:
        """The page that a redirect leads to."""
        location = urlsplit(answer.headers["location"])
        return self.get(port, location.path + (f"?{location.query}" if location.query else ""))
