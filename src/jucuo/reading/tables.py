"""The tables beside this module: words and patterns of a kind, one a row."""

from __future__ import annotations

from functools import cache

from ..tables import lines


@cache
def values(table: str, kind: str) -> tuple[str, ...]:
    """The second column of the rows of a kind."""
    rows = (line.split("\t") for line in lines(__package__, table))
    return tuple(row[1] for row in rows if row[0] == kind)


def any_of(table: str, kind: str) -> str:
    """A pattern for any of them; one that matches nothing if there are none."""
    return "|".join(f"(?:{value})" for value in values(table, kind)) or "(?!)"
