"""The one error for a file that cannot be read or patched safely: why, and what to do."""


class Refused(Exception):
    """A workbook we will not touch.

    ``reason`` is a short stable code for programs (``"encrypted"``, ``"xls"``, ``"bomb"``);
    the message is one sentence in the user's words that ends with what to do about it.

    >>> str(Refused("empty", "The file is empty: ask the sender for it again."))
    'The file is empty: ask the sender for it again.'
    """

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason

    def __reduce__(self) -> tuple[type["Refused"], tuple[str, str]]:
        """Pickle with the reason, so that a worker process can hand a refusal back."""
        return Refused, (self.reason, str(self))
