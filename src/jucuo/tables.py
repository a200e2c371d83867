"""The tables and word lists beside the code: ``data/`` of a package; lines that begin with # are remarks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files


@cache
def lines(package: str, name: str) -> tuple[str, ...]:
    """The lines of a file of `package` that are neither empty nor a remark."""
    text = files(package).joinpath(name).read_text("utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


def rows(package: str, name: str, width: int) -> Iterator[list[str]]:
    """Rows of a table in ``data/`` whose cells are parted by tabs, short ones filled up."""
    for line in lines(package, f"data/{name}"):
        cells = [cell.strip() for cell in line.split("\t")]
        yield (cells + [""] * width)[:width]


def words(package: str, name: str) -> list[str]:
    """The words of a list in ``data/``, the longest first."""
    return longest_first({word for line in lines(package, f"data/{name}") for word in line.split()})


@cache
def lists(package: str, name: str) -> dict[str, str]:
    """The lists of a file in ``data/``, each line a name and words of its list, as patterns for any word."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in lines(package, f"data/{name}"):
        key, *items = line.split()
        found[key] += items
    return {key: alternatives(items) for key, items in found.items()}


def alternatives(words: Iterable[str]) -> str:
    """A regular expression for any of the words, the longest first."""
    return "|".join(longest_first(words))


def longest_first(words: Iterable[str]) -> list[str]:
    """The words in an order in which none hides a longer one."""
    return sorted(words, key=lambda word: (-len(word), word))
