"""The word lists of ``data/`` as Python data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from .. import tables


def rows(name: str, width: int) -> Iterator[list[str]]:
    """Rows of a table of this package."""
    return tables.rows(__package__, name, width)


@cache
def table(name: str, width: int) -> dict[str, list[str]]:
    """The rows of a table by their first cell."""
    return {row[0]: row for row in rows(name, width)}


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


def context_words(name: str, lists: str = "context.tsv") -> str:
    """A regular expression for a list of ``context.tsv`` or another table of lists."""
    return tables.lists(__package__, lists)[name]
