"""Parts of a whole, and two neighbouring numbers: 百分之三, 三分之二, 一半, 1/4, 三、四个."""

from __future__ import annotations

import re
from fractions import Fraction

from .. import numerals, units
from . import scan
from .number import Number, Value, number
from .reading import Reading, read, right_modifier
from .words import CLOSE

Pair = tuple[Number | None, Reading | None]

_STRONG = re.compile(f"[强弱](?={CLOSE})")
_SLASH = re.compile(f"([1-9])/([2-9]|1[0-9]|20)(?![0-9/])(?=的|左右|以上|以下|强|多|{CLOSE})")
_NEXT_DIGIT = dict(zip("一二两三四五六七八12345678", "二三三四五六七八九23456789", strict=True))
_ROUGHLY = re.compile("、[2-9](?:个(?!月|百分)|[十百千万])")
"""7、8个 is said of about so many; 5、6% and 3、4号 are a list."""
_OF = {"百": Fraction(1), "千": Fraction(1, 10), "万": Fraction(1, 100)}


def part(text: str, start: int, end: int) -> Pair | None:
    """Read the part of a whole at a run; None if the run starts none, a pair of None if it is a false one."""
    if text[end - 2 : end] == "分之":
        return _per_hundred(text, start, end)
    if text.startswith("分之", end):
        return _fraction(text, start, end)
    if text.startswith("/", end) and (m := _SLASH.match(text, start)) and m.end(1) == end:
        return _slashed(text, m)
    if text[start:end] in ("一半", "半"):
        return _half(text, start, end)
    if text.startswith("折", end):
        return None, None  # a discount
    return None


def _per_hundred(text: str, start: int, end: int) -> Pair:
    """百分之三点五, 千分之二, 百分之三到五."""
    m = scan.NEXT.match(text, end)
    n = number(text, m.start(), m.end()) if m else None
    if n is None:
        return None, None
    unit = _OF[text[start]]
    n.start, n.run = start, text[start:end]
    low, high, at = n.low * unit, n.high * unit if n.high is not None else None, n.end
    if high is None and (c := scan.CONNECTOR.match(text, at)):
        begin = c.end() + (3 if text.startswith(text[start:end], c.end()) else 0)
        m = scan.NEXT.match(text, begin)
        other = number(text, m.start(), m.end()) if m else None
        if other is not None and other.low > n.low and other.high is None:
            high, at = other.low * unit, other.end
    return n, _percent(text, n, low, high, at)


def _fraction(text: str, start: int, end: int) -> Pair:
    """三分之二."""
    below = scan.value(text[start:end])
    m = scan.NEXT.match(text, end + 2)
    n = number(text, m.start(), m.end()) if m else None
    if below is None or below[1] is not None or not below[0] or n is None:
        return None, None
    if m := _STRONG.match(text, n.end):
        n.end, n.bound = m.end(), "over" if m[0] == "强" else "under"
    n.start, n.run = start, text[start:end] + "分之"
    low = Fraction(n.low) * 100 / below[0]
    high = Fraction(n.high) * 100 / below[0] if n.high is not None else None
    return n, _percent(text, n, low, high, n.end)


def _half(text: str, start: int, end: int) -> Pair:
    """一半 is 50 %; 半斤 half a jin."""
    n = Number(start, end, Fraction(1, 2), None, None, text[start:end], False)
    before = text[start - 1 : start]
    if text[start] == "半" and before not in ("近", "过") and not text.startswith("数", end):
        return n, read(text, n)
    if before == "过" and text[start - 2 : start - 1] == "双":  # 双过半
        return None, None
    if before in ("前", "后", "大") or (before == "过" and "时间" in text[max(0, start - 9) : start]):
        return None, None
    if before == "过":
        n.bound, n.start = "over", start - 1
    end += text[start] == "半" and text.startswith("数", end)
    if text.startswith("强", end):
        n.bound, end = "over", end + 1
    return n, _percent(text, n, 50, None, end)


def _slashed(text: str, m: re.Match[str]) -> Pair:
    """1/4的耕地: a fraction in digits."""
    if int(m[1]) >= int(m[2]) or text[m.start() - 1 : m.start()] in ("/", ".", "-"):
        return None, None
    low = Fraction(int(m[1]) * 100, int(m[2]))
    n = Number(m.start(), m.end(), low, None, None, m[0], False)
    return n, _percent(text, n, low, None, m.end())


def either(text: str, start: int, end: int) -> Number | None:
    """三、四个, 7、8个: two neighbouring digits with a mark between them and one unit."""
    run = text[start:end]
    if text[end : end + 1] != "、" or _NEXT_DIGIT.get(run) != text[end + 1 : end + 2]:
        return None
    if text[start - 1 : start] == "、" or (run.isascii() and not _ROUGHLY.match(text, end)):
        return None
    if "分别" in text[max(0, start - 8) : start]:
        return None
    m = scan.NEXT.match(text, end + 1)
    low, high = scan.value(run), scan.value(m[0]) if m else None
    if m is None or low is None or high is None or high[1] is not None or not units.match(text, m.end()):
        return None
    factor = high[0] // (numerals.ratio(m[0][0]) or 1)
    return Number(start, m.end(), low[0] * factor, high[0], None, run, len(m[0]) > 1)


def _percent(text: str, n: Number, low: Value, high: Value | None, at: int) -> Reading:
    bound, at = right_modifier(text, at)
    return Reading(at, "percent", low, high, "%", bound or n.bound, "%")
