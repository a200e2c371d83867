"""Spans of time in one expression: 5月6日至8日, 8时40分到16时, 12月25日至1月5日."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from .calendar import add_months
from .context import Context
from .here import Here, Named
from .model import Point
from .patterns import JOIN
from .points import noon_between, to24
from .resolve import clock, resolve

BETWEEN = re.compile(rf"(?:[(（](?:星期|周)[一二三四五六日天][)）])?(?:起|开始)?(?:{JOIN}|直?[至到])")
"""What joins the start and the end of a span."""

MAY_JOIN = frozenset("(（起开直至到 -—–－~～─")
"""What `BETWEEN` may start with."""

_SO_FAR = "前头"
"""How an expression begins that counts the months or quarters of a year so far: 前三季度, 头两个月."""


def joins(low: Point, high: Point) -> bool:
    """Whether two points can be the ends of one span."""
    if low.cycle or high.cycle:
        return bool(low.cycle and high.cycle)
    if high.only_time and not low.is_time:
        return False
    return not (low.only_time and not high.is_time)


def by_end(context: Context, low: Point, high: Point, here: Here) -> Point:
    """Give the start of a span without a year the year that its end asks for.

    What is counted from January on (1—11月, 前三季度) has been reached; and in November and December the end
    tells 1月1日至12月20日, which is over, from 1月1日至3日, which is to come.
    """
    if low.day and high.month and high.day and low.month is low.year is low.deixis is high.deixis is None:
        low = low.but(month=high.month if low.day <= high.day else (high.month - 2) % 12 + 1)  # 28日至7月2日
    pub = context.published
    if pub is None or low.year or low.deixis or high.year or high.deixis or low.is_time or low.month is None:
        return low
    last = high.month or low.month
    counted = low.month == 1 and low.day in (None, 1) and low.third is None
    if last < low.month or not (counted or (pub.month >= 11 and low.month <= 4)):
        return low
    year = context.year_for(last, high.day, here)
    if year == pub.year and here.text[here.start] in _SO_FAR and last > pub.month + 1 and not here.future:
        year -= 1
    return low if year is None else low.but(year=year)


def span(
    context: Context, value: str | None, named: Named | None, low: Point, high: Point, here: Here
) -> str | None:
    """Return ``A/B``, where `value` is A, or empty; the end is read in the light of the start."""
    next_one = high.deixis is not None and high.deixis.anchor == "ref"  # 11月至次年2月
    if named and (named.day is not None or next_one):
        context.note(named)
    if value and value[0] == "T" and next_one and high.hour is not None:  # 22时至次日6时, any day
        return f"{value}/{clock(high)}"
    if value and value[0] == "X" and next_one and high.month is not None:  # 11月至次年2月, any year
        high = high.but(deixis=None)
    if high.only_time:
        high = _afternoon(low, high, "点" in here.text[here.start : here.end])
        if value is None:
            return None
        return f"{value}/{_same_day(value.partition('T')[0], low, high)}"
    if named and high.lunar and high.lunar[0] == 0:  # 除夕至初六
        high = high.but(year=named.year + (named.month == 12), lunar=(1, *high.lunar[1:]))
    if named and high.year is None and high.deixis is None and not high.lunar and not high.festival:
        high = _complete(high, named)
    second, last = resolve(context, high, here)
    if second == "" or (value and "/" in value) or (second and "/" in second):
        return ""  # 当年 where no year was named, 正月: no end of a span
    if last is not None:
        tangled = named and last.order < named.order
        if tangled and low.year is None and low.deixis is None and low.month:  # 12月25日至2020年1月5日
            value, _ = resolve(context, low.but(year=last.year - (low.month > (last.month or 12))), here)
        last.end, last.span = here.end, True
    if value is None or second is None:
        return None
    whole = f"{value}/{second}"
    if last is not None and (last.month is not None or low.sub):  # years alone are not carried on
        if named:
            last = replace(last, value=whole)
        context.note(last)
    return whole


def _complete(high: Point, named: Named) -> Point:
    """Give the end of a span the year and month of its start, or the next."""
    if high.weekday and named.month and named.day:  # 下周一至周五
        start = date(named.year, named.month, named.day)
        end = start + timedelta(days=(high.weekday - start.isoweekday()) % 7)
        return high.but(year=end.year, month=end.month, day=end.day, weekday=None)
    if high.month is not None:
        return high.but(year=named.year + (high.month < (named.month or 1)))
    if high.day is not None and named.month is not None:
        year, month = named.year, named.month
        if named.day is not None and high.day < named.day:
            year, month = add_months(year, month, 1)
        return high.but(year=year, month=month)
    if high.third and named.month is not None:
        return high.but(year=named.year, month=named.month)
    return high.but(year=named.year) if high.sub else high


def _afternoon(low: Point, high: Point, spoken: bool) -> Point:
    """下午2点至5点, 9点半到5点: the end shares the half of the day, or is in the next if it is `spoken`."""
    if high.part is None and high.hour is not None and low.hour is not None:
        hour = to24(high.hour, low.part)
        if hour >= low.hour:
            return high.but(hour=hour)
        if spoken and noon_between(low, high.hour):
            return high.but(hour=high.hour + 12)
    return high


def _same_day(day: str, low: Point, high: Point) -> str:
    """The end of a span of times, on the day it starts or, if earlier, the next."""
    if (
        day
        and "X" not in day
        and high.hour is not None
        and low.hour is not None
        and (high.hour, high.minute or 0) < (low.hour, low.minute or 0)
    ):
        day = (date.fromisoformat(day) + timedelta(days=1)).isoformat()
    return day + clock(high)
