"""The numerals that dates and lengths of time are written with, on top of `jucuo.numerals`."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from ..numerals import DIGITS, interval, parse, to_number

Number = int | Decimal

_TWO_OF = {"俩": "两", "仨": "三"}
"""Numerals with 个 in them: 俩小时, 仨月."""


class Amount(NamedTuple):
    """A number, or an interval with ``low < high``; `bound` is ``over`` for 上百."""

    low: Number
    high: Number
    bound: str = "exact"


def digits(text: str) -> int:
    """Read the figure of a year, month, day, hour or minute, as the patterns let it through."""
    if text.isdecimal() and text.isascii():
        return int(text)
    value = 1 if text == "元" else to_number(text)
    assert isinstance(value, int), text
    return value


@lru_cache(4096)
def amount(text: str) -> Amount | None:
    """Read a numeral before a unit of time; a vague one is an interval.

    >>> amount("十几")
    Amount(low=11, high=19, bound='exact')
    >>> amount("上百")
    Amount(low=100, high=100, bound='over')
    """
    text = _TWO_OF.get(text, text)
    if text == "半":
        return Amount(Decimal("0.5"), Decimal("0.5"))
    if text in ("几", "数"):
        return Amount(2, 9)
    if "分之" in text:
        return _share(text)
    vague = interval(text)
    if vague is not None:
        return Amount(*vague)
    if len(text) > 1 and all(c in DIGITS for c in text) and not set("〇零○") & set(text):
        return None  # 三一: two numbers side by side
    bound = "over" if text[0] == "上" else "exact"
    value = to_number(text.removeprefix("上"))
    return None if value is None else Amount(value, value, bound)


def _share(text: str) -> Amount | None:
    """四分之三: a share of a unit, if it can be written in full as a decimal."""
    found = parse(text)
    value = found.value if found else None
    return Amount(value, value) if isinstance(value, int | Decimal) else None
