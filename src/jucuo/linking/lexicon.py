"""The word lists of the linker, read once from the package."""

from __future__ import annotations

from functools import cache

from ..tables import lines

SORTS = {"GPE": frozenset({"GPE"}), "ORG": frozenset({"ORG"}), "FAC": frozenset({"FAC", "LOC"})}


@cache
def words() -> dict[str, str]:
    """Return every word of ``data/words.txt`` and every anaphor with its class."""
    out = dict.fromkeys(anaphors(), "r")
    for kind, items in _rows("words.txt"):
        out.update(dict.fromkeys(items, kind))
    return out


@cache
def pairs() -> dict[str, tuple[str, tuple[tuple[str, str], ...]]]:
    """Return, for two characters, the class of their word ("" if none) and the longer words they open.

    The longer words stand longest first, each with its class.
    """
    longer: dict[str, list[tuple[str, str]]] = {}
    for word in sorted(words(), key=len, reverse=True):
        if len(word) > 1:
            longer.setdefault(word[:2], []).extend([(word, words()[word])] if len(word) > 2 else [])
    found = {pair: (words().get(pair, ""), tuple(opened)) for pair, opened in longer.items()}
    shared = {entry: entry for entry in found.values()}  # equal entries as one object: less to read
    return {pair: shared[entry] for pair, entry in found.items()}


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
    rows = (line.split() for line in lines(__package__, f"data/{name}"))
    return [(row[0], row[1:]) for row in rows]
