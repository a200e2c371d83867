"""Find the numeric claims of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from ..records import Claim, QuickClaim
from ..tables import lists
from . import scan, signs
from .changes import change, next_base
from .context import STEP, far_bound, left_modifier, rate
from .exclude import excluded
from .frequency import ACTION, POLICY, action, period
from .frequency import UNITS as TIMES
from .number import Number, number
from .parts import either, part
from .reading import Reading, read, take_sign
from .words import (
    DISTANCE_AFTER,
    DISTANCE_BEFORE,
    LEVEL,
    NAME_BEFORE,
    PAID_AFTER,
    PAID_BEFORE,
    RANKS,
    STRETCH,
)

KINDS = ("count", "percent", "money", "quantity", "ordinal", "frequency")

_BESIDE = lists(__package__, "context.txt")
_NOT_ORDINAL = re.compile(
    f"第[一1](?:{_BESIDE['first']})|第[一二三123]梯队"
    "|第[一二三](?:[、和]第?[二三]){0,2}产业|第[一二三四]副(?=[一-龥])"
    "|第[二三](?:方|课堂|人生|代|世界)|第三[国者](?!家)"
    f"|第[一二三四五六七八九十百0-9]+(?:{_BESIDE['numbered']}|次(?:全国|全体|代表|中央|世界|大战|党代|扩大|集体学习)"
    f"|次(?:(?!召开|出席|参加|主持|举行|组织|进行|[的了在获因])[^，。；、]){{0,8}}(?:{_BESIDE['meeting']}))"
)
_RANKED = re.compile("(?:排名|排行|榜|位列|名列|位居|居|跻身|进入)[一-龥]{0,4}前$")
_OVERCOME = re.compile(f"[一-龥]{{0,6}}(?:{_BESIDE['overcome']})")
_RANK_MOVED = re.compile("(?:排名|位次|名次|排行)[^，。；、]{0,8}[升降进退前跃]了?$")
_FIRST = re.compile("(?:位列|位居|名列|排名|居|排在?|榜)[一-龥、“”]{0,12}$")
_SCALES = frozenset("百千万亿")
_BARE_SCALE = frozenset({"名", "亩", "人次", "人"})
"""Classifiers that a scale alone counts: 百名, 万亩."""
_UNSURE = frozenset("零一二")
_NOUGHT = frozenset({"例", "度", "摄氏度", "℃"})
"""What 零 counts; before other words it makes a compound (零距离, 零增长, 零件)."""
_SUMS = frozenset({"块钱", "元钱", "毛钱"})
"""Units that make 一 an amount; 一分钱 is as good as nothing (不花一分钱)."""
_NUMBERED = frozenset("类层批期章回组排集册卷区")
"""Classifiers of what is numbered rather than counted: 一至四类, 二至三层."""
_EXTREMES = frozenset({"最近", "最远", "最长", "最深", "最高"})
_PUT_FIRST = re.compile("(?:质量|安全|生命|健康|信誉|用户|服务|友谊)$")
_VESSELS = frozenset("井池塘窖锅缸灶")
_DIGIT_AFTER = re.compile("(?<=[^0-9.,])[0-9]")
_PART_STARTS = frozenset("百千万半一")
_PART_ENDS = frozenset("分/折")
_MARKER = re.compile("[，,：:、]")
_PERIODS = frozenset("天日周月年小0123456789")
_CLAUSE_START = frozenset("。；;！？!?\n“（(：: 　")
_QUOTES = frozenset("“‘")
_STOREYS = re.compile("层[小洋新旧砖木]?(?:楼|建筑)")
_TO = re.compile("[至到]")
_EACH = re.compile("[每各均从由]")
_FAR_APART, _FAR_PERCENT = 4, 20
"""How many times its low end the high end of a range of changes seldom is."""
_AND = re.compile(r"(?:[、和及与]|以及|，|,)(?:分别|约|近)?$")


def find(text: str, taken: Iterable[tuple[int, int]] = ()) -> list[Claim]:
    """Find counts, percentages, money, quantities, ordinals and frequencies.

    Parameters
    ----------
    text
        Text as `jucuo.shadow.normalise` gives it (simplified characters, ASCII digits).
    taken
        Sorted spans of dates, times and durations; a number that starts inside one is left to it,
        unless it belongs to a frequency (一天两次).

    Returns
    -------
    list[Claim]
        In order, without overlaps; offsets are those of `text`.
    """
    out: list[Claim] = []
    last: Claim | None = None
    spans = iter(taken)
    past = (len(text), len(text))
    low, high = next(spans, past)
    done = 0
    while trigger := scan.TRIGGER.search(text, done):
        start = trigger.start()
        while high <= start:
            low, high = next(spans, past)
        if low <= start:  # a time; only 一天一检 can stand here
            claim = _acts(text, start, start + 1) if text[start + 1 : start + 2] in _PERIODS else None
            done = high
        elif m := scan.RUN.match(text, start):
            claim = _claim(text, m, last)
            done = m.end()
        else:
            claim = None
            done = start + 1
        if claim is not None and (last is None or claim.start >= last.end):
            if last is not None and claim.start == last.end and (span := _between(last, claim)):
                claim = span
                out.pop()
            out.append(claim)
            last = claim
            done = claim.end
    return out


def _between(first: Claim, second: Claim) -> Claim | None:
    """The range of which two claims are the ends (5万元以上20万元以下), None if they are not."""
    if (first.kind, first.unit) != (second.kind, second.unit):
        return None
    low, high = first.value, second.value
    if not (first.text.endswith("以上") and second.text.endswith("以下") and low and high and low < high):
        return None
    text = first.text + second.text
    return replace(first, end=second.end, text=text, value=None, low=low, high=high, bound="range")


def _claim(text: str, m: re.Match[str], last: Claim | None) -> Claim | None:
    start, end = m.span()
    before = text[start - 1] if start else ""
    if before in ("±", "^") and text[start - 2 : start - 1].isdigit():  # 24±2℃; but ±800千伏 is 800 kV
        return None
    if before in NAME_BEFORE and text[start] == "一" and end - start > 1:
        start += 1
    if text[start] in "零〇" and text[start + 1 : start + 2].isdigit() and text[start + 1].isascii():
        start += 1
    if before == "第":
        return _ordinal(text, start, end)
    if before == "、" and text[start].isdigit() and RANKS.search(text, max(0, start - 16), start):
        rank = scan.value(text[start:end])
        return rank and QuickClaim(start, end, text[start:end], "ordinal", value=int(rank[0]))
    after = text[end : end + 1]
    if before == "每" and end - start == 1 and after in "人个家户名天日年月周":
        return None
    first: Number | None
    reading: Reading | None
    if (after in _PART_ENDS or text[start] in _PART_STARTS) and (found := part(text, start, end)):
        first, reading = found
    else:
        first = either(text, start, end) if after == "、" else None
        first = first or number(text, start, end) or _within(text, start, end)
        if before in signs.SIGN_ENDS and first is not None and first.start == start:
            first.sign = signs.sign(text, start, last.end if last else -1)
        reading = read(text, first) if first else None
        if first and reading and reading.high is not None and (at := _level_behind(text, first, reading)):
            reading = read(text[:at], first)
    if reading is None or first is None:
        return _acts(text, start, end)
    if first.sign[0]:
        take_sign(text, first, reading)
    return _judge(text, first, reading, last)


def _level_behind(text: str, n: Number, r: Reading) -> int:
    """Where the level starts that a change led to, no end of a range (增加5人至23人); 0 without one."""
    m = _TO.search(text, n.end, r.end)
    if m is None or r.high is None or not (m.start() > n.end or n.scaled):
        return 0
    if r.high < r.low * (_FAR_PERCENT if r.kind == "percent" else _FAR_APART):
        return 0
    start = left_modifier(text, n.start, n.run)[0]
    if _EACH.search(text, max(0, start - 14), start) or text.startswith(("不等", "之间", "区间"), r.end):
        return 0
    return m.start() if change(text, start, r.unit)[0] else 0


def _acts(text: str, start: int, end: int) -> Claim | None:
    """一天一检: the number of acts without 次."""
    back = 1 if text[start - 1 : start] == "每" else 2 if start > 1 and text[start - 2] == "每" else 0
    m = ACTION.match(text, start - back) if back or text[end : end + 1] in _PERIODS else None
    found = action(m) if m else None
    if m is None or found is None:
        return None
    times, timex = found
    if text[m.start() - 1 : m.start()] in _QUOTES and POLICY.match(text, m.start()):
        return None
    return QuickClaim(m.start(), m.end(), m[0], "frequency", value=times, unit="", bound="exact", timex=timex)


def _within(text: str, start: int, end: int) -> Number | None:
    """The number in a run that is none as a whole: 1200 of 表一1200, 一百五 of 一百五一天, 三 of 三两白酒."""
    if text[end - 1] in "一两":
        return number(text, start, end - 1)
    m = _DIGIT_AFTER.search(text, start, end)
    return number(text, m.start(), end) if m else None


def _judge(text: str, n: Number, r: Reading, last: Claim | None) -> Claim | None:
    """Turn a reading into a claim if its surroundings allow it."""
    run, classifier = n.run, r.classifier
    if classifier in TIMES:
        found = period(text, n.start, r.end, classifier)
        if found:
            start, end, timex = found
            begin, bound = left_modifier(text, n.start, run)
            start = begin if start == n.start else start
            bound = r.bound or bound or far_bound(text, n.start, "frequency") or "exact"
            return _make(text, start, end, "frequency", r, bound, timex=timex)
    if run in _UNSURE and _no_number(text, n, r):
        return None
    if classifier == "口" and text[n.start - 1 : n.start] in _VESSELS:
        r.unit = "口"
    if classifier in ("位", "名") and (
        _RANKED.search(text, max(0, n.start - 12), n.start)
        or _RANK_MOVED.search(text, max(0, n.start - 14), n.start)
    ):
        r.unit = classifier
    signed = n.start - r.signed
    begin = _currency(text, signed, r, last) if text[signed - 1 : signed] in signs.CURRENCY_ENDS else signed
    start, bound = left_modifier(text, begin, run)
    if bound and _no_bound(text, start, r):
        start, bound = begin, None
    if run in _SCALES and not (bound or (r.bound and run != "亿") or _stands_alone(text, n, r)):
        return None
    if begin == signed and excluded(text, n.start, r.end, run, classifier):
        return None
    if r.kind == "level":
        if not (bound or LEVEL.search(text, max(0, start - 3), start)):
            return None
        r.kind = "count"
    r.unit = _rated(text, start, r, last)
    counted = r.unit or n.scaled or r.bound or run[0].isascii()  # not 扩大两国合作
    trend, base = change(text, start, r.unit) if counted else (None, None)
    if trend is None and last is not None and last.trend and _joined(text, last, start, r.kind):
        trend, base = last.trend, next_base(text, last.start, last.base)
    bound = r.bound or bound or far_bound(text, start, r.kind) or "exact"
    return _make(text, start, r.end, r.kind, r, bound, trend=trend, base=base)


def _rated(text: str, start: int, r: Reading, last: Claim | None) -> str:
    """The unit with what it is per, if that stands before it or with the number before."""
    if r.kind not in ("money", "quantity") or "/" in r.unit or r.unit == "℃":  # 一度低于零下35℃
        return r.unit
    if per := rate(text, start):
        return f"{r.unit}/{per}"
    before = last.unit if last else None
    goes_on = last and before and before.startswith(r.unit + "/") and STEP.fullmatch(text, last.end, start)
    return before if before and goes_on else r.unit


def _no_number(text: str, n: Number, r: Reading) -> bool:
    """Whether 零 is part of a word, 一 an article, 二 a name, or 一至四 numbers things."""
    if n.run == "零":
        return r.classifier not in _NOUGHT or text.startswith("外", r.end)
    if r.high is not None:
        joined = n.run == "一" and text[n.start - 1 : n.start] in NAME_BEFORE  # 统一至三级
        return joined or (n.run in ("一", "二") and r.classifier in _NUMBERED)
    if n.run == "一":
        more = bool(r.bound) and r.kind in ("quantity", "money")  # 一斤多
        return r.kind != "percent" and r.low <= 1 and not more and not _measured(text, n, r)
    return n.run == "二" and r.kind == "count" and r.unit != "人" and not _STOREYS.match(text, n.end)


def _measured(text: str, n: Number, r: Reading) -> bool:
    """Whether 一 before a unit is a number: 隔一米, 一公里外, 一千瓦, 一块钱."""
    if r.classifier in ("米", "公里"):
        after = n.end + len(r.classifier)
        return bool(
            DISTANCE_BEFORE.search(text, max(0, n.start - 4), n.start) or DISTANCE_AFTER.match(text, after)
        )
    return r.classifier[:1] == "千" or r.classifier == "倍" or r.classifier in _SUMS


def _stands_alone(text: str, n: Number, r: Reading) -> bool:
    """Whether a bare scale is a number: 百名群众, 每天补助百元, 百米外; not 百元店, 百米赛跑."""
    if r.classifier == "元":
        return bool(PAID_BEFORE.search(text, max(0, n.start - 8), n.start) or PAID_AFTER.match(text, r.end))
    if r.classifier in ("米", "公里"):
        return text[n.start - 2 : n.start] in _EXTREMES or bool(STRETCH.match(text, r.end))
    return r.classifier in _BARE_SCALE


def _no_bound(text: str, start: int, r: Reading) -> bool:
    """Whether the word at `start` does not bound the number: 突破3个难点, 最高35℃."""
    if text.startswith("突破", start):
        return r.kind == "count" and (r.low < 50 or bool(_OVERCOME.match(text, r.end)))
    return r.kind == "quantity" and text.startswith(("最高", "最低"), start)


def _joined(text: str, last: Claim, start: int, kind: str) -> bool:
    """Whether a number is the next of a list (增长12%和8%)."""
    return last.kind == kind and 0 <= start - last.end < 5 and bool(_AND.fullmatch(text, last.end, start))


def _currency(text: str, start: int, r: Reading, last: Claim | None) -> int:
    """Take in a currency before the amount ($300, 港币500万元); return where it starts then."""
    found = signs.currency(text, start)
    if found is None or r.kind not in ("count", "level", "money"):
        return start
    if last is not None and found[0] < last.end:  # 3亿美元500万元
        return start
    if r.unit[:3] not in ("", "CNY"):
        return start if r.kind == "count" else found[0]
    r.kind, r.unit = "money", found[1] + r.unit[3:]
    return found[0]


def _make(
    text: str,
    start: int,
    end: int,
    kind: str,
    r: Reading,
    bound: str,
    timex: str | None = None,
    trend: str | None = None,
    base: str | None = None,
) -> Claim:
    low = scan.output(r.low)
    if r.high is None:
        return QuickClaim(
            start, end, text[start:end], kind, low, None, None, r.unit, bound, trend, timex, base
        )
    high = scan.output(r.high)
    return QuickClaim(start, end, text[start:end], kind, None, low, high, r.unit, "range", trend, timex, base)


def _ordinal(text: str, start: int, end: int) -> Claim | None:
    found = scan.value(text[start:end])
    if found is None or found[1] is not None or found[0] != int(found[0]):
        return None
    if (m := _NOT_ORDINAL.match(text, start - 1)) and not (
        m[0] in ("第一位", "第1位") and _FIRST.search(text, max(0, start - 18), start - 1)
    ):
        return None
    if text[start:end] == "一" and _PUT_FIRST.search(text, max(0, start - 3), start - 1):
        return None
    if _MARKER.match(text, end) and (start < 2 or text[start - 2] in _CLAUSE_START):
        return None
    value = int(found[0])
    if (c := scan.CONNECTOR.match(text, end)) and (m := scan.NEXT.match(text, c.end())):  # 第1至3名
        last = scan.value(m[0])
        if last is not None and last[1] is None and last[0] > value:
            return QuickClaim(
                start - 1, m.end(), text[start - 1 : m.end()], "ordinal", low=value, high=int(last[0])
            )
    return QuickClaim(start - 1, end, text[start - 1 : end], "ordinal", value=value)
