"""From a timex value to the days of the calendar, for tables and time series."""

from __future__ import annotations

import re
from datetime import date, timedelta

from .calendar import days_in

_DAY = re.compile(r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?:T.+)?")
_MONTH = re.compile(r"(?P<y>\d{4})-(?P<m>\d\d)(?:-(?P<third>[BME]))?")
_WEEK = re.compile(r"(?P<y>\d{4})-W(?P<w>\d\d)(?:-(?:(?P<d>[1-7])|(?P<end>WE)))?(?:T.+)?")
_YEARS = re.compile(r"(?P<y>\d{4}|\d{3}X|\d\dXX)(?:-(?P<part>[A-Z]{1,2}|[A-Z]\d))?")
_PARTS = {
    **{f"H{n}": (6 * n - 5, 6) for n in (1, 2)},
    **{f"Q{n}": (3 * n - 2, 3) for n in (1, 2, 3, 4)},
    **dict(zip(("SP", "SU", "FA", "WI"), ((3, 3), (6, 3), (9, 3), (12, 3)), strict=True)),
}
"""Part of a year: its first month, and how many months it has."""


def days(value: str | None) -> tuple[date, date] | None:
    """First and last day of a timex value; None for a length of time and where the year is not known.

    A time lies on its day, ``T24:00`` on the day that it ends. B, M and E are the thirds of a month (上旬,
    中旬, 下旬), of a year, decade or century; winter is December to February of the next year. A span is from
    the first day of its beginning to the last of its end.

    Parameters
    ----------
    value
        ``timex`` or ``as_of`` of a claim, or `Timex.value`.

    Examples
    --------
    >>> first, last = days("2020-02-E")
    >>> str(first), str(last)
    ('2020-02-21', '2020-02-29')
    >>> days("2020-03-14T24:00") == days("2020-03-14")
    True
    >>> days("P3D") is days("XXXX-03-05") is None
    True
    """
    begin, _, end = (value or "").partition("/")
    try:
        first = _days(begin)
        last = _days(end) if end else first
    except ValueError:  # no such day, or one outside the calendar
        return None
    return (first[0], last[1]) if first and last and first[0] <= last[1] else None


def _days(value: str) -> tuple[date, date] | None:
    """The days of a value that is no span."""
    if m := _DAY.fullmatch(value):
        day = date(int(m["y"]), int(m["m"]), int(m["d"]))
        return day, day
    if m := _MONTH.fullmatch(value):
        return _month(int(m["y"]), int(m["m"]), m["third"])
    if m := _WEEK.fullmatch(value):
        first, last = (6, 7) if m["end"] else (int(m["d"] or 1), int(m["d"] or 7))
        week = int(m["y"]), int(m["w"])
        return date.fromisocalendar(*week, first), date.fromisocalendar(*week, last)
    if m := _YEARS.fullmatch(value):
        return _years(m["y"], m["part"])
    return None


def _month(year: int, month: int, third: str | None) -> tuple[date, date]:
    first, last = {"B": (1, 10), "M": (11, 20), "E": (21, 31), None: (1, 31)}[third]
    return date(year, month, first), date(year, month, min(last, days_in(year, month)))


def _years(year: str, part: str | None) -> tuple[date, date] | None:
    """A year, decade or century, or a part of one."""
    first, n_months = 12 * int(year.replace("X", "0")), 12 * 10 ** year.count("X")
    if part in ("B", "M", "E"):
        n_months //= 3
        first += "BME".index(part) * n_months
    elif part:
        if "X" in year or part not in _PARTS:
            return None
        start, n_months = _PARTS[part]
        first += start - 1
    end, first = first + n_months, max(first, 12)  # there is no year 0
    return (_first_day(first), _first_day(end) - timedelta(days=1)) if first < end else None


def _first_day(months: int) -> date:
    """The first day of a month, counted from January of the year 0."""
    return date(months // 12, months % 12 + 1, 1)
