"""What looks like a number but is a name, a set phrase, a score, an identifier."""

from __future__ import annotations

import re
from collections import defaultdict

from ..tables import lists, words
from ..units import lookup

_HAN = "一二两三四五六七八九十百千万亿"


def _read() -> dict[str, tuple[tuple[int, str], ...]]:
    """Map a numeral and its neighbour in a word to the words that hold them, with their place.

    The neighbour is what follows the numeral, at the end of a word what goes before it.
    """
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for word in words(__package__, "names.txt"):
        for i, c in enumerate(word):
            if c in _HAN:
                found[word[i : i + 2] if i + 1 < len(word) else word[i - 1 : i + 1]].append((i, word))
    return {key: tuple(places) for key, places in found.items()}


_NAMES = _read()


def _in_name(text: str, start: int) -> bool:
    words = _NAMES.get(text[start : start + 2], ()) + _NAMES.get(text[max(0, start - 1) : start + 1], ())
    return any(at <= start and text.startswith(word, start - at) for at, word in words)


_VERSUS = frozenset("比对")
_COLONS = _VERSUS | frozenset(":：∶")
_FIGURES = frozenset("0123456789一二两三四五六七八九十")
_WEEKDAY = re.compile("(?:周|星期|礼拜|国|研|(?<![年月最当起])初|(?<![提升增调抬拉加走最身墙楼攀垫推])高)$")
_MEASURED = frozenset({"quantity", "percent"})
"""Kinds of units that show that 高三 is no school year (墙高三米, 比去年高三成)."""
_EMISSION = re.compile("[标排车柴汽油、及以]")
_SESSION = re.compile("会议|全会|全体")
_ANIMAL = re.compile("[猪牛羊驴骡鹿象熊肥生黄奶母公小大仔种耕病死，。、]")
_TRICYCLE = frozenset("货动载托力卡")
_SLOGAN = re.compile("字(?:方针|要求|原则|要诀)?[：:“”，,—]")
_ROUND = re.compile("[百千万亿]|十$")
"""A text has hundreds of 字, or fifty; 十六字 is a slogan."""
_BUS = re.compile("(?:公交车?|[乘坐搭]|路、)$")
_CONGRESS = re.compile("(?:十[一二三四五六七八九]|二十[一二]?)$")
_COUNTED = re.compile(lists(__package__, "context.txt")["great"])
"""What 十二大 and the like count; otherwise they name a congress."""
_ADDRESS = re.compile("(?:单元|号楼|[0-9]{3,4}(?:室|号?房)|[0-9]单元)")
_GRADE = re.compile("(?:年级|[初高小][一二三四五六])[（(]?$")
_NAMED = re.compile("[一-龥]{1,5}[”’]")
_OPENED = re.compile("[“‘][^“”‘’，。；、]{1,12}$")
_OPTIMISED = re.compile("(?:优化[^，。；、]{0,10}|新)$")
_QUOTED = re.compile("[^“”‘’\n，。；]{0,12}[”’]")
_UNIVERSITIES = re.compile("(?:211|985)(?=[、/和与]?(?:211|985|高校|院校|大学|名校|工程|双一流))")
_ODD_BEFORE = frozenset("比对：∶—〔")
_ODD_AFTER = frozenset("比对:：∶+/栋幢座层班团次")


def excluded(text: str, start: int, end: int, run: str, unit: str) -> bool:
    """Whether the number at `start` is part of a name, slogan, score or identifier.

    Parameters
    ----------
    end
        Where the number with its unit ends.
    run
        The numeral itself.
    unit
        Its classifier or unit as written, empty if it has none.
    """
    before = text[start - 1 : start]
    after = text[start + len(run) : start + len(run) + 1]
    if unit == "条" and _plan(text, start, end):
        return True
    if before == "个" and unit == "%":  # 六个百分之百
        return True
    if run[0].isascii():
        if before in ("“", "‘") and len(run) == 1 and unit == "个" and _NAMED.match(text, end):
            return True
        if unit == "路" and _BUS.search(text, max(0, start - 3), start):  # 坐301路
            return True
        if run in ("211", "985") and _UNIVERSITIES.match(text, start):
            return True
        if before not in _ODD_BEFORE and after not in _ODD_AFTER and run[0] != "0" and not before.isascii():
            return False
        return _lettered(before, run, unit) or _identifier(text, start, run, before, after)
    return _worded(text, start, end, run, unit)


def _worded(text: str, start: int, end: int, run: str, unit: str) -> bool:
    """Whether a numeral in Chinese characters is none of a number."""
    before, after = text[start - 1 : start], text[start + len(run) : start + len(run) + 1]
    if _in_name(text, start):
        return True
    if after == "大" and _CONGRESS.match(run) and not _COUNTED.match(text, start + len(run) + 1):
        return True
    if (unit == "个" and _SLOGAN.match(text, end)) or (unit == "字" and not _ROUND.search(run)):
        return True
    if run == "两" and unit == "头" and not _ANIMAL.match(text, end):
        return True
    if run == "三" and unit == "轮" and before in _TRICYCLE:
        return True
    if _session(text, end, before, unit):
        return True
    if (
        len(run) == 1
        and run != "两"
        and _WEEKDAY.search(text, max(0, start - 2), start)
        and not (before == "高" and _measures(unit))
    ):
        return before != "国" or bool(_EMISSION.match(text, start + 1))
    if _scores(text, start, start + len(run), _VERSUS):
        return True
    quoted = before in ("“", "‘") or (before == "新" and text[start - 2 : start - 1] in ("“", "‘"))
    return quoted and len(run) <= 2 and bool(_QUOTED.match(text, end)) and not unit.endswith("%")


def _scores(text: str, start: int, end: int, marks: frozenset[str]) -> bool:
    """Whether one of `marks` parts the numeral from another: 3比2, 3:2."""
    if text[end : end + 1] in marks and text[end + 1 : end + 2] in _FIGURES:
        return True
    return text[start - 1 : start] in marks and text[start - 2 : start - 1] in _FIGURES


def _measures(surface: str) -> bool:
    unit = lookup(surface)
    return unit is not None and (unit.kind in _MEASURED or surface in ("倍", "层"))


def _plan(text: str, start: int, end: int) -> bool:
    """“暖企十条”, 优化疫情防控二十条: a paper called by the number of its articles."""
    if text[end : end + 1] in ("”", "’") and _OPENED.search(text, max(0, start - 14), start):
        return True
    return bool(_OPTIMISED.search(text, max(0, start - 14), start) or text.startswith("优化措施", end))


def _session(text: str, end: int, before: str, unit: str) -> bool:
    """十四届四次会议: the number of a session, without 第."""
    return unit == "次" and before in ("届", "大", "协") and bool(_SESSION.match(text, end))


def _lettered(before: str, run: str, unit: str) -> bool:
    """G108, PM2.5: digits after a letter, unless their unit shows an amount."""
    if not before or not before.isascii() or not (before.isalpha() or before in "_#@"):
        return False
    return not unit or (run[-1] not in "万亿" and unit not in ("%", "元", "个百分点"))


def _identifier(text: str, start: int, run: str, before: str, after: str) -> bool:
    if after == "团" and before in ("师", "团"):  # 第七师123团
        return True
    if after == "次" and _session(text, start + len(run) + 1, before, after):
        return True
    if before in ("-", "/", ".", "+", "—") and start > 1:
        earlier = text[start - 2]
        if earlier.isascii() and earlier.isalnum():
            return True
    end = start + len(run)
    if _scores(text, start, end, _COLONS):
        return True
    if after in ("+", "/") and "/" not in run and text[end + 1 : end + 2] in _FIGURES:
        return True
    if run[0] == "0" and len(run) > 1 and run[1] != ".":
        return True
    if after == "班" and _GRADE.search(text, max(0, start - 4), start):  # 初二3班
        return True
    return after in "栋幢座层" and bool(_ADDRESS.match(text, start + len(run) + 1))
