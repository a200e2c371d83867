"""A whole expression of number: a numeral with its bounds, a fraction, a range."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from ..tables import alternatives, longest_first
from .bounds import LEFT, RIGHT
from .values import MAX_LENGTH, Exact, exact, interval, plain, to_number

_SET = {
    "成百上千": (100, 1000), "成千上万": (1000, 10000), "成千成万": (1000, 10000),
    "几十上百": (20, 100), "几百上千": (200, 1000), "几千上万": (2000, 10000),
}  # fmt: skip
_RANGE = re.compile(r"(.+?)(?:[-—–－~～]{1,2}|[至到])(?=[^-—–－~～至到])(.+)")
_FRACTION = re.compile(r"(?:(.+)又)?(.+)分之(.+)")
_WITHIN = re.compile(r"(.*[十百千0-9])([多余来])([万亿]+)")
_LEFT = re.compile(alternatives(LEFT))
_RIGHT = re.compile(f"(?:{'|'.join(map(re.escape, longest_first(RIGHT)))})$")
_SCALES = re.compile(r"(.*?[0-9零一二两三四五六七八九十百千几])([百千]?[万亿兆]+)")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number read: `value`, or `low` and `high` of a range, and `bound` as in claims."""

    value: Exact | None
    low: Exact | None = None
    high: Exact | None = None
    bound: str = "exact"


def parse(text: str) -> Numeral | None:
    """Read a whole string as a number; None if it is none. Never raises on text.

    >>> parse("近三分之二"), parse("30至40万")
    (Numeral(value=Fraction(2, 3), low=None, high=None, bound='approx'), \
Numeral(value=None, low=300000, high=400000, bound='range'))
    """
    text = plain(text.strip())
    if not text or len(text) > MAX_LENGTH:
        return None
    left = right = None
    if (m := _LEFT.match(text)) and m.end() < len(text):
        left, text = LEFT[m[0]], text[m.end() :]
    if (m := _RIGHT.search(text)) and m.start():
        right, text = RIGHT[m[0]], text[: m.start()]
    elif m := _WITHIN.fullmatch(text):
        right, text = RIGHT[m[2]], m[1] + m[3]
    found = _single(text) or _range(text)
    if found is None or found.bound == "range":
        return found
    return Numeral(found.value, bound=right or left or "exact")


def _single(text: str) -> Numeral | None:
    if text in _SET:
        return Numeral(None, *_SET[text], bound="range")
    vague = interval(text)
    if vague:
        return Numeral(None, *vague, bound="range")
    negative = text[:1] in ("-", "−", "负")
    value: Exact | None = to_number(text[negative:]) if text != "半" else exact(Fraction(1, 2))
    if value is None:
        value = _fraction(text[negative:])
    return None if value is None else Numeral(-value if negative else value)


def _fraction(text: str) -> Exact | None:
    m = _FRACTION.fullmatch(text)
    if not m:
        return None
    whole = to_number(m[1]) if m[1] else 0
    below, above = to_number(m[2]), to_number(m[3])
    if whole is None or not below or above is None:
        return None
    return exact(Fraction(whole) + Fraction(above) / Fraction(below))


def _range(text: str) -> Numeral | None:
    m = _RANGE.fullmatch(text)
    if not m:
        return None
    percent = re.match(r"(.+分之)", m[1])
    low, high = _single(m[1]), _single(m[2])
    if percent and high and "分之" not in m[2]:
        high = _single(percent[1] + m[2])
    if low is None or high is None or low.value is None or high.value is None:
        return None
    shared = share_scale(m[1], m[2])
    first = to_number(shared) if shared else low.value
    return Numeral(None, first, high.value, "range") if first is not None and first <= high.value else None


def share_scale(first: str, second: str) -> str | None:
    """Give the first number of a range the scale of the second (30至40万: 30万), None if it has none to take.

    >>> share_scale("30", "40万"), share_scale("5000", "1万")
    ('30万', None)
    """
    m = _SCALES.fullmatch(second)
    if not m or _SCALES.fullmatch(first):
        return None
    a, b = to_number(first), to_number(m[1])
    return first + m[2] if a is not None and b is not None and a < b else None
