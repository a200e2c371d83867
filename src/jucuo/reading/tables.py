"""The tables beside this module: words and patterns of a kind, one a row."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def _rows(table: str) -> list[list[str]]:
    lines = files(__package__).joinpath(table).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@cache
def values(table: str, kind: str) -> tuple[str, ...]:
    """The second column of the rows of a kind."""
    return tuple(row[1] for row in _rows(table) if row[0] == kind)


def any_of(table: str, kind: str) -> str:
    """A pattern for any of them; one that matches nothing if there are none."""
    return "|".join(f"(?:{value})" for value in values(table, kind)) or "(?!)"
