"""What checks and readers find: faults with their place in a file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """A fault or a warning at a 1-based line and column of a file (0 where it is about the whole)."""

    file: str
    line: int
    column: int
    message: str
    warning: bool = False

    def __str__(self) -> str:
        place = ":".join([self.file, *(str(x) for x in (self.line, self.column) if x)])
        return f"{place}: {'warning' if self.warning else 'error'}: {self.message}"


class MarkupError(ValueError):
    """A fault in a marked-up text, with its 1-based line and column."""

    def __init__(self, message: str, line: int, column: int, file: str | None = None):
        super().__init__(message)
        self.message, self.line, self.column, self.file = message, line, column, file

    def __str__(self) -> str:
        return f"{self.file or '<text>'}:{self.line}:{self.column}: {self.message}"

    @property
    def fault(self) -> Fault:
        """The same as data."""
        return Fault(self.file or "<text>", self.line, self.column, self.message)
