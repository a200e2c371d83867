"""The word lists of ``data/`` as Python data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files


def rows(name: str, width: int) -> Iterator[list[str]]:
    """Rows of a tab-separated table of the package, short ones filled up; lines with ``#`` are remarks."""
    text = (files(__package__) / "data" / name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            cells = [c.strip() for c in line.split("\t")]
            yield (cells + [""] * width)[:width]


@cache
def table(name: str, width: int) -> dict[str, list[str]]:
    """The rows of a table by their first cell."""
    return {row[0]: row for row in rows(name, width)}


def alternatives(words: Iterable[str]) -> str:
    """A regular expression for any of the words, the longest first."""
    return "|".join(sorted(words, key=lambda w: (-len(w), w)))


def guarded(items: Iterable[tuple[str, str, str]]) -> str:
    """Like `alternatives` for (word, not after, not before)."""
    out = []
    rows = sorted(items, key=lambda x: (-len(x[0]), x[0]))
    for word, after, before in rows:
        ends = [f"(?<!(?:{a}){word})" for a in after.split("|") if a]  # one width each
        out.append(word + (f"(?!{before})" if before else "") + "".join(ends))
    return first_of(w for w, _, _ in rows) + "(?:" + "|".join(out) + ")"


def first_of(words: Iterable[str]) -> str:
    """A look ahead to the first character of any of the words: far cheaper than trying each."""
    return "(?=[" + "".join(sorted({w[0] for w in words})) + "])"


@cache
def context_words(name: str, lists: str = "context.tsv") -> str:
    """A regular expression for a list of ``context.tsv`` or another table of lists."""
    return alternatives(word for list_name, word in rows(lists, 2) if list_name == name)
