"""The word lists of the linker, read once from the package."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

SORTS = {"GPE": frozenset({"GPE"}), "ORG": frozenset({"ORG"}), "FAC": frozenset({"FAC", "LOC"})}


@cache
def words() -> dict[str, str]:
    """Return every word of ``data/words.txt`` and every anaphor with its class."""
    out = dict.fromkeys(anaphors(), "r")
    for kind, items in _rows("words.txt"):
        out.update(dict.fromkeys(items, kind))
    return out


@cache
def openings() -> dict[str, list[tuple[str, str]]]:
    """Return, for two characters, the words that open with them, longest first, with their class."""
    out: dict[str, list[tuple[str, str]]] = {}
    for word in sorted(words(), key=len, reverse=True):
        if len(word) > 1:
            out.setdefault(word[:2], []).append((word, words()[word]))
    return out


@cache
def characters() -> dict[str, str]:
    """Return the words of a single character with their class."""
    return {word: kind for word, kind in words().items() if len(word) == 1}


@cache
def roles() -> dict[str, frozenset[str]]:
    """Return the words of ``data/roles.txt`` by role."""
    return {role: frozenset(items) for role, items in _rows("roles.txt")}


@cache
def anaphors() -> dict[str, str]:
    """Return the words that point back to a named place or body, with the sort they point to."""
    return {word: sort for sort in SORTS for word in roles()[sort]}


def _rows(name: str) -> list[tuple[str, list[str]]]:
    text = (files(__package__) / "data" / name).read_text(encoding="utf-8")
    rows = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    return [(row[0], row[1:]) for row in rows]
