"""What the domain says when it refuses."""

from contextvars import ContextVar

# What was refused while a request was answered; None where nobody listens.
heard: ContextVar[list["Refused"] | None] = ContextVar("heard", default=None)


class Refused(Exception):
    """A verb that may not happen now. `message` is a sentence for the person, `code` a stable word for programs."""

    def __init__(self, message: str, code: str = "refused") -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        listening = heard.get()
        if listening is not None:
            listening.append(self)
