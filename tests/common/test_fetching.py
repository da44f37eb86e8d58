"""The one way out: what may be reached, and how much of it is read."""

import gzip
import ipaddress
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from mentorship.common.fetching import NotFetched, fetch


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        ours = self.headers["Host"]
        status, headers, body = {
            "/": (200, {"Seen": self.headers.get("Authorization", "nothing")}, b"hello"),
            "/away": (302, {"Location": "/"}, b""),
            "/inside": (302, {"Location": "http://127.0.0.2:1/"}, b""),
            "/other": (302, {"Location": f"http://localhost:{ours.split(':')[1]}/"}, b""),
            "/round": (302, {"Location": "/round"}, b""),
            "/broken": (302, {"Location": "http://["}, b""),
            "/bomb": (200, {"Content-Encoding": "gzip"}, gzip.compress(b"0" * 3_000_000)),
        }[self.path]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as found:
        threading.Thread(target=found.serve_forever, daemon=True).start()
        yield found.server_port
        found.shutdown()


@pytest.fixture
def trusted(server, settings):
    settings.FETCH_TRUSTED = [f"127.0.0.1:{server}", f"localhost:{server}"]
    return f"http://127.0.0.1:{server}"


def code_of(url, **options):
    with pytest.raises(NotFetched) as refusal:
        fetch(url, **options)
    return refusal.value.code


def test_what_a_trusted_server_says_comes(trusted):
    found = fetch(f"{trusted}/away")

    assert (found.status, found.body, found.url) == (200, b"hello", f"{trusted}/")


ANY = str(ipaddress.IPv4Address(0))
INSIDE = ["127.0.0.1", "localhost", "[::1]", "169.254.169.254", "10.0.0.1", "[::ffff:127.0.0.1]", ANY, "2130706433"]


@pytest.mark.parametrize("host", INSIDE)
def test_inside_addresses_are_refused(server, host):
    assert code_of(f"http://{host}:{server}/") == "refused"


def test_a_redirect_inside_is_refused(trusted):
    assert code_of(f"{trusted}/inside") == "refused"


def test_a_name_that_resolves_inside_is_refused(server, monkeypatch):
    inside = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", server))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: inside)

    assert code_of(f"http://harmless.example:{server}/") == "refused"


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://x.example/", "gopher://x/", "http://", "http://a:b@x.example/"]
)
def test_other_addresses_are_refused(url):
    assert code_of(url) == "refused"


def test_redirects_without_end_are_refused(trusted):
    assert code_of(f"{trusted}/round") == "refused"


def test_a_redirect_that_is_no_address_is_refused(trusted):
    assert code_of(f"{trusted}/broken") == "unreachable"


def test_what_grows_when_unpacked_is_refused(trusted):
    assert code_of(f"{trusted}/bomb", largest=1_000_000) == "too_large"


def test_a_secret_is_not_told_to_the_next_host(trusted):
    headers = {"Authorization": "Bearer secret"}

    assert fetch(f"{trusted}/away", headers=headers).headers["Seen"] == "Bearer secret"
    assert fetch(f"{trusted}/other", headers=headers).headers["Seen"] == "nothing"


def test_nobody_there_is_said(settings):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings.FETCH_TRUSTED = [f"127.0.0.1:{port}"]

    assert code_of(f"http://127.0.0.1:{port}/") == "unreachable"


def test_a_server_that_never_ends_is_not_waited_for(settings):
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        settings.FETCH_TRUSTED = [f"127.0.0.1:{silent.getsockname()[1]}"]

        assert code_of(f"http://{settings.FETCH_TRUSTED[0]}/", seconds=0.3) == "too_slow"
