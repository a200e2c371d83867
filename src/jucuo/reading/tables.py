"""The tables beside this module: words and patterns of a kind, one a row."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def values(table: str, kind: str) -> tuple[str, ...]:
    """The second column of the rows of a kind."""
    rows = files(__package__).joinpath(table).read_text("utf-8").splitlines()
    return tuple(row.split("\t")[1] for row in rows if row.startswith(kind + "\t"))


def any_of(table: str, kind: str) -> str:
    """A pattern for any of them; one that matches nothing if there are none."""
    return "|".join(f"(?:{value})" for value in values(table, kind)) or "(?!)"
