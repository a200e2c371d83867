"""From the groups of a match of `patterns.POINT` to one `Point`, or two for a span."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from ..numerals import DIGITS
from .figures import digits
from .model import Deixis, Point
from .patterns import FESTIVALS, PARTS, POINT, WORDS

Pair = tuple[Point, Point | None]
NAMES = tuple(sorted(POINT.groupindex, key=POINT.groupindex.__getitem__))
_NOTHING = Point()
_WEEK = {c: i for i, c in enumerate("一二三四五六日", 1)} | {"天": 7}
_SEASON = {"春": "SP", "夏": "SU", "秋": "FA", "冬": "WI"}
_THIRDS: dict[str, tuple[str, str | None]] = {
    "上旬": ("B", None),
    "中旬": ("M", None),
    "下旬": ("E", None),
    "上中旬": ("B", "M"),
    "中下旬": ("M", "E"),
}
_LUNAR_MONTH = {"正": 1, "冬": 11, "腊": 12}
_CYCLE_PART = {"初": "B", "中": "M", "末": "E", "后": "E"}
_TWO_DAYS = {"今": 0, "明": 1, "后": 2, "昨": -1, "去": -1}


@lru_cache(16384)
def build(groups: tuple[str | None, ...]) -> Pair | None:
    """Read the groups of a match, given in the order of `NAMES`; None if they make no time."""
    g = {k: v for k, v in zip(NAMES, groups, strict=True) if v is not None}
    if not g:
        return None
    number = g.get("plan") or g.get("plan5") or g.get("plan9")
    if number:
        start = _plan_start(digits(number))
        return Point(year=start), Point(year=start + 4)
    pair: Pair | None = _year(g)
    for step in (_sub, _lunar, _month, _day, _clock):
        if pair is None:
            return None
        pair = step(g, *pair)
    return None if pair is None or pair[0] == _NOTHING else pair


def _plan_start(number: int) -> int:
    """The first year of a five-year plan; before the third and the second there was a gap."""
    return {1: 1953, 2: 1958}.get(number, 1951 + 5 * number)


def two_digit_year(value: int) -> int:
    """98 is 1998, 20 is 2020, 37 is 1937."""
    return value + (1900 if value > 35 else 2000)


def _decade(text: str, century: int) -> tuple[Point, Point | None] | None:
    """Read 90, 九十, 七八十, 2020 before 年代."""
    if len(text) == 4:
        year = digits(text)
        return (Point(cycle=f"{year // 10}X"), None) if year % 10 == 0 else None
    tens = [int(text) // 10] if text.isdigit() else [DIGITS[c] for c in text[:-1]] or [1]
    if any(not 1 <= t <= 9 for t in tens):
        return None
    points = [Point(cycle=f"{century}{t}X") for t in tens]
    return points[0], points[1] if len(points) > 1 else None


def _year(g: dict[str, str]) -> Pair | None:
    if "y1" in g:
        low = digits(g["y1"])
        if "era" in g:
            return Point(cycle=f"BC{low:04d}") if "前" in g["era"] else Point(year=low), None
        if "y4" in g:
            end = digits(g["y4"])
            return (Point(year=low), Point(year=end)) if _in_turn(low, g["ylist"], end) else None
        if "y2" not in g:
            return Point(year=low), None
        high = digits(g["y2"])
        high = high if high > 99 else low // 100 * 100 + high
        return (Point(year=low), Point(year=high)) if high > low else None
    if "y3" in g:
        year = int(g["y3"])
        if "前" in g["era3"]:
            return (Point(cycle=f"BC{year:04d}"), None) if year else None
        return (Point(year=year), None) if 1 <= year <= 2999 else None
    if "republic" in g:
        year = 1911 + digits(g["republic"])
        return (Point(year=year), None) if 1911 < year <= 2999 else None
    pair = _cycle(g)
    if pair is not None:
        if "前" in g.get("cera", ""):
            return pair
        part = _CYCLE_PART.get((g.get("cpart") or g.get("cpart2") or g.get("cpart3") or " ")[0])
        last = pair[1]
        return pair[0].but(sub=None if last else part), last.but(sub=part) if last else None
    if {"decade", "century", "cword"} & g.keys():
        return None
    if "yy" in g or "y0" in g:
        return Point(year=two_digit_year(digits(g.get("yy") or g["y0"]))), None
    if "yw" in g:
        word = WORDS[g["yw"]]
        return Point(deixis=_deixis(word), sub=word[4] or None), None
    if "newyear" in g:
        return Point(deixis=Deixis("N", "pub", 0)), None
    return _NOTHING, None


def _cycle(g: dict[str, str]) -> Pair | None:
    """A decade or century."""
    if "decade" in g:
        tens = g["decade"]
        return _decade(tens, 20 if tens in ("10", "20", "一十", "二十") else 19)
    if "century" in g:
        number = digits(g["century"]) - 1
        if not (0 if "cera" in g else 1) <= number <= 29:
            return None
        if "前" in g.get("cera", ""):
            first, last = Point(cycle=f"BC{number + 1:02d}00"), Point(cycle=f"BC{number:02d}01")
            return None if "cdecade" in g else (first, last)
        return _decade(g["cdecade"], number) if "cdecade" in g else (Point(cycle=f"{number:02d}XX"), None)
    if "cword" in g:
        number = 20 if g["cword"] == "本世纪" else 19
        return _decade(g["cwdecade"], number) if "cwdecade" in g else (Point(cycle=f"{number}XX"), None)
    return None


def _deixis(word: list[str]) -> Deixis:
    return Deixis(word[1], word[2], int(word[3]))


def _both(low: Point, high: Point | None, **change: Any) -> Pair:
    return low.but(**change), high.but(**change) if high else None


def _sub(g: dict[str, str], low: Point, high: Point | None) -> Pair | None:
    bare = low == _NOTHING
    if "same" in g:
        return None if bare else _both(low, high, same=True)
    if "half" in g:
        return _both(low, high, sub="H1" if g["half"] == "上" else "H2")
    if "q1" in g:
        first = digits(g["q1"])
        if "q2" in g:
            return low.but(sub=f"Q{first}"), low.but(sub=f"Q{digits(g['q2'])}")
        if "qend" in g:
            return low.but(month=3 * first, third="E"), None
        return low.but(sub=f"Q{first}"), None
    if "qword" in g:
        return low.but(sub="Q1"), None
    if "qn" in g:
        return low.but(month=1), low.but(month=3 * digits(g["qn"]))
    if "mn" in g:
        return low.but(month=1), low.but(month=digits(g["mn"]))
    if "whole" in g:
        return None if bare else (low, high)
    if "season" in g:
        return None if bare else _both(low, high, sub=_SEASON[g["season"]])
    if "yend" in g:
        if bare and g["yend"][0] != "年":
            return None
        return _both(low, high, sub="B" if g["yend"][-1] == "初" else "E")
    if "ymid" in g:
        return None if bare else _both(low, high, sub="M")
    return low, high


def _lunar(g: dict[str, str], low: Point, high: Point | None) -> Pair | None:
    if "dnian" in g:
        return _lunar_days(low, (1, digits(g["dnd"]), False), g.get("dnd2"))
    if "lbare" in g:
        low = low.but(lunar=(0, digits(g["lbare"][1:]), False))
    elif "xiaonian" in g:
        low = low.but(lunar=(12, 8, False))
    elif "lm" in g:
        month = _LUNAR_MONTH.get(g["lm"]) or digits(g["lm"])
        text = g.get("ld", "").lstrip("初")
        lunar = g["lm"] in _LUNAR_MONTH or {"lcal", "leap"} & g.keys()
        if not lunar and not g.get("ld", "").startswith(("初", "廿")):
            return None
        return _lunar_days(low, (month, digits(text) if text else 0, "leap" in g), g.get("ld2"))
    elif "fest" in g:
        low = low.but(festival=FESTIVALS[g["fest"]][1])
    else:
        return low, high
    return low, None


def _lunar_days(low: Point, first: tuple[int, int, bool], last: str | None) -> Pair | None:
    """A lunar day, or the days from it to another: 正月初八至十五, 腊月二十八到初五."""
    low = low.but(lunar=first)
    if last is None:
        return low, None
    month, day, leap = first
    end = digits(last.lstrip("初"))
    return low, low.but(lunar=(month, end, leap) if end > day else (month % 12 + 1, end, False))


def _month(g: dict[str, str], low: Point, high: Point | None) -> Pair | None:
    if "ma" in g:
        first, last = DIGITS[g["ma"]], DIGITS[g["mb"]]
        return None if high or last != first + 1 else (low.but(month=first), low.but(month=last))
    if "m1" in g:
        month = digits(g["m1"])
        other = g.get("m2") or g.get("m3")
        low, high = _both(low, high, month=month)
        if other:
            last = digits(other)
            if high or ("m3" in g and not _in_turn(month, g["mlist"], last)):
                return None
            if last <= month and low.year:
                return None
            high = low.but(month=last)
    elif "mw" in g:
        if low.deixis or low.year:
            return None
        low = low.but(deixis=_deixis(WORDS[g["mw"]]))
    if "third" in g:
        return _third(g, low, high)
    return low, high


def _in_turn(first: int, between: str, last: int) -> bool:
    """Whether the days, months or years of a list follow each other (6、7、8日), so that they are a span."""
    numbers = [first, *(digits(n) for n in between.split("、")[1:]), last]
    return numbers == list(range(first, last + 1))


def _third(g: dict[str, str], low: Point, high: Point | None) -> Pair | None:
    first, last = _third_of(g["third"])
    if high:  # 3月至4月底
        return None if last or "third2" in g else (low, high.but(third=first))
    if low == _NOTHING and g["third"][0] == "底":
        return None
    if low.deixis and low.deixis.grain not in "MQ" and low.month is None:
        return None
    second = _third_of(g["third2"])[0] if "third2" in g else last
    return low.but(third=first), low.but(third=second) if second else None


def _third_of(word: str) -> tuple[str, str | None]:
    if "旬" in word:
        return _THIRDS[word.replace("、", "")]
    return {"初": "B", "中": "M"}.get(word[-1], "E"), None


def _day(g: dict[str, str], low: Point, high: Point | None) -> Pair | None:
    if "ny" in g:
        return Point(year=int(g["ny"]), month=int(g["nm"]), day=int(g["nd"])), None
    if "sm" in g:
        return Point(month=int(g["sm"]), day=int(g["sd"])), None
    if "d1" in g:
        day = digits(g["d1"])
        if day > 31:
            return None
        if low.year and low.month is None and low.deixis is None:
            return None
        if high:  # 3—5月 6日
            return None
        low = low.but(day=day)
        other = g.get("d2") or g.get("d3")
        if other:
            last = digits(other)
            if "d3" in g and not _in_turn(day, g["dlist"], last):
                return None
            high = low.but(day=last) if last > day else Point(day=last)
    elif "dw" in g:
        word = WORDS[g["dw"]]
        if low != _NOTHING:
            return None
        noted = digits(g["pd"]) if "pd" in g else None
        month = digits(g["pm"]) if "pm" in g else None
        low = Point(deixis=_deixis(word), month=month, day=noted, part=word[4] or None)
    elif "noted" in g:
        low = Point(deixis=Deixis("D", "pub", _TWO_DAYS[g["noted"]]), day=digits(g["nday"]))
    elif "two" in g:
        low, high = _two_days(g["two"])
    elif "ww" in g:
        weekday = _WEEK[g["wwd"]] if "wwd" in g else 8 if g.get("wend") else None
        low = Point(deixis=_deixis(WORDS[g["ww"]]), weekday=weekday)
    elif "wd" in g:
        low = low.but(weekday=_WEEK[g["wd"][-1]])
    return low, high


def _two_days(word: str) -> Pair:
    """今明两天, 去今两年."""
    grain = "Y" if word[-1] == "年" else "D"
    shifts = [_TWO_DAYS[c] for c in word if c in _TWO_DAYS]
    last = shifts[-1] if len(shifts) > 1 else shifts[0] + 1
    return Point(deixis=Deixis(grain, "pub", shifts[0])), Point(deixis=Deixis(grain, "pub", last))


def to24(hour: int, part: str | None) -> int:
    """The hour of the 24-hour clock for an hour and a part of the day."""
    if part == "AF" and hour < 12:
        return hour + 12
    if part == "EV" and (4 <= hour < 12 or hour == 12):
        return hour + 12
    if part == "NI" and 8 <= hour <= 12:
        return hour + 12
    if part == "MI" and 1 <= hour <= 3:
        return hour + 12
    return hour


def noon_between(low: Point, hour: int) -> bool:
    """Whether an hour named after another in speech is one of the afternoon: 9点到5点, not 22点到6点."""
    return low.part in (None, "MO") and hour < (low.hour or 0) <= 12


def _either_hour(g: dict[str, str], low: Point, high: Point | None) -> Pair | None:
    """凌晨三四点: two neighbouring hours."""
    first, last = DIGITS[g["ha"]], DIGITS[g["hb"]]
    if high or (low.part is None and "hz" not in g) or last != first + 1:
        return None
    return low.but(hour=to24(first, low.part)), low.but(hour=to24(last, low.part))


def _clock(g: dict[str, str], low: Point, high: Point | None) -> Pair | None:
    if "p" in g:
        low, high = _both(low, high, part=PARTS[g["p"]][1])
    if "ha" in g:
        return _either_hour(g, low, high)
    if high and high.month and high.day is None and {"p", "h1", "ch"} & g.keys():  # 三四月24时
        return None
    if "h1" not in g and "ch" not in g:
        return low, high
    hour = digits(g.get("h1") or g["ch"])
    if hour == 12 and g.get("p") == "凌晨":
        hour = 0
    minute: int | None = None
    if "mhalf" in g:
        minute = 30
    elif "mq" in g:
        minute = 15 * digits(g["mq"])
    else:
        text = g.get("mi") or g.get("mi2") or g.get("cm")
        minute = digits(text) if text else None
    second = g.get("se") or g.get("cs")
    if hour > 24 or (minute or 0) > 59 or (hour == 24 and minute):
        return None
    clock = {"hour": to24(hour, low.part), "minute": minute, "second": int(second) if second else None}
    if high and hour == 24:  # 14日至18日24时
        return low.but(part=None), high.but(**clock)
    low, high = _both(low, high, **clock)
    if "h2" in g:
        last = digits(g["h2"])
        if high or last > 24:
            return None
        start = low.hour or 0
        last = to24(last, low.part)
        if "dian" in g and noon_between(low, last):
            last += 12
        high = low.but(hour=last, minute=minute)
        low = low.but(minute=None)
        if high.hour == start and not minute:
            return None
    return low, high
