"""Sentences of a text, with line breaks inside a sentence bridged."""

from __future__ import annotations

import re
from collections.abc import Iterator

_END = re.compile(r"[。！？!?]+[”’」』）)\"]*\s*|\n\s*")
_CLOSED = frozenset("。！？!?…：:”’」』）)】]")
_SHORTEST = 18  # a line shorter than this is a headline or a caption, not half a sentence, in characters


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield ``(start, end)`` of each sentence of `text`, in order.

    A line break ends a sentence unless the line is long, has a comma, and breaks off without closing punctuation.
    """
    start = line = 0
    for m in _END.finditer(text):
        if text[m.start()] == "\n":
            broken = _breaks_off(text, line, m.start(), m.end())
            line = m.end()
            if broken:
                continue
        else:
            line = m.end() if "\n" in m[0] else line
        if text[start : m.end()].strip():
            yield start, m.end()
        start = m.end()
    if start < len(text):
        yield start, len(text)


def _breaks_off(text: str, line: int, end: int, following: int) -> bool:
    if end - line < _SHORTEST or following >= len(text):
        return False
    last, first = text[end - 1], text[following]
    if last in "，,、" and ("\u3400" <= first <= "\u9fff" or first.isdigit()):
        return True
    joined = ("\u3400" <= last <= "\u9fff" or last.isdigit()) and ("\u3400" <= first <= "\u9fff" or first.isdigit())
    return last not in _CLOSED and joined and any(c in "，,。" for c in text[line:end])
