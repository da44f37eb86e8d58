"""What the domain says when it refuses."""

from contextvars import ContextVar

# What was refused while a request was answered; None where nobody listens.
heard: ContextVar[list["Refused"] | None] = ContextVar("heard", default=None)


class Refused(Exception):
    """A verb that may not happen now. `message` is a sentence for the person, `code` a stable word for programs."""

    kept = True  # whether the history notes what was tried

    def __init__(self, message: str, code: str = "refused") -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        listening = heard.get()
        if listening is not None and self.kept:
            listening.append(self)


class RefusedPrivately(Refused):
    """One that stays between the program and the person: the history, which admins read, does not note it."""

    kept = False
