"""Days that a rule or the lunar calendar gives; ``lunar_python`` converts and is loaded on first use."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Any


@lru_cache(512)
def _lunar_year(year: int) -> Any:
    """Months and solar terms of a lunar year; they take some milliseconds."""
    from lunar_python import LunarYear  # type: ignore[import-untyped]

    return LunarYear.fromYear(year)


def _gregorian(julian_day: float) -> date:
    from lunar_python import Solar

    day = Solar.fromJulianDay(julian_day)
    return date(day.getYear(), day.getMonth(), day.getDay())


@lru_cache(512)
def _months(year: int) -> dict[int, tuple[date, int]]:
    """First day and length of the months of a lunar year; leap months have negative numbers."""
    months = _lunar_year(year).getMonthsInYear()
    return {m.getMonth(): (_gregorian(m.getFirstJulianDay()), m.getDayCount()) for m in months}


def lunar_day(year: int, month: int, day: int, leap: bool = False) -> date | None:
    """The Gregorian day of a lunar date (day 0: the last of the month); None if there is none."""
    if not 1600 <= year <= 3000:  # the Gregorian calendar; the library does not go on for ever
        return None
    first, length = _months(year).get(-month if leap else month, (None, 0))
    if first is None or day > length:
        return None
    return first + timedelta(days=(day or length) - 1)


@lru_cache(512)
def solar_terms(year: int) -> dict[str, date]:
    """The days of the 24 solar terms that fall in a Gregorian year."""
    if not 1600 <= year <= 3000:
        return {}
    from lunar_python import Lunar

    out = {}
    for lunar_year in (year, year + 1):
        julian_days = _lunar_year(lunar_year).getJieQiJulianDays()
        for name, julian_day in zip(Lunar.JIE_QI_IN_USE, julian_days, strict=True):
            day = _gregorian(julian_day)
            if day.year == year and not name.isascii():  # terms of the next year have Latin names
                out[name] = day
    return out


@lru_cache(2048)
def festival(rule: str, year: int) -> date | None:
    """The day a rule of ``festivals.tsv`` gives in a year (for a lunar rule: the lunar year)."""
    if not 1600 <= year <= 3000:
        return None
    kind, _, rest = rule.partition(" ")
    if kind == "lunar":
        month, day = map(int, rest.split("-"))
        return lunar_day(year, month, day)
    if kind == "term":
        return solar_terms(year).get(rest)
    if kind == "nth":
        month, n, weekday = map(int, rest.split("-"))
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (n - 1))
    month, day = map(int, kind.split("-"))
    return date(year, month, day)


def days_in(year: int, month: int) -> int:
    """How many days a month has."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def add_months(year: int, month: int, shift: int) -> tuple[int, int]:
    """Year and month so many months away."""
    total = year * 12 + month - 1 + shift
    return total // 12, total % 12 + 1
