"""One number with what is written into it or straight behind it: 多, 余, 来, 个亿."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from .. import numerals, units
from . import scan
from .words import CLOSE, is_watts

Value = Fraction | int


@dataclass(slots=True, eq=False)
class Number:
    """A number with the vague word behind it; `high` is set for an interval.

    `sign` is the length of the sign before it and whether that is a minus.
    """

    start: int
    end: int
    low: Value
    high: Value | None
    bound: str | None
    run: str
    scaled: bool
    sign: tuple[int, bool] = (0, False)


_MORE = re.compile(
    r"多(?![样数少边式媒彩肉伦功])|余(?![额震生热杭姚江粮味])|来(?![自源到往看说袭])|\+(?![0-9])"
)
_WAN = re.compile("w(?![A-Za-z0-9])")
"""10w+: 万 as people type it."""
_MORE_BOUND = {"多": "over", "余": "over", "+": "over", "来": "approx"}
_GE_SCALE = re.compile(
    r"个(?:(?P<more>多)?(?P<scale>亿)"
    rf"(?:(?![元吨级斤千方人立规产户件平度公亩标头只吉万])|(?=元{CLOSE}))"
    r"|(?:(?P<points>多)|(?P<half>半))(?=百分点))"
)
"""5个亿, 2个多百分点, 一个半百分点; not 10个亿元村."""
_NAMED = frozenset("所团路连班号页章期款")
"""Classifiers of what has a number for a name: 七〇一所, 一〇三团."""


def number(text: str, start: int, end: int) -> Number | None:
    """Read the number of the run at `start`, with 多, 余, 来 and the scale behind them."""
    run = text[start:end]
    found = scan.value(run) or _spelled(text, run, end)
    if found is None:
        return None
    low, high = found
    scaled = run[-1] in "百千万亿佰仟" or (len(run) > 1 and run[-1] == "十")
    bound = None
    after = text[end : end + 1]
    if after == "w" and run[-1].isdigit() and _WAN.match(text, end) and not is_watts(text, start, end):
        run, low, high = f"{run}万", low * 10**4, high and high * 10**4
        end, scaled = end + 1, True
        after = text[end : end + 1]
    if after in _MORE_BOUND and (m := _MORE.match(text, end)):
        scale = scan.MULTIPLIER.match(text, m.end())
        if scale and not text.startswith("瓦", scale.end()):
            factor = scan.value(scale[0])
            if factor is not None:
                low, high = low * factor[0], high * factor[0] if high is not None else None
                end, bound, scaled = scale.end(), _MORE_BOUND[m[0]], True
        elif m[0] != "来" or run[-1] in "十0百千":
            end, bound = m.end(), _MORE_BOUND[m[0]]
        after = text[end : end + 1]
    if after == "个" and (m := _GE_SCALE.match(text, end)):
        if m["scale"]:
            low, high, scaled = low * 10**8, high * 10**8 if high is not None else None, True
        elif m["half"]:
            low += Fraction(1, 2)
        end, bound = m.end(), "over" if m["more"] or m["points"] else bound
    if high is not None:
        bound = None
    return Number(start, end, low, high, bound, run, scaled)


def _spelled(text: str, run: str, end: int) -> tuple[Value, None] | None:
    """一〇八名: a number spelled by digits, which only its unit shows."""
    if len(run) < 3 or "〇" not in run or text[end : end + 1] in _NAMED or not units.match(text, end):
        return None
    value = numerals.ratio(run)
    return None if value is None else (value, None)
