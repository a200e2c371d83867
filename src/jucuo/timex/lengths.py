"""Lengths of time: 3天, 两个半小时, 一年零三个月, 3至5天, 十余年, 65岁以上."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from ..numerals import ACTS, LEFT
from .figures import Amount, Number, amount
from .model import Length
from .patterns import CN, JOIN, S
from .tables import context_words, rows

UNITS = {r[0]: r for r in rows("units.tsv", 6)}
_ORDER = ("Y", "M", "W", "D", "TH", "TM", "TS")


def _words(name: str) -> str:
    return context_words(name, "lengths.tsv")


_NUM = (
    r"(?:\d{1,9}(?:,\d{3})*(?:\.\d+)?[百千万亿]{0,2}|上[百千万]+"
    rf"|[{CN}]{{1,8}}(?:分之[{CN}]{{1,4}})?)"
)


def _unit(names: str, need: str) -> str:
    return "|".join(
        name + (f"(?!{row[5]})" if row[5] else "")
        for name, row in sorted(UNITS.items(), key=lambda x: -len(x[0]))
        if row[4] in need
    ).join(["(?P<" + names + ">", ")"])


_WITH_GE = rf"(?P<ge>个|(?<=[俩仨]))(?P<over2>多|余|来)?(?P<half>半)?{_unit('u1', 'yes may')}"
_UNIT = rf"(?:{_WITH_GE}|(?P<half2>半)?{_unit('u2', 'no may')})"


def _decimals(name: str) -> str:
    """The decimals of seconds in sport: 9秒83."""
    return rf"(?:(?<=秒)(?P<{name}frac>\d{{1,3}})(?={_words('result')}|$))?"


_LONE = r"(?P<lone>月)(?![日饼票底初份球台牙])"
_NEXT = (
    rf"(?:零|又)?(?P<nNUM>\d{{1,3}}|[{CN[3:-7]}]{{1,3}}){S}"
    r"(?:(?P<nmonth>个月)|(?P<nday>天(?!下|气))|(?P<nhour>个?小时)|(?P<nmin>分钟?(?!之))|"
    rf"(?P<nsec>秒钟?){_decimals('n')})"
)
_FIRST = "".join(sorted({name[0] for name in UNITS} | set("个月分")))
_AHEAD = rf"(?=[\d,.{CN}分之上至到\-—–－~～─多余来 \n]{{1,40}}[{_FIRST}])"  # no unit is near: seen at once
MORE_DONE = rf"(?:{ACTS})[\d{CN}]"
"""What is done more: 一年多收两茬."""
LENGTH = re.compile(
    rf"""{_AHEAD}(?P<n1>{_NUM})(?:{JOIN}(?P<n2>{_NUM}))?{S}(?P<over>多|余|来)?{S}
    (?:{_UNIT}|{_LONE}|(?P<minhalf>分半钟)){_decimals("h")}(?P<term>(?<=[年月天])期(?!{_words("during")}))?(?:(?P<within>)(?=内|之内|以内|游))?
    (?P<tail>多(?!{_words("many")}|{MORE_DONE})|半(?!个|[数径夜导山路价岛]|年|月|天|小时)|有余|余(?!名|人|[万亿元户家个件]))?
    (?:[{CN}\d]{{1,3}}夜)?(?P<more>{_NEXT})?(?P<more2>{_NEXT.replace("(?P<n", "(?P<k")})?
    (?P<post>及?以上|左右|上下|[之以]内|及?以下|许(?!多|可|诺|[昌愿]))?""",
    re.VERBOSE,
)


def _denied(bound: str) -> str:
    """The words that bound by denying (不少于, 不足), as for any number."""
    return "|".join(word for word, limit in LEFT.items() if limit == bound and word[0] in "不未")


BEFORE = re.compile(
    r"(?:(?P<approx>大约|大概|约|将近|接近|差不多|近乎|年近|近|(?P<quick>(?<![很赶加飞尽较更最])快))"
    rf"|(?P<over>超过|超出|超|逾|至少|最少|起码|突破|年过|高达(?=\b)|(?P<most>(?<![最巨广])大)|{_denied('over')})"
    rf"|(?P<under>少于|低于|最多|至多|顶多|{_denied('under')})|(?P<span>未来|今后|过去|最近|(?<!\d)7×))$"
)
_DATED = tuple("至到-—–~～─前起止截")
"""What shows behind 15日 that a term is told by its days: 公示期为3日至10日, 期限15日前."""
_LED = re.compile(f"(?:{_words('led')})$")
_TERM = re.compile(f"(?:{_words('led')}|{_words('term')})$")
_DAYS = re.compile(_words("days"))
_NEARLY = re.compile(f"(?:{_words('nearly')}|^)$")
_FASTER = re.compile(rf"(?:{_words('faster')})[^，。；\n]*$")
_SINCE = re.compile(_words("since"))
LAST = re.compile(r"(?<![了达过约已晚早隔用时长续战守共计有等停是待歇干修])近$")
"""近 that means the last (近14天, 近三年), not nearly (停了近一个月)."""


def unit_end(m: re.Match[str]) -> int:
    """Where the unit of a match of `LENGTH` ends, without 多, 以上 and the like."""
    return max(m.end("u1"), m.end("u2"), m.end("lone"), m.end("minhalf"))


def led(text: str, start: int, end: int) -> bool:
    """Whether the words around 30日 or 一月 call for a length of time: 提前30日, 期限为30日, 30日以上."""
    dates = "日" in text[start : end - 1] or text[end : end + 1] in _DATED
    before = (_LED if dates else _TERM).search(text, max(0, start - 8), start)
    return bool(before or (text[start - 1 : start] != "于" and _DAYS.match(text, end)))


def nearly(m: re.Match[str], text: str, start: int) -> bool:
    """Whether 快 before a length at `start` means nearly: 等了快两个月, not 比去年快20分钟."""
    if _FASTER.search(text, max(0, start - 16), start) or re.search("[多余.]", m[0]):
        return False
    if _NEARLY.search(text, max(0, start - 2), start - 1) or _SINCE.match(text, m.end()):
        return True
    return text[unit_end(m) - 1] in "年岁旬"


_POST = {"左右": "approx", "上下": "approx", "许": "approx", "以上": "over", "及以上": "over"}
_NAMES = tuple(sorted(LENGTH.groupindex, key=LENGTH.groupindex.__getitem__))


@lru_cache(16384)
def length(groups: tuple[str | None, ...], before: str, lasts: bool = False) -> Length | None:
    """Read the groups of a match of `LENGTH`.

    `before` is the bound of the word in front, or empty; `lasts` tells that the words around (提前, 期限)
    call for a length, so that 三日 and 一月 are none of the calendar.
    """
    g = {k: v for k, v in zip(_NAMES, groups, strict=True) if v is not None}
    unit = UNITS[g.get("u1") or g.get("u2") or ("分钟" if "minhalf" in g else g["lone"])]
    first = amount(g["n1"])
    if first is None or (first.low == 0 and "n2" not in g):
        return None
    vague = first.low != first.high or g["n1"][0] in "数几上"
    if "lone" in g and not (vague or g["n1"] in ("半", "两") or "over" in g or lasts):
        return None
    if g["n1"] in ("几", "数"):  # vague
        return None
    if unit[0] == "日" and not (
        vague or g["n1"] == "两" or lasts or {"over", "tail", "within", "post"} & g.keys()
    ):
        return None
    if not _figure_fits(g, unit, before):
        return None
    low, high = first.low, first.high
    if "n2" in g:
        second = amount(g["n2"])
        if second is None:
            return None
        high = second.high
        if low < 10 and high >= 10 and _scaled(g["n2"]) and not _scaled(g["n1"]):  # 三至五十年
            low = low * 10 if high < 100 else low
        if low >= high:
            return None
    bound = _bound(g, before, first)
    parts_low, parts_high = _parts(g, unit, low), _parts(g, unit, high)
    if low != high:
        return Length(f"{write(parts_low)}/{write(parts_high)}", bound or "range")
    return Length(write(parts_low), bound)


def _scaled(text: str) -> bool:
    return text[-1] in "十百千万"


def _figure_fits(g: dict[str, str], unit: list[str], before: str) -> bool:
    """Turn down what is no length: 百年, 千年 alone; 二日; 一岁月."""
    n = g["n1"]
    plain = not ({"over", "over2", "tail", "n2", "post"} & g.keys() or before)
    if unit[0] == "年" and plain and n.isdigit() and 1900 <= int(n) <= 2100 and n != "2000":
        return False
    if n in ("百", "千", "万", "亿", "百万", "千万", "万亿") and plain:
        return False
    if unit[0] == "载" and plain and (len(n) == 1 or n.isdigit()):
        return False
    if unit[0] == "旬" and n not in ("六", "七", "八", "九"):
        return False
    if unit[0] == "夜" and n in ("一", "半", "百", "千"):
        return False
    if n == "半" and unit[0] in ("岁", "周岁", "日", "周年", "季度", "工作日", "刻钟", "秒", "载", "年头"):
        return False
    return not (n.startswith("半") and len(n) > 1)


def _bound(g: dict[str, str], before: str, first: Amount) -> str | None:
    if before:
        return before
    if "post" in g:
        return _POST.get(g["post"], "under")
    if first.bound != "exact":
        return first.bound
    more = {g.get("over"), g.get("over2"), g.get("tail")} - {"半", None}
    if more:
        return "approx" if more == {"来"} else "over"
    return None


Parts = dict[str, Number]


def _parts(g: dict[str, str], unit: list[str], value: Number) -> Parts:
    """The components of the length in ISO units."""
    out: Parts = {}
    whole = int(value)
    rest = value - whole
    if rest == Decimal("0.5") and g["n1"] == "半" and unit[3]:
        _add_half(out, unit)
    else:
        out[unit[1]] = value * int(unit[2])
    if "half" in g or "half2" in g or "minhalf" in g or g.get("tail") == "半":
        _add_half(out, unit)
    if "hfrac" in g:
        out["TS"] += Decimal(f"0.{g['hfrac']}")
    for prefix in "nk":
        for key, letter in (("month", "M"), ("day", "D"), ("hour", "TH"), ("min", "TM"), ("sec", "TS")):
            if prefix + key in g:
                more = amount(g[prefix + "NUM"])
                if more:
                    fraction = Decimal(f"0.{g[prefix + 'frac']}") if prefix + "frac" in g else 0
                    out[letter] = out.get(letter, 0) + more.low + fraction
    return out


def _add_half(out: Parts, unit: list[str]) -> None:
    """Add half a unit, given in the next smaller one: half a year 6 months, half a month 15 days."""
    m = re.fullmatch(r"(\d+)([A-Z]+)", unit[3])
    if m:
        letter = {"TH": "TH", "TM": "TM", "TS": "TS"}.get(m[2], m[2])
        out[letter] = out.get(letter, 0) + int(m[1])
    else:
        out[unit[1]] = out.get(unit[1], 0) + Decimal("0.5") * int(unit[2])


def write(parts: Parts) -> str:
    """ISO 8601 text of components, e.g. ``{"Y": 1, "M": 6}`` is ``P1Y6M``."""
    day = "".join(f"{_figure(parts[k])}{k}" for k in _ORDER[:4] if k in parts)
    clock = "".join(f"{_figure(parts[k])}{k[1]}" for k in _ORDER[4:] if k in parts)
    return "P" + day + ("T" + clock if clock else "")


_DAYS_OF = {"Y": 365, "M": 365 / 12, "W": 7, "D": 1, "TH": 1 / 24, "TM": 1 / 1440, "TS": 1 / 86400}
_PARTS = re.compile(r"([\d.]+)([A-Z])")


def in_days(value: str) -> float:
    """About how many days an ISO 8601 length is, to compare two.

    >>> in_days("P1M") < in_days("P5W") < in_days("P0.5Y")
    True
    """
    date, _, time = value[1:].partition("T")
    parts = [(n, u) for n, u in _PARTS.findall(date)] + [(n, "T" + u) for n, u in _PARTS.findall(time)]
    return sum(float(n) * _DAYS_OF[u] for n, u in parts)


def _figure(x: Number) -> str:
    return f"{Decimal(x).normalize():f}"
