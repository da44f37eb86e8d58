"""What the domain says when it refuses."""


class Refused(Exception):
    """A verb that may not happen now. `message` is a sentence for the person, `code` a stable word for programs."""

    def __init__(self, message: str, code: str = "refused") -> None:
        super().__init__(message)
        self.message = message
        self.code = code
