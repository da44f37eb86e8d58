"""The walk through a rehearsal: each step sees something that production has to do."""

import email
import email.policy
import json
import re
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage

from mentorship.common.rehearsal.browser import Browser
from mentorship.common.rehearsal.stage import Stage

PASSWORD = "four quiet words here"  # noqa: S105 - of a person who lives for a minute


class Mailbox:
    """What the mail server on loopback took (a handler of aiosmtpd)."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []

    async def handle_DATA(self, server: object, session: object, envelope: object) -> str:
        content = envelope.content  # type: ignore[attr-defined]
        self.messages.append(email.message_from_bytes(content, policy=email.policy.default))
        return "250 OK"

    def wait_for(self, address: str, seconds: int = 20) -> str:
        """The text of the newest mail to `address`."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for message in reversed(self.messages):
                if address in str(message["To"]):
                    part = message.get_body(("plain",))
                    return part.get_content() if part else ""
            time.sleep(0.1)
        raise AssertionError(f"No mail to {address} within {seconds} s")


class Walk:
    """The steps, in order; `run` says each as it is done and stops at the first that fails."""

    def __init__(self, stage: Stage, mailbox: Mailbox, ports: tuple[int, int], say: Callable[[str], None]) -> None:
        self.stage, self.mailbox, self.ports, self.say = stage, mailbox, ports, say
        self.person = Browser()
        self.address = "rita@rehearsal.example"
        self.request_id = uuid.uuid4().hex  # of the request that signs her up

    def run(self) -> int:
        """How many steps there were."""
        steps = [
            self.health, self.headers, self.static_files, self.debug_is_off, self.sign_up, self.both_processes_know_her,
            self.curriculum_is_there, self.tick, self.api, self.logs_are_json,
            self.redis_is_away, self.postgres_restarts, self.a_stop_drains,
        ]  # fmt: skip
        for step in steps:
            step()
            self.say(f"  ok  {(step.__doc__ or '').strip()}")
        return len(steps)

    def health(self) -> None:
        """/live and /ready answer on both web processes."""
        for port in self.ports:
            assert self.person.get(port, "/live").status == 200
            ready = json.loads(self.person.get(port, "/ready").body)
            assert set(ready.values()) == {"ok"}, ready

    def headers(self) -> None:
        """Pages carry the content policy and go only over https; plain http is sent there."""
        answer = self.person.get(self.ports[0], "/")
        assert answer.status == 200
        policy = answer.headers["content-security-policy"]
        assert "'unsafe-inline'" not in policy
        assert "frame-ancestors 'none'" in policy
        assert "max-age=31536000" in answer.headers["strict-transport-security"]
        plain = self.person.call(self.ports[0], "GET", "/", None, **{"X-Forwarded-Proto": "http"})
        assert plain.status == 301
        assert plain.headers["location"].startswith("https://")

    def static_files(self) -> None:
        """Styles are served hashed, compressed and for a year."""
        page = self.person.get(self.ports[0], "/").text
        address = re.search(r'href="(/static/css/[\w.-]+\.[0-9a-f]{12}\.css)"', page)
        assert address, "no hashed style sheet in the page"
        answer = self.person.get(self.ports[1], address[1], **{"Accept-Encoding": "br"})
        assert answer.headers["content-encoding"] == "br"
        assert "immutable" in answer.headers["cache-control"]

    def debug_is_off(self) -> None:
        """What is for development is not there, and a missing page says nothing of the inside."""
        assert self.person.get(self.ports[0], "/dev/mail/").status == 404
        missing = self.person.get(self.ports[0], "/no-such-page/")
        assert missing.status == 404
        assert "urlconf" not in missing.text.lower()

    def sign_up(self) -> None:
        """A person signs up at one process, and the worker mails the link that confirms the address."""
        form = {"email": self.address, "password1": PASSWORD, "name": "Rita Rehearsal", "timezone": "Europe/Rome"}
        answer = self.person.send(self.ports[0], "/accounts/signup/", form, **{"X-Request-ID": self.request_id})
        assert answer.status == 302, answer.text[:2000]
        assert answer.headers["x-request-id"] == self.request_id
        text = self.mailbox.wait_for(self.address)
        link = re.search(r"https://rehearsal\.example(/accounts/confirm-email/\S+)", text)
        assert link, text
        answer = self.person.send(self.ports[1], link[1], {})
        assert answer.status == 302
        assert any(name.startswith("__Host-") for name in self.person.cookies), self.person.cookies

    def both_processes_know_her(self) -> None:
        """Who signed in at one process is signed in at the other: nothing is kept in a process."""
        for port in self.ports:
            assert self.person.get(port, "/home/").status == 200

    def curriculum_is_there(self) -> None:
        """The one-shot migrate loaded the three streams."""
        page = self.person.get(self.ports[0], "/streams/").text
        assert page.count("/streams/") >= 3

    def tick(self) -> None:
        """An item ticked at one process is ticked at the other."""
        stream = json.loads(self.person.get(self.ports[0], "/api/v1/streams/").body)["results"][0]["key"]
        page = self.person.get(self.ports[0], f"/streams/{stream}/")
        mark = re.search(r'action="(/streams/[^"]+/mark/)"', page.text)
        assert mark, "nothing to tick on the stream's page"
        answer = self.person.send(self.ports[0], mark[1], {"state": "done"}, page=f"/streams/{stream}/")
        assert answer.status == 302
        rows = json.loads(self.person.get(self.ports[1], "/api/v1/progress/").body)["results"]
        assert any(row["state"] == "done" for row in rows), rows

    def api(self) -> None:
        """The API answers its schema, and nothing to who is not signed in."""
        assert Browser().get(self.ports[0], "/api/v1/progress/").status == 401
        assert self.person.get(self.ports[0], "/api/schema/").status == 200

    def logs_are_json(self) -> None:
        """Logs are JSON with the id of the request, and the worker's carry on the id of who enqueued."""
        lines = [line for line in self.stage.log("web-1").splitlines() if line.startswith("{")]
        assert lines, "no JSON in the log"
        assert all("request_id" in json.loads(line) for line in lines)
        assert self.request_id in self.stage.log("worker")

    def redis_is_away(self) -> None:
        """While Redis is away the pages work and mail waits; when it is back, the mail goes out, once."""
        self.stage.redis.stop()
        second, address = Browser(), "rosa@rehearsal.example"
        try:
            assert json.loads(self.person.get(self.ports[0], "/ready").body)["redis"] != "ok"
            assert self.person.get(self.ports[0], "/home/").status == 200
            form = {"email": address, "password1": PASSWORD, "name": "Rosa Rehearsal"}
            answer = second.send(self.ports[1], "/accounts/signup/", form)
            assert answer.status == 302, answer.text[:4000]
        finally:
            self.stage.redis.start()
        self.mailbox.wait_for(address, seconds=90)
        time.sleep(2)
        assert sum(address in str(message["To"]) for message in self.mailbox.messages) == 1

    def postgres_restarts(self) -> None:
        """PostgreSQL restarts under load: an answer is right or a 503, for ten seconds at most, and no step is half."""
        stop, answers = time.monotonic() + 12, []

        def visit(number: int) -> None:
            while time.monotonic() < stop:
                answer = self.person.get(self.ports[number % 2], "/home/")
                answers.append((time.monotonic(), answer.status))
                time.sleep(0.02)

        with ThreadPoolExecutor(4) as pool:
            visits = [pool.submit(visit, number) for number in range(4)]
            time.sleep(2)
            self.stage.restart_postgres()
            for one in visits:
                one.result()
        statuses = {status for _, status in answers}
        assert statuses <= {200, 503}, statuses
        away = [moment for moment, status in answers if status == 503]
        assert not away or max(away) - min(away) < 10, "away for more than ten seconds"
        assert self.person.get(self.ports[0], "/home/").status == 200

    def a_stop_drains(self) -> None:
        """A web process that is asked to end answers what it has begun, and ends in time."""
        with ThreadPoolExecutor(4) as pool:
            before = [pool.submit(self.person.get, self.ports[0], "/streams/") for _ in range(8)]
            time.sleep(0.05)
            code = self.stage.stop("web-1")
            answers = [future.result() for future in before if not future.exception()]
        assert code in (0, -15), code
        assert answers
        assert all(answer.status == 200 for answer in answers)
        assert self.person.get(self.ports[1], "/home/").status == 200
