"""Read one numeric expression: number, vagueness, unit, range, and what follows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from .. import units
from ..numerals import ACTS
from ..tables import lists
from ..units import Unit
from . import context_units, rates, scan, signs
from .frequency import UNITS as TIMES
from .number import Number, Value, number
from .smaller import EACH, TENTH, smaller
from .words import (
    BARE,
    BIG_NOUN,
    CLOSE,
    COLLOQUIAL,
    MONEY_NOUN,
    NOT_POINTS,
    PIECES,
    POINTS,
    POINTS_AFTER,
    PRICE,
    STOP,
    TEMPORAL,
    WAGE,
)


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
    signed: int = 0  # length of the sign before the number


_RIGHT = re.compile(
    rf"(?: ?[(（]不?含[^()（）]{{0,8}}[)）])?(?:(及?以上|有余|开外|出头|不止|余(?={CLOSE}))"
    rf"|(及?以下|以内|之内|不到(?={CLOSE}|的)|(?<=[米里])内(?![部容外科地]))|(左右|上下(?![班游联一同级功齐楼车学]))|(多(?={CLOSE}|的)|\+(?![0-9])))"
)
_RIGHT_STARTS = frozenset(" (（及以有开出不余之内左上多+")
_GOES_ON = _RIGHT_STARTS | frozenset("半/／每")
_WHOLE = frozenset({"count", "percent"})
_PARTED = frozenset("块成")
"""What may stand behind a unit and go on with the number; kinds and units that have no smaller unit."""
_CONNECTING = frozenset(" -—–~～―－至到")
_SPREAD = frozenset("亩斤米里吨顷丈") | {"公里", "公斤", "公顷"}
_MORE_OF = re.compile(
    "多(?![样数少边式媒彩肉伦功元种品用层车年能云维点线级头方回晶孔糖项个处家名次部区国民党轮端语面场型星发病动双亏支台"
    "终通旋目金波普轴联光模源季座批套条辆人户万亿百千十0-9一二三四五六七八九]|重(?<![斤吨]多重)|地(?<!亩多地))"
)
"""Units that 多 may follow before the noun (三亩多地, 五斤多鱼), and what makes 多 part of another word."""
_MORE_DONE = re.compile(f"多(?:{ACTS})了?[0-9零一二两三四五六七八九十百千半几]")
"""What is done more: 一斤多卖了两毛."""
_SETS = re.compile("[（(]([次台件个家处份人间所座项辆艘支户头只把块张条套栋批段])[）)]")
_BESIDE = lists(__package__, "context.txt")
_CLICKS = re.compile(f"(?:{_BESIDE['clicks']})[^，。；、]{{0,6}}$")
_HEAT = re.compile("(?:以[上下])?的?(?:[高低]温|[高低]烧|酷暑|热浪|严寒)")
_HOT = re.compile("温|零[上下]|热|烧|℃|摄氏|负$")
_WARM, _ANGLE = re.compile(_BESIDE["warm"]), re.compile(_BESIDE["angle"])
_TURN = re.compile("的?(?:大?[转拐掉翻逆反]|旋|角|全景|无死角|环[绕视]|视|弯)")
"""Words before 度, and behind it, that show what it is a degree of."""
_SAID = re.compile(f"(?:左右|上下|多)?{CLOSE}")
_FOR_ONE = re.compile(f"{EACH}[一-龥]{{1,2}}{CLOSE}")
_SINGLE = frozenset("零〇一二三四五六七八九十百千万亿")
_CODE = re.compile(r"[A-Za-z0-9]")
_BY_CONTEXT = frozenset("级度个方重Gw")


def read(text: str, first: Number) -> Reading | None:
    """Read on from a number: its unit, the second number of a range, what bounds it."""
    unit, at = _unit(text, first, first.start)
    second = None
    m = scan.CONNECTOR.match(text, at) if text[at : at + 1] in _CONNECTING else None
    if m and first.high is None and not (unit is None and _coded(text, m.end())):
        second = _second(text, m.end(), first, unit)
    if second is None:
        if unit is None:
            return _bare(text, first, first.start)
        return _finish(text, first, unit, at, first.low, first.high)
    other, unit, at, low, high = second
    reading = _bare(text, other, first.start) if unit is None else _finish(text, other, unit, at, low, high)
    if reading is not None:
        if unit is None:
            reading.low, reading.high = low, high
        elif _is_negative(text, first, unit.kind, unit.unit):
            reading.signed = first.sign[0]
    return reading


def take_sign(text: str, n: Number, reading: Reading) -> None:
    """Let a reading that starts at `n` have the sign before it, if it is no range that has it already."""
    length, minus = n.sign
    if reading.signed:
        return
    if not minus:
        reading.signed = length if reading.kind == "quantity" else 0
    elif _is_negative(text, n, reading.kind, reading.unit):
        low, high = reading.low, reading.high
        reading.low, reading.high = (-low, None) if high is None else (-high, -low)
        reading.signed = length


def _is_negative(text: str, n: Number, kind: str, unit: str) -> bool:
    return n.sign[1] and signs.is_negative(text, n.start - n.sign[0], kind, unit)


def _coded(text: str, at: int) -> bool:
    return text[at : at + 1] == "0" and text[at + 1 : at + 2] != "."


def _unit(text: str, n: Number, since: int) -> tuple[Unit | None, int]:
    """The unit behind a number and its end; `since` is where the range starts that the number ends."""
    at = n.end
    sign = text[at : at + 1]
    if sign == " " or (sign == "\n" and n.run[-1].isascii()):
        at += 1
        sign = text[at : at + 1]
    if sign in _BY_CONTEXT and (special := context_units.unit(text, n.start, n.end, since)):
        return special, at + len(special.surface)
    unit = units.match(text, at)
    if unit is None or (unit.arabic and n.run in _SINGLE and not n.bound):
        return None, n.end
    surface = unit.surface
    if surface == "起" and text[n.start - 1 : n.start] in signs.SYMBOLS:  # ¥99起
        return None, n.end
    end = at + len(surface)
    if surface[-1].isascii() and surface[-1].isalpha() and _CODE.match(text, end):
        return None, n.end
    return unit, end


def _second(
    text: str, at: int, first: Number, unit: Unit | None
) -> tuple[Number, Unit | None, int, Value, Value] | None:
    """The second number of a range, its unit and end, and both numbers in its scale with their signs."""
    sign = signs.LEADING.match(text, at)
    at = sign.end() if sign else at
    m = scan.NEXT.match(text, at)
    other = number(text, m.start(), m.end()) if m else None
    if other is None or other.high is not None:
        return None
    if sign:
        other.sign = len(sign[0]), sign[0] != "零上"
    second_unit, end = _unit(text, other, first.start)
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
    if second_unit is not None and (first.sign[0] or sign):
        ends = _with_signs(text, first, other, second_unit, low)
        return (other, second_unit, end, *ends) if ends else None
    if sign or low >= other.low:
        return None
    return other, second_unit, end, low, other.low


def _with_signs(
    text: str, first: Number, other: Number, unit: Unit, low: Value
) -> tuple[Value, Value] | None:
    """-5~3℃, 零下8到零下3℃; the 零下 of 零下5至10℃ holds for both."""
    high = other.low
    if other.sign[0] and unit.kind not in ("quantity", "percent", "money"):
        return None
    negative = _is_negative(text, first, unit.kind, unit.unit)
    if other.sign[1] or (negative and first.sign[0] == 2 and not other.sign[0]):
        high = -high
    if negative:
        low = -low
    if not negative and not other.sign[1]:
        return (low, high) if low < high else None
    return (min(low, high), max(low, high)) if low != high else None


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
    if single:
        low, at = smaller(text, n, unit, low, at)
    if unit.surface == "块":
        paid = low != n.low or (kind == "money" and not PIECES.search(text, max(0, n.start - 12), n.start))
        kind, symbol = ("money", "CNY") if paid else ("count", "块")
    if after in ("(", "（") and kind == "count" and (m := _SETS.match(text, at)):
        at = m.end()
    if kind == "percent" and unit.surface == "成" and single and (m := TENTH.match(text, at)):
        tenth = scan.value(m[1])
        if tenth and not units.match(text, m.end()):
            low, at = low + tenth[0], m.end()
    if after in rates.STARTS and kind != "percent" and unit.surface not in TIMES:
        if per := rates.below(text, at):
            symbol, at = symbol + per[0], per[1]
    elif kind == "money" and text.startswith("一", at):
        each = units.match(text, at + 1)
        if each is not None and each.kind == "quantity":
            symbol = f"{symbol}/{each.unit}"
    bound, at = right_modifier(text, at)
    spread = bound is None and n.bound is None and unit.surface in _SPREAD
    if spread and not (n.run == "一" and _MORE_DONE.match(text, at)) and (m := _MORE_OF.match(text, at)):
        bound, at = "over", m.end()
    return Reading(at, kind, low, high, symbol, bound or n.bound, unit.surface)


def right_modifier(text: str, at: int) -> tuple[str | None, int]:
    m = _RIGHT.match(text, at) if text[at : at + 1] in _RIGHT_STARTS else None
    if not m:
        return None, at
    return ("over" if m[1] or m[4] else "under" if m[2] else "approx"), m.end()


def _degree(text: str, n: Number, at: int) -> str | None:
    """度 is electricity, temperature or an angle, by its context; None for 一度, 二度 (once, twice)."""
    before = text[max(0, n.start - 14) : n.start]
    if before.endswith(("经", "纬")):
        return "°"
    if before.endswith(("零下", "零上")) or _HEAT.match(text, at):
        return "℃"
    if re.match("(?:绿|清洁)?电", text[at : at + 3]) or "电" in before or n.low >= 10000:
        return "kWh"
    if _HOT.search(before):
        return "℃"
    angle = _ANGLE.search(before) or _TURN.match(text, at)
    if not angle and (_WARM.search(before) or _like_heat(text, n, at)):
        return "℃"
    return "°" if n.run[0].isascii() or n.scaled else None


def _like_heat(text: str, n: Number, at: int) -> bool:
    """Whether a degree of nothing named is of the weather or of a body: 上海35度，北京28度; 量了36.4度."""
    if n.low > 45 or len(n.run) < 2:
        return False
    return bool(_SAID.match(text, at)) or ("." in n.run and n.low > 34)


def _bare(text: str, n: Number, since: int) -> Reading | None:
    """A number without a unit: straight before its noun, or alone behind a verb of amount.

    `since` is where the range starts that the number ends.
    """
    if n.run[0] in scan.FINANCIAL:
        return None
    if n.scaled and "个" in text[n.start : n.end]:  # 5个亿 is said of money, unless of clicks
        bound, at = right_modifier(text, n.end)
        kind, unit = (
            ("count", "") if _CLICKS.search(text, max(0, n.start - 12), n.start) else ("money", "CNY")
        )
        return Reading(at, kind, n.low, n.high, unit, bound or n.bound)
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
            stated = BARE.match(text, at) or PRICE.search(text, max(0, n.start - 4), n.start)
            if kind == "money" and stated and n.run[0] not in "百千":
                return Reading(at, "money", n.low, n.high, "CNY", bound or n.bound)
            return Reading(at, "count", n.low, n.high, "", bound or n.bound)
        return None
    if _is_price(text, n, since):
        per, at = rates.below(text, at) or ("", at)
        return Reading(at, "money", n.low, n.high, "CNY" + per, None)
    if n.run[0].isascii() and BARE.match(text, at) and (len(n.run) < 9 or signs.currency(text, n.start)):
        return Reading(at, "level", n.low, n.high, "", None)
    return None


def _is_price(text: str, n: Number, since: int) -> bool:
    """Whether a number without a unit is an amount: 一天一百五, ¥99起, ¥20/人, 15一斤, 押金300."""
    before = max(0, since - 4)
    if not n.run[0].isascii():
        if not (COLLOQUIAL.fullmatch(n.run) and BARE.match(text, n.end)):
            return False
        return text.startswith("一", n.end) or bool(WAGE.search(text, before, since))
    if text[n.end : n.end + 1] in ("起", "一", "/"):
        priced = _FOR_ONE.match(text, n.end) and not 1900 <= n.low <= 2100
        if priced or text[since - 1 : since] in signs.SYMBOLS:
            return True
    return bool(BARE.match(text, n.end) and PRICE.search(text, before, since))


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
