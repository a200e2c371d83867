"""What goes on with a number behind its unit: 两斤半, 一米七, 3元5角."""

from __future__ import annotations

import re
from fractions import Fraction

from .. import numerals
from ..units import Unit
from .number import Number, Value
from .words import CLOSE, TEMPORAL

_HALF = re.compile("半(?![年月天日小个径夜数截边导成途])")
EACH = "一(?=[个位人岗桌座斤公吨米升度平瓶盒袋包箱桶份碗杯只条张件本支串头棵天晚])"
"""一 of what something is for each: 1块2一斤, 一米一岗, 300一晚."""
_SMALL_END = re.compile(f"{CLOSE}|[：:的了吗呢吧啊啦以左右高宽长深厚个多到至/毛钱两三四五六七八九]|{EACH}")
TENTH = re.compile(
    f"((?!{EACH})[零一二两三四五六七八九](?:(?!{EACH})[零一二两三四五六七八九])?|[0-9]{{1,2}})"
    f"(?!(?!{EACH})[零一二两三四五六七八九十百千万亿0-9.%％])"
)
_COIN = "([0-9一二两三四五六七八九壹贰叁肆伍陆柒捌玖])"
_COINS = re.compile(
    f"(?:{_COIN}[角毛]钱?)?(?:[零〇]?{_COIN}分(?!钟)钱?|(?<=[角毛]){_COIN}(?={CLOSE}|[的了吗呢吧收卖买]|{EACH}))?"
)
_LIANG = re.compile("([0-9]|[一二两三四五六七八九])(?:两|分(?=地|[，。；、]|$))")


def smaller(text: str, n: Number, unit: Unit, low: Value, at: int) -> tuple[Value, int]:
    """Add 半 or the smaller unit behind the larger; return the sum and where it ends.

    一米七, 三块五, 5元8角, 三斤二两, 二亩三分, 38度5.
    """
    if text.startswith("半", at) and (m := _HALF.match(text, at)):
        return low + Fraction(unit.factor) / 2, m.end()
    if unit.surface in ("元", "块", "毛") and (m := _COINS.match(text, at)) and m.end() > at:
        return low + _digits(m[1], 10) + _digits(m[2] or m[3], 100), m.end()
    if unit.surface in ("米", "块", "度") and (m := TENTH.match(text, at)):
        alike = n.run.isdigit() if m[1].isascii() else not n.run[0].isascii()
        if alike and _SMALL_END.match(text, m.end()) and not TEMPORAL.match(text, m.end()):
            return low + _digits(m[1], 10 ** len(m[1])), m.end()
    elif unit.unit in ("jin", "mu") and (m := _LIANG.match(text, at)):
        return low + _digits(m[1], 10), m.end()
    return low, at


def _digits(run: str | None, below: int) -> Fraction:
    found = numerals.ratio(run) if run else None
    return Fraction(found, below) if found else Fraction(0)
