"""Spans of time in one expression: 5月6日至8日, 8时40分到16时, 12月25日至1月5日."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from .calendar import add_months
from .model import Point
from .patterns import JOIN
from .points import to24
from .resolve import Context, Here, Named, clock

BETWEEN = re.compile(rf"(?:[(（](?:星期|周)[一二三四五六日天][)）])?(?:起|开始)?(?:{JOIN}|直?[至到])")
"""What joins the start and the end of a span."""


def joins(low: Point, high: Point) -> bool:
    """Whether two points can be the ends of one span."""
    if low.cycle or high.cycle:
        return bool(low.cycle and high.cycle)
    if high.only_time and not low.is_time:
        return False
    return not (low.only_time and not high.is_time)


def span(context: Context, value: str | None, named: Named | None, low: Point, high: Point, here: Here) -> str | None:
    """Return ``A/B``, where `value` is A; the end is read in the light of the start."""
    context.note(named)
    if high.only_time:
        high = _afternoon(low, high)
        if value is None:
            return None
        return f"{value}/{_same_day(value.partition('T')[0], low, high)}"
    second, last = context.resolve(high, here)
    if last is not None:
        if named and _order(last) < _order(named):
            value, second, last = _untangle(context, value, second, named, last, low, high, here)
        last.end, last.span = here.end, True
        context.note(last)
    return None if value is None or second is None else f"{value}/{second}"


def _order(named: Named) -> tuple[int, int, int]:
    return named.year, named.month or 0, named.day or 0


def _untangle(
    context: Context,
    value: str | None,
    second: str | None,
    named: Named,
    last: Named,
    low: Point,
    high: Point,
    here: Here,
) -> tuple[str | None, str | None, Named]:
    """Order the ends of a span whose end came out before its start."""
    moved: Named | None = None
    if high.year is None and high.deixis is None:
        if high.month is None and high.day is not None:  # 28日至3日
            year, month = add_months(named.year, named.month or 1, 1)
            second, moved = context.resolve(replace(high, year=year, month=month), here)
        elif high.month or high.sub:  # 12月25日至1月5日
            second, moved = context.resolve(replace(high, year=named.year + 1), here)
    elif low.year is None and low.deixis is None and low.month:  # 12月25日至2020年1月5日
        value, _ = context.resolve(replace(low, year=last.year - (low.month > (last.month or 12))), here)
    return value, second, moved or last


def _afternoon(low: Point, high: Point) -> Point:
    """下午2点至5点: the end shares the half of the day."""
    if high.part is None and high.hour is not None and low.part and low.hour is not None:
        hour = to24(high.hour, low.part)
        if hour >= low.hour:
            return replace(high, hour=hour)
    return high


def _same_day(day: str, low: Point, high: Point) -> str:
    """The end of a span of times, on the day it starts or, if earlier, the next."""
    if day and high.hour is not None and low.hour is not None and "X" not in day:
        if (high.hour, high.minute or 0) < (low.hour, low.minute or 0):
            day = (date.fromisoformat(day) + timedelta(days=1)).isoformat()
    return day + clock(high)
