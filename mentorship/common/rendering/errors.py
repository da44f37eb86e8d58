"""What the renderer says when it refuses. Each message is one sentence for the person who wrote or
uploaded.
"""


class RenderError(ValueError):
    """Something that cannot be shown. `message` is a sentence for the person."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotebookError(RenderError):
    """A file that is no notebook, or one that is too large or broken."""


class Unshowable(NotebookError):
    """A notebook that will not be shown, whatever it is: it can be kept and downloaded."""


class FileRefused(RenderError):
    """An upload that is not what its name says, or that we do not take."""
