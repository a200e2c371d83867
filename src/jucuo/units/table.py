"""The tables of units, and the longest unit that stands at a place of a text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from .. import tables


@dataclass(frozen=True, slots=True)
class Unit:
    """One written form of a unit.

    Parameters
    ----------
    surface
        As written: 名, 公里, 万元.
    kind
        ``count``, ``quantity``, ``money`` or ``percent``.
    unit
        Normal form: classifier, symbol, ISO 4217 code, ``%`` or ``pp``.
    factor
        What one such unit is in the normal form (角: 0.1 CNY).
    stop
        Words that make it another word when they follow (家 before 庭).
    need
        Words of which one has to follow; empty if none has to.
    arabic
        Whether only a number in digits or with a scale goes before it (平, 方, 度).
    """

    surface: str
    kind: str
    unit: str
    factor: int | Decimal = 1
    stop: tuple[str, ...] = ()
    need: tuple[str, ...] = ()
    arabic: bool = False

    def fits(self, text: str, end: int) -> bool:
        """Whether the unit is a word of its own when it ends at `end`."""
        if self.stop and text.startswith(self.stop, end):
            return False
        if not self.need or text.startswith(self.need, end):
            return True
        return end >= len(text) and "。" in self.need


_CLOSING = tuple("，。；、！？,;!?\n")
"""What 。 stands for in the tables: the end of a clause; the end of the text is one too."""


def _words(cell: str) -> tuple[str, ...]:
    words = tuple(cell.split())
    return tuple(dict.fromkeys((*words, *_CLOSING))) if "。" in words else words


def _number(cell: str) -> int | Decimal:
    value = Decimal(cell or 1)
    return int(value) if value == value.to_integral_value() else value


_MONEY = list(tables.rows(__package__, "money.tsv", 6))
CURRENCIES = {surface: code for surface, code, *_, before in _MONEY if before}
"""Signs, codes and currencies that stand before an amount, with their ISO 4217 code."""


def _read() -> dict[str, tuple[Unit, ...]]:
    """Map each written form to its units; what depends on the words that follow comes first."""
    table: dict[str, tuple[Unit, ...]] = {}
    for surface, unit, factor, stop in tables.rows(__package__, "percent.tsv", 4):
        _add(table, Unit(surface, "percent", unit, _number(factor), _words(stop)))
    for surface, unit, factor, stop, need, before in _MONEY:
        if before != "only":
            _add(table, Unit(surface, "money", unit, _number(factor), _words(stop), _words(need)))
    for surface, unit, factor, *rest in tables.rows(__package__, "physical.tsv", 6):
        _add(table, Unit(surface, "quantity", unit, _number(factor), *_conditions(rest)))
    for surface, unit, *rest in tables.rows(__package__, "classifiers.tsv", 5):
        _add(table, Unit(surface, "count", unit or surface, 1, *_conditions(rest)))
    return table


def _conditions(cells: list[str]) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    return _words(cells[0]), _words(cells[1]), bool(cells[2])


def _add(table: dict[str, tuple[Unit, ...]], unit: Unit) -> None:
    table[unit.surface] = (*table.get(unit.surface, ()), unit)


def _lengths(words: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """Map a first character to the lengths of the words it starts, longest first."""
    found: dict[str, set[int]] = {}
    for word in words:
        found.setdefault(word[0], set()).add(len(word))
    return {c: tuple(sorted(lengths, reverse=True)) for c, lengths in found.items()}


_TABLE = _read()
_LENGTHS = _lengths(_TABLE)

_NOUNS: dict[str, tuple[str, ...]] = {
    noun: _words(stop) for noun, stop in tables.rows(__package__, "nouns.tsv", 2)
}
"""Nouns that follow a number without a classifier (6省, 3万农户), with what may not come next."""
_NOUN_LENGTHS = _lengths(_NOUNS)


def lookup(surface: str) -> Unit | None:
    """Return the unit with exactly this written form, None if there is none."""
    found = _TABLE.get(surface)
    return found[0] if found else None


def match(text: str, start: int) -> Unit | None:
    """Return the longest unit that stands at `start` and fits what follows, None if there is none."""
    lengths = _LENGTHS.get(text[start : start + 1])
    if lengths:
        for n in lengths:
            for unit in _TABLE.get(text[start : start + n], ()):
                if unit.fits(text, start + n):
                    return unit
    return None


def noun(text: str, start: int) -> str | None:
    """Return the longest noun of the table at `start`, None if there is none."""
    for n in _NOUN_LENGTHS.get(text[start : start + 1], ()):
        word = text[start : start + n]
        stop = _NOUNS.get(word)
        if stop is not None and not text.startswith(stop, start + n):
            return word
    return None
