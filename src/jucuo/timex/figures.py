"""The numerals that dates and lengths of time are written with, vague ones included.

`amount` reads what `jucuo.numerals` reads, but keeps to what may stand before a unit of time and gives
vague numerals as intervals: 十几 11 to 19, 数十 20 to 90, 两三 2 to 3.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "两": 2, "O": 0}
_TENS = {"十": 10, "百": 100, "千": 1000}
_BIG = {"万": 10**4, "亿": 10**8}

Number = int | Decimal


class Amount(NamedTuple):
    """A number, or an interval with ``low < high``; `bound` is ``over`` for 上百."""

    low: Number
    high: Number
    bound: str = "exact"


def digits(text: str) -> int:
    """Read a figure of Arabic or Chinese digits one by one (二〇二〇) or with tens (二十三)."""
    if text.isdecimal() and text.isascii():
        return int(text)
    if text == "元":
        return 1
    value = chinese(text.replace("廿", "二十").replace("卅", "三十"))
    assert value is not None, text
    return value


@lru_cache(4096)
def chinese(text: str) -> int | None:
    """Read a plain Chinese numeral; None if it is none."""
    if not text:
        return None
    if all(c in DIGITS for c in text):
        return int("".join(str(DIGITS[c]) for c in text))
    total = section = digit = 0
    last = 10**12
    fresh = True
    for c in text:
        if c in DIGITS:
            if digit and DIGITS[c]:
                return None
            digit = DIGITS[c]
            fresh = False
        elif c in _TENS:
            unit = _TENS[c]
            if unit >= last or (digit == 0 and not fresh and unit != 10):
                return None
            section += (digit or 1) * unit
            digit, last, fresh = 0, unit, False
        elif c in _BIG:
            total = (total + section + digit) * _BIG[c] if c == "亿" else total + (section + digit) * _BIG[c]
            section, digit, last, fresh = 0, 0, 10**12, False
        else:
            return None
    return total + section + digit


_ARABIC = re.compile(r"(\d+(?:,\d{3})*(?:\.\d+)?)([十百千万亿]*)")
_NINE = "一二两三四五六七八九"
_VAGUE = re.compile(rf"(?P<head>[{_NINE}]?十|)(?P<a>[{_NINE}])(?P<b>[{_NINE}])(?P<scale>[十百千万亿]*)")
_SCALE = re.compile(r"[十百千万亿]+")


def _scale(text: str) -> int:
    out = 1
    for c in text:
        out *= _TENS.get(c) or _BIG[c]
    return out


@lru_cache(4096)
def amount(text: str) -> Amount | None:
    """Read a numeral before a unit of time.

    >>> amount("十几"), amount("三五")
    (Amount(low=11, high=19, bound='exact'), Amount(low=3, high=5, bound='exact'))
    """
    m = _ARABIC.fullmatch(text)
    if m:
        exact = Decimal(m[1].replace(",", "")) * _scale(m[2])
        value: Number = int(exact) if exact == exact.to_integral_value() else exact
        return Amount(value, value)
    if text == "半":
        return Amount(Decimal("0.5"), Decimal("0.5"))
    if text[0] in "上近" and len(text) > 1 and _SCALE.fullmatch(text, 1):
        return Amount(_scale(text[1:]), _scale(text[1:]), "over")
    if text[0] in "几数":
        if len(text) == 1:
            return Amount(2, 9)
        if _SCALE.fullmatch(text, 1):
            return Amount(2 * _scale(text[1:]), 9 * _scale(text[1:]))
        return None
    if text.endswith("几"):
        tens = chinese(text[:-1])
        return Amount(tens + 1, tens + 9) if tens and tens % 10 == 0 and tens < 1000 else None
    m = _VAGUE.fullmatch(text)
    if m:
        a, b = DIGITS[m["a"]], DIGITS[m["b"]]
        if b == a + 1 or (a, b) == (3, 5):
            base = chinese(m["head"]) or 0
            scale = _scale(m["scale"])
            return Amount((base + a) * scale, (base + b) * scale)
        return None
    if len(text) > 1 and all(c in DIGITS for c in text) and not {"〇", "零", "○"} & set(text):
        return None  # 三一: two numbers side by side
    plain = chinese(text)
    return None if plain is None else Amount(plain, plain)
