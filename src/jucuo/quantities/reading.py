"""Read one numeric expression: number, vagueness, unit, range, and what follows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from .. import units
from ..units import Unit
from . import context_units, scan
from .frequency import UNITS as TIMES
from .words import (
    BARE,
    BIG_NOUN,
    COLLOQUIAL,
    MONEY_NOUN,
    NOT_POINTS,
    POINTS,
    POINTS_AFTER,
    STOP,
    TEMPORAL,
    WAGE,
)

Value = Fraction | int


@dataclass(slots=True, eq=False)
class Reading:
    """What an expression says; `end` is where it ends in the text."""

    end: int
    kind: str
    low: Value
    high: Value | None
    unit: str
    bound: str | None
    classifier: str = ""


@dataclass(slots=True, eq=False)
class Number:
    """A number with the vague word behind it; `high` is set for an interval."""

    start: int
    end: int
    low: Value
    high: Value | None
    bound: str | None
    run: str
    scaled: bool


_RIGHT = re.compile(
    r"(?: ?[(（]含[^()（）]{0,8}[)）])?(?:(及?以上|有余|开外|出头|不止|余(?=[，。；、,;)）\s]|$))"
    r"|(及?以下|以内|之内|(?<=[米里])内(?![部容外科地]))|(左右|上下(?![班游联一同级功齐楼车学]))|(多(?=[，。；、,;)）的\s]|$)|\+(?![0-9])))"
)
_RIGHT_STARTS = frozenset(" (（及以有开出不余之内左上多+")
_GOES_ON = _RIGHT_STARTS | frozenset("半/／每")
_WHOLE = frozenset({"count", "percent"})
_PARTED = frozenset("块成")
"""What may stand behind a unit and go on with the number; kinds and units that have no smaller unit."""
_CONNECTING = frozenset(" -—–~～―－至到")
_HALF = re.compile("半(?![年月天日小个径夜数截边导成途])")
_SETS = re.compile("[（(]([次台件个家处份人间所座项辆艘支户头只把块张条套栋批段])[）)]")
_SMALL_END = re.compile("[，。；、,;：:）)”！？!?\\s的以左右高宽长深厚个多到至/毛钱两三四五六七八九]|$")
_MORE = re.compile(
    r"多(?![样数少边式媒彩肉伦功])|余(?![额震生热杭姚江粮味])|来(?![自源到往看说袭])|\+(?![0-9])"
)
_MORE_BOUND = {"多": "over", "余": "over", "+": "over", "来": "approx"}
_TAIL = re.compile("([零一二两三四五六七八九]|[0-9]{1,2})(?![零一二两三四五六七八九十百千万亿0-9.%％])")
_EACH = frozenset("个位人岗桌座")
_COINS = re.compile("(?:([0-9]|[一二两三四五六七八九])[角毛])?(?:([0-9]|[一二两三四五六七八九])分)?")
_LIANG = re.compile("([0-9]|[一二两三四五六七八九])(?:两|分(?=地|[，。；、]|$))")
_PER = re.compile("[/／每]([一-龥a-zA-Z]{1,4})")
_SINGLE = frozenset("零〇一二三四五六七八九十百千万亿")
_CODE = re.compile(r"[A-Za-z]")
_ARABIC = frozenset("0123456789")
_BY_CONTEXT = frozenset("级度个方重")


def number(text: str, start: int, end: int) -> Number | None:
    """Read the number of the run at `start`, with 多, 余, 来 and the scale behind them."""
    run = text[start:end]
    found = scan.value(run)
    if found is None:
        return None
    low, high = found
    scaled = run[-1] in "百千万亿" or (len(run) > 1 and run[-1] == "十")
    bound = None
    if text[end : end + 1] in _MORE_BOUND and (m := _MORE.match(text, end)):
        scale = scan.MULTIPLIER.match(text, m.end())
        if scale and not text.startswith("瓦", scale.end()):
            factor = scan.value(scale[0])
            if factor is not None:
                low, high = low * factor[0], high * factor[0] if high is not None else None
                end, bound, scaled = scale.end(), _MORE_BOUND[m[0]], True
        elif m[0] != "来" or run[-1] in "十0百千":
            end, bound = m.end(), _MORE_BOUND[m[0]]
    if high is not None:
        bound = None
    return Number(start, end, low, high, bound, run, scaled)


def read(text: str, first: Number) -> Reading | None:
    """Read on from a number: its unit, the second number of a range, what bounds it."""
    unit, at = _unit(text, first)
    second = None
    m = scan.CONNECTOR.match(text, at) if text[at : at + 1] in _CONNECTING else None
    if m and first.high is None and not (unit is None and _coded(text, m.end())):
        second = _second(text, m.end(), first, unit)
    if second is None:
        if unit is None:
            return _bare(text, first)
        return _finish(text, first, unit, at, first.low, first.high)
    other, unit, at, low = second
    if unit is None:
        reading = _bare(text, other)
        if reading is not None:
            reading.low, reading.high = low, other.low
        return reading
    return _finish(text, other, unit, at, low, other.low)


def _coded(text: str, at: int) -> bool:
    return text[at : at + 1] == "0" and text[at + 1 : at + 2] != "."


def _unit(text: str, n: Number) -> tuple[Unit | None, int]:
    at = n.end
    sign = text[at : at + 1]
    if sign == " " or (sign == "\n" and n.run[-1].isascii()):
        at += 1
        sign = text[at : at + 1]
    if sign in _BY_CONTEXT and (special := context_units.unit(text, n.start, n.end)):
        return special, at + 1
    unit = units.match(text, at)
    if unit is None or (unit.arabic and n.run in _SINGLE and not n.bound):
        return None, n.end
    surface = unit.surface
    end = at + len(surface)
    if surface.isascii() and surface.isalpha() and _CODE.match(text, end):
        return None, n.end
    return unit, end


def _second(
    text: str, at: int, first: Number, unit: Unit | None
) -> tuple[Number, Unit | None, int, Value] | None:
    """The second number of a range, its unit and end, and the first number in the same scale."""
    m = scan.NEXT.match(text, at)
    other = number(text, m.start(), m.end()) if m else None
    if other is None or other.high is not None:
        return None
    second_unit, end = _unit(text, other)
    if unit is not None and (second_unit is None or second_unit.unit != unit.unit):
        return None
    low = first.low
    if second_unit is not None and unit is not None:
        low = low * Fraction(unit.factor) / Fraction(second_unit.factor)
    elif unit is None and not first.scaled and other.scaled:
        scale = scan.MULTIPLIER.search(other.run) if other.end == at + len(other.run) else None
        factor = scan.value(scale[0]) if scale and scale.end() == len(other.run) else None
        if factor and low * factor[0] < other.low:
            low = low * factor[0]
    return (other, second_unit, end, low) if low < other.low else None


def _finish(text: str, n: Number, unit: Unit, at: int, low: Value, high: Value | None) -> Reading | None:
    """Apply the unit and what may follow it: 半, smaller units, a rate, 以上."""
    kind, symbol = unit.kind, unit.unit
    after = text[at : at + 1]
    if after not in _GOES_ON and kind in _WHOLE and unit.factor == 1 and unit.surface not in _PARTED:
        return Reading(at, kind, low, high, symbol, n.bound, unit.surface)
    single = high is None and n.bound is None
    if unit.factor != 1:
        factor = Fraction(unit.factor)
        low, high = low * factor, high * factor if high is not None else None
    if unit.surface == "度" and kind != "count":
        resolved = _degree(text, n, at)
        if resolved is None:
            return None
        symbol = resolved
    if single and after == "半" and (m := _HALF.match(text, at)):
        low, at = low + Fraction(unit.factor) / 2, m.end()
    elif single:
        low, at = _smaller(text, n, unit, low, at)
    if unit.surface == "块":
        paid = low != n.low or (
            kind == "money"
            and (n.run[0] not in _ARABIC or MONEY_NOUN.search(text, max(0, n.start - 12), n.start))
        )
        kind, symbol = ("money", "CNY") if paid else ("count", "块")
    if after in ("(", "（") and kind == "count" and (m := _SETS.match(text, at)):
        at = m.end()
    if kind == "percent" and unit.surface == "成" and single and (m := _TAIL.match(text, at)):
        tenth = scan.value(m[1])
        if tenth and not units.match(text, m.end()):
            low, at = low + tenth[0], m.end()
    if (
        after in ("/", "／", "每")
        and kind != "percent"
        and unit.surface not in TIMES
        and (m := _PER.match(text, at))
    ):
        per, length = _denominator(m[1], m[0][0] == "每")
        if per:
            symbol, at = f"{symbol}/{per}", m.start() + 1 + length
    elif kind == "money" and text.startswith("一", at):
        each = units.match(text, at + 1)
        if each is not None and each.kind == "quantity":
            symbol = f"{symbol}/{each.unit}"
    bound, at = right_modifier(text, at)
    return Reading(at, kind, low, high, symbol, bound or n.bound, unit.surface)


def right_modifier(text: str, at: int) -> tuple[str | None, int]:
    m = _RIGHT.match(text, at) if text[at : at + 1] in _RIGHT_STARTS else None
    if not m:
        return None, at
    return ("over" if m[1] or m[4] else "under" if m[2] else "approx"), m.end()


def _degree(text: str, n: Number, at: int) -> str | None:
    """度 is electricity, temperature or an angle, by its context; None for 一度, 二度 (once, twice)."""
    before = text[max(0, n.start - 14) : n.start]
    if before.endswith(("零下", "零上")):
        return "℃"
    if re.match("(?:绿|清洁)?电", text[at : at + 3]) or "电" in before or n.low >= 10000:
        return "kWh"
    if re.search("温|零[上下]|热|烧|℃", before):
        return "℃"
    return "°" if n.run[0].isascii() or n.scaled else None


def _smaller(text: str, n: Number, unit: Unit, low: Value, at: int) -> tuple[Value, int]:
    """一米七, 三块五, 5元8角, 三斤二两, 二亩三分: the smaller unit behind the larger."""
    if unit.surface in ("米", "块") and (m := _TAIL.match(text, at)):
        alike = n.run.isdigit() if m[1].isascii() else not n.run[0].isascii()
        each = m[1] == "一" and text[m.end() : m.end() + 1] in _EACH  # 一米一个, 一米一岗
        if alike and not each and _SMALL_END.match(text, m.end()) and not TEMPORAL.match(text, m.end()):
            return low + _digits(m[1], 10 ** len(m[1])), m.end()
    elif unit.unit == "CNY" and unit.surface in ("元", "块"):
        m = _COINS.match(text, at)
        if m and m.end() > at:
            return low + _digits(m[1], 10) + _digits(m[2], 100), m.end()
    elif unit.unit in ("jin", "mu") and (m := _LIANG.match(text, at)):
        return low + _digits(m[1], 10), m.end()
    return low, at


def _digits(run: str | None, below: int) -> Fraction:
    found = scan.value(run) if run else None
    return Fraction(found[0], below) if found else Fraction(0)


_TIME_UNITS = dict(秒="s", 分钟="min", 小时="h", 时="h", 天="d", 日="d", 周="周", 月="月", 年="年")


def _denominator(word: str, spelled: bool) -> tuple[str | None, int]:
    """The normal form of a unit below the line and the length of what was read of `word`."""
    for n in range(len(word), 0, -1):
        part = word[:n]
        if part in _TIME_UNITS and not (spelled and part in "天日月年周"):
            return _TIME_UNITS[part], n
        unit = units.lookup(part)
        if unit is not None and not (spelled and unit.kind != "quantity"):
            return unit.unit if unit.kind != "count" else part, n
    return None, 0


def _bare(text: str, n: Number) -> Reading | None:
    """A number without a unit: straight before its noun, or alone behind a verb of amount."""
    bound, at = right_modifier(text, n.end)
    if bound is None:
        if text[n.end : n.end + 1] in "分点" and n.end < len(text):
            return _points(text, n)
        if TEMPORAL.match(text, n.end):
            return None
        if units.noun(text, n.end) and _counts(n):
            return Reading(n.end, "count", n.low, n.high, "", n.bound)
        if (BIG_NOUN.match(text, n.end) or context_units.noun(text, n.start, n.end)) and _counts(n):
            return Reading(n.end, "count", n.low, n.high, "", n.bound)
    elif n.low >= 1900 and n.low <= 2100 and not n.scaled:
        return None
    if n.scaled or n.bound or bound:
        if not STOP.match(text, at):
            kind = "money" if MONEY_NOUN.search(text, max(0, n.start - 10), n.start) else "count"
            if kind == "money" and BARE.match(text, at) and n.run[0] not in "百千":
                return Reading(at, "money", n.low, n.high, "CNY", bound or n.bound)
            return Reading(at, "count", n.low, n.high, "", bound or n.bound)
        return None
    if (
        COLLOQUIAL.fullmatch(n.run)
        and BARE.match(text, at)
        and WAGE.search(text, max(0, n.start - 4), n.start)
    ):
        return Reading(at, "money", n.low, n.high, "CNY", bound or n.bound)
    if n.run[0].isascii() and BARE.match(text, at) and len(n.run) < 9:
        return Reading(at, "level", n.low, n.high, "", None)
    return None


def _points(text: str, n: Number) -> Reading | None:
    """Points of a mark or an index (得分92.5分, 指数为89.1点), not minutes or hours."""
    named = POINTS.search(text, max(0, n.start - 12), n.start) or POINTS_AFTER.match(text, n.end)
    if named and not NOT_POINTS.match(text, n.end):
        bound, at = right_modifier(text, n.end + 1)
        return Reading(at, "count", n.low, n.high, text[n.end], bound or n.bound)
    return None


def _counts(n: Number) -> bool:
    """Whether a number before a noun counts it: no year, no code, no 一."""
    if n.run == "一" or n.run in "百千万亿":
        return False
    return not (n.run.isdigit() and (1900 <= n.low <= 2100 or len(n.run) > 6 or n.run[0] == "0"))
