"""Errors a user sees: each has a code, says what is wrong where, and what to do."""

from __future__ import annotations


class JucuoError(ValueError):
    """An error with a code, and the file and line it is about.

    Parameters
    ----------
    code
        ``J`` and three digits; `CODES` tells what each stands for.
    message
        What is wrong and what to do.
    file, line
        Where, when it is about a file.
    """

    def __init__(self, code: str, message: str, file: str | None = None, line: int | None = None):
        assert code in CODES, code
        super().__init__(message)
        self.code, self.message, self.file, self.line = code, message, file, line

    def __str__(self) -> str:
        place = ":".join(str(x) for x in (self.file, self.line) if x is not None)
        return f"{self.code} {place + ': ' if place else ''}{self.message}"


CODES = {
    "J001": "file or folder not found",
    "J002": "file cannot be read",
    "J003": "empty text",
    "J004": "folder without texts",
    "J005": "bytes that are no text",
    "J006": "broken JSON",
    "J007": "missing or wrong key",
    "J008": "wrong date",
    "J009": "wrong output or format",
    "J010": "no model",
    "J011": "missing optional dependency",
    "J012": "fault in an annotated text",
    "J013": "span not aligned with tokens or text",
    "J014": "input too large or too deep",
    "J015": "attribute of spaCy taken by other code",
}
