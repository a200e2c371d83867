"""The part of a unit below the line: 元/吨, 微克/m³, 升/100公里, 元/人/天."""

from __future__ import annotations

import re

from .. import units

STARTS = frozenset("/／每")
_BELOW = re.compile(
    r"(?P<line>[/／每])(?P<many>10{1,5}|百(?!帕)|千(?![克瓦米伏升帕焦卡字])|[1-9]?0?万)?(?P<word>[一-龥a-zA-Zμ㎡㎥]{1,4}[²³23]?)"
)
_FURTHER = re.compile(r"[/／·](?P<word>[一-龥a-zA-Z]{1,4})")
_TIMES = {
    "秒": "s", "分钟": "min", "分": "min", "小时": "h", "时": "h", "天": "d", "日": "d", "周": "周",
    "月": "月", "年": "年", "s": "s", "min": "min", "h": "h", "d": "d",
}  # fmt: skip
_LETTERS = re.compile("[a-zA-Z]{2}")


def below(text: str, at: int) -> tuple[str, int] | None:
    """Return what a unit that ends at `at` is per, each part after a slash, and where that ends.

    >>> below("元/平方米·月", 1), below("升/100公里", 1), below("元每人", 1)
    (('/m2/月', 7), ('/100km', 7), None)
    """
    m = _BELOW.match(text, at)
    if m is None:
        return None
    per, length = _denominator(m["word"], m["line"] == "每")
    if per is None:
        return None
    end = m.start("word") + length
    symbol = f"/{_many(m['many'])}{per}"
    while m["line"] != "每" and (further := _FURTHER.match(text, end)):
        per, length = _denominator(further["word"], False)
        if per is None:
            break
        symbol, end = f"{symbol}/{per}", further.start("word") + length
    return symbol, end


def _many(number: str | None) -> str:
    return {"百": "100", "千": "1000"}.get(number, number) if number else ""


def _denominator(word: str, spelled: bool) -> tuple[str | None, int]:
    """The normal form of a unit below the line and the length of what was read of `word`."""
    for n in range(len(word), 0, -1):
        part = word[:n]
        if _LETTERS.match(word, n - 1):  # m of mile
            continue
        if part in _TIMES and not (spelled and part in "天日月年周"):
            return _TIMES[part], n
        unit = units.lookup(part)
        if unit is not None and not (spelled and unit.kind != "quantity"):
            return unit.unit if unit.kind != "count" else part, n
    return None, 0
