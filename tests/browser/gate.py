"""A way to the live server that a test can shut: connections are refused, those that are open break off."""

import contextlib
import socket
import threading


class Gate:
    """Forwards TCP from a port of its own to `target`, while it is open."""

    def __init__(self, target: tuple[str, int]) -> None:
        self.target = target
        self.pairs: list[socket.socket] = []
        self.listening: socket.socket | None = None
        self.port = 0
        self.open()

    def open(self) -> None:
        listening = socket.socket()
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", self.port))
        listening.listen(64)
        self.port, self.listening = listening.getsockname()[1], listening
        threading.Thread(target=self._accept, args=(listening,), daemon=True).start()

    def shut(self) -> None:
        if self.listening:
            _end(self.listening)
        for one in self.pairs:
            _end(one)
        self.pairs, self.listening = [], None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def _accept(self, listening: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                inner, _ = listening.accept()
                outer = socket.create_connection(self.target)
                self.pairs += [inner, outer]
                for one, other in ((inner, outer), (outer, inner)):
                    threading.Thread(target=_forward, args=(one, other), daemon=True).start()


def _forward(one: socket.socket, other: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := one.recv(65536):
            other.sendall(data)
    _end(other)


def _end(one: socket.socket) -> None:
    with contextlib.suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()
