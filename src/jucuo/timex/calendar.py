"""Days that a rule or the lunar calendar gives; ``lunar_python`` converts and is loaded on first use."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache


@lru_cache(2048)
def lunar_day(year: int, month: int, day: int, leap: bool = False) -> date | None:
    """The Gregorian day of a lunar date (day 0: the last of the month); None if there is none."""
    from lunar_python import Lunar, LunarMonth  # type: ignore[import-untyped]

    try:
        found = LunarMonth.fromYm(year, -month if leap else month)
        if found is None or day > found.getDayCount():
            return None
        solar = Lunar.fromYmd(year, -month if leap else month, day or found.getDayCount()).getSolar()
        return date(solar.getYear(), solar.getMonth(), solar.getDay())
    except Exception:  # the library raises bare Exception for what its tables do not hold
        return None


@lru_cache(512)
def solar_terms(year: int) -> dict[str, date]:
    """The days of the 24 solar terms that fall in a Gregorian year."""
    from lunar_python import Lunar  # type: ignore[import-untyped,unused-ignore]

    out = {}
    for lunar_year in (year, year + 1):
        for name, solar in Lunar.fromYmd(lunar_year, 6, 1).getJieQiTable().items():
            if solar.getYear() == year and not name.isascii():  # terms of the next year have Latin names
                out[name] = date(solar.getYear(), solar.getMonth(), solar.getDay())
    return out


@lru_cache(2048)
def festival(rule: str, year: int) -> date | None:
    """The day a rule of ``festivals.tsv`` gives in a year (for a lunar rule: the lunar year)."""
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
    return (date(year + month // 12, month % 12 + 1, 1) - date(year, month, 1)).days


def add_months(year: int, month: int, shift: int) -> tuple[int, int]:
    """Year and month so many months away."""
    total = year * 12 + month - 1 + shift
    return total // 12, total % 12 + 1
