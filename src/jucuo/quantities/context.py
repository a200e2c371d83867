"""What stands before a number: words that bound it, a rate."""

from __future__ import annotations

import re

from ..numerals import LEFT, NOT_AFTER
from ..units import lookup

_LAST = frozenset(word[-1] for word in LEFT)
_LENGTHS = sorted({len(word) for word in LEFT}, reverse=True)
_STILL = ("折合约",)
"""Modifiers though they end like a word of `NOT_AFTER`."""
_SIGNS = frozenset("≥>≤<")
"""Signs that bound a number but stay outside of it."""
_LARGE_ONLY = frozenset("上过破")


def left_modifier(text: str, start: int, run: str) -> tuple[int, str | None]:
    """Return where the modifier before a number starts, and its bound; `start` and None without one."""
    end = start - 1 if start and text[start - 1] == " " else start
    if not end or text[end - 1] not in _LAST:
        return start, None
    for n in _LENGTHS:
        word = text[max(0, end - n) : end]
        bound = LEFT.get(word)
        if bound is None or len(word) < n:
            continue
        before = text[end - n - 1 : end - n]
        if before and before in NOT_AFTER.get(word, "") and not text.endswith(_STILL, 0, end):
            return start, None
        if word == "过" and text.startswith("成", start + len(run)):
            return end - n, bound
        if word in _LARGE_ONLY and run[0] not in "百千万亿" and not (word in "破过" and run[-1] in "万亿"):
            return start, None
        return (start if word in _SIGNS else end - n), bound
    return start, None


_FAR = re.compile(
    "(?:(至少|最少|起码)|(?<![了得])(最多|至多|顶多))(?:要|需要?|得|会)?(?:有|(?:能|可以?)[一-龥]{0,2})?$"
    "|(?:(至少|起码)|(至多|顶多))(?![的时达])[一-龥]{1,2}$"
    "|(最高(?:可以?(?![达至到])|能(?!达)|给予?|补[贴助]?|奖励?|资助|扶持|授信|放?贷|罚款?)(?:(?![达至到为从由])[一-龥]){0,6})$"
)
_FAR_CUES = frozenset("最至起顶")
_FAR_ACT = re.compile("(?:(最少)|(最多))[一-龥]{2}$")
_ABOUT = re.compile(
    f"(?<![{NOT_AFTER['约']}])(?<!(?<!枢)纽)(?<!(?<![东西河湖华])北)约(?:有|为|占|合|需|含|是|相当于|等于)"
    "(?:(?![达至到超近逾约])[一-龥]){0,8}$"
)
_SHARE = re.compile("不(?:得|能)?(?:(低于|少于|小于)|(超过|高于|大于|多于))[^，。；、\\d]{2,10}$")


def far_bound(text: str, start: int, kind: str) -> str | None:
    """Return the bound that a number takes from words apart from it: 至少有, 约占全国的, 不超过承载量的."""
    m = None
    window = text[max(0, start - 12) : start]
    if not _FAR_CUES.isdisjoint(window):
        m = _FAR.search(window)
        if m is None and kind == "frequency":
            m = _FAR_ACT.search(window)
    if m is None and "约" in window and _ABOUT.search(window):
        return "approx"
    if m is None and kind == "percent":
        m = _SHARE.search(text, max(0, start - 16), start)
    return ("over" if m.lastindex in (1, 3) else "under") if m else None


_RATE = re.compile(
    r"(?:每(?:一)?|(?=亩[均产]))(小时|秒|分钟|公斤|千克|斤|吨|亩|公顷|平方公里|平方米|平米|立方米|立方|方|升|度|千瓦时|百?公里|百毫升|米|股|桶)"
    r"[^，。；、,;\d每]{0,10}$|(?<![每零一二三四五六七八九十])(?:一|1)(公斤|斤|吨|亩|立方米|平方米|平米|度|升|方|米)(?:电|水|只|地)?(?:[能可要得]|卖到?|打下?|[产收给补])*$|(时速|车速|航速)(?:为|达|达到|约|近|超|超过|不超过|可达|控制在|保持在|限制?在?|最高|按|以)?$|(每10万人|每千人|每万人)[^，。；、,;\d]{0,4}$"
)
_PER = {
    "度": "kWh", "小时": "h", "秒": "s", "分钟": "min", "平米": "m2", "方": "m3", "股": "股", "桶": "桶",
    "百公里": "100km", "百毫升": "100mL",
}  # fmt: skip


STEP = re.compile(
    "[，,]?(?:[较比][^，。；,;\\d]{1,6})?(?:均|又|再)?(?:提高|提升|增加|增产|增长|减少|降低|下降|上涨|[涨降升跌])(?:到|至)?了?"
)
"""What joins a rate to the next or to its change: 每斤2元涨到3元, 亩产500公斤，比上年增加20公斤."""
_RATED = re.compile("[每速亩]|[一1][公斤吨立平度升方米]")
_PASSING = frozenset("跌突破升涨超逼逾")
"""一度 before these is once, not a kilowatt-hour: 一度跌破20元."""


def rate(text: str, start: int) -> str | None:
    """Return what a number is per, if that stands before it (每公斤3元, 时速350公里)."""
    window = text[max(0, start - 14) : start]
    if not _RATED.search(window) or (window.endswith("一度") and text[start : start + 1] in _PASSING):
        return None
    m = _RATE.search(window)
    if not m:
        return None
    if m[3]:
        return "h"
    word = m[1] or m[2]
    if not word:
        return None
    unit = lookup(word)
    return _PER.get(word) or (unit.unit if unit else word)
