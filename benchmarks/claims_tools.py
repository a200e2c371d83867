"""The other extractors behind one interface, for `claims_compare.py`: jionlp and Microsoft's recognizers.

A tool is a function from a text and its published date to `Found` expressions. What a tool says is turned
into facts that can be compared: ``("number", value, unit)``, ``("days", first, last)`` with ISO days or
times of the day, ``("length", low, high)``. Of several facts of one expression one has to be right.
"""

from __future__ import annotations

import datetime
import logging
import re
import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from jucuo import claims
from jucuo.records import Claim

Fact = tuple[Any, ...]


class Found(NamedTuple):
    """One expression that a tool found, and the facts it gives for it."""

    start: int
    end: int
    facts: frozenset[Fact]


Tool = Callable[[str, str], list[Found]]
_DAY = datetime.timedelta(days=1)
_ISO = re.compile(r"(\d{4})(?:-(?:(\d\d)(?:-(\d\d|[BME]))?|Q([1-4])|H([12])))?(?:T(\d\d:\d\d|[A-Z]{2}))?")
_LENGTH = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
_STAMP = re.compile(r"\d{4}-\d\d-\d\d(?: \d\d:\d\d|$)")
_NAMES = ("year", "month", "week", "day", "hour", "minute", "second")
_THIRDS = {"B": (1, 10), "M": (11, 20), "E": (21, 31)}
_PARTS = {
    "MO": range(5, 10),
    "MI": range(10, 13),
    "AF": range(12, 15),
    "EV": range(16, 20),
    "NI": range(0, 6),
}


def facts_of(claim: Claim) -> frozenset[Fact]:
    """What one of our claims says."""
    if claim.kind == "duration":
        return frozenset([_lengths(str(claim.timex))])
    if claim.timex is not None:
        return days_of(claim.timex)
    if claim.value is None:
        return frozenset([("number", (claim.low, claim.high), claim.unit)])
    return frozenset([("number", float(claim.value), claim.unit)])


def _lengths(timex: str) -> Fact:
    low, _, high = timex.partition("/")
    return ("length", _length(low), _length(high or low))


def _length(timex: str) -> tuple[tuple[str, float], ...]:
    m = _LENGTH.fullmatch(timex)
    return tuple((n, float(x)) for n, x in zip(_NAMES, m.groups(), strict=True) if x) if m else ()


def days_of(timex: str) -> frozenset[Fact]:
    """First and last day of a date, or the times at its ends; the last is also accepted as its first day."""
    low, _, high = timex.partition("/")
    first, last = _ends(low), _ends(high or low)
    if first is None or last is None:
        return frozenset()
    starts = [first[0], f"{first[0][:8]}25"] if timex.endswith("-E") else [first[0]]  # or as jionlp has it
    return frozenset(("days", start, end) for start in starts for end in last)


def _ends(timex: str) -> tuple[str, str] | None:
    m = _ISO.fullmatch(timex)
    if m is None:
        return None
    year, month, day, quarter, half, clock = m.groups()
    if clock == "24:00":
        next_day = datetime.date(int(year), int(month), int(day)) + _DAY
        return (f"{next_day.isoformat()}T00:00",) * 2
    if clock:
        return (f"{year}-{month}-{day}T{clock}",) * 2
    if quarter or half:
        size = 3 if quarter else 6
        start = (int(quarter or half) - 1) * size + 1
        return f"{year}-{start:02d}-01", _month_end(int(year), start + size - 1)
    if month is None:
        return f"{year}-01-01", f"{year}-12-31"
    if day is None:
        return f"{year}-{month}-01", _month_end(int(year), int(month))
    if day in _THIRDS:
        low, high = _THIRDS[day]
        return f"{year}-{month}-{low:02d}", min(f"{year}-{month}-{high}", _month_end(int(year), int(month)))
    return (f"{year}-{month}-{day}",) * 2


def _month_end(year: int, month: int) -> str:
    later = datetime.date(year + month // 12, month % 12 + 1, 1)
    return (later - _DAY).isoformat()


def jucuo(text: str, published: str) -> list[Found]:
    """Our own claims, without links."""
    return [Found(c.start, c.end, facts_of(c)) for c in claims.find(text, published)]


def _spans(first: str, last: str) -> Iterator[Fact]:
    """Facts of an interval in full time stamps: of days, of a part of one day, of times."""
    a, b = first[:10], last[:10]
    yield ("days", a, b)
    if last.endswith("00:00:00") and b > a:  # an end that is no longer part of it
        yield ("days", a, (datetime.date.fromisoformat(b) - _DAY).isoformat())
    if len(first) > 10:
        yield ("days", f"{a}T{first[11:16]}", f"{b}T{last[11:16]}")
        yield ("days", f"{a}T{first[11:16]}", f"{a}T{first[11:16]}")
        hour = int(first[11:13])
        for part, hours in _PARTS.items():
            if a == b and hour in hours and int(last[11:13]) - hour >= 2:
                yield ("days", f"{a}T{part}", f"{a}T{part}")


def jionlp() -> Tool:
    """Times and amounts of money by jionlp."""
    import jionlp as jio

    logging.disable(logging.CRITICAL)  # it logs a traceback for every number that is no time
    codes = {"元": "CNY", "美元": "USD", "欧元": "EUR", "英镑": "GBP", "日元": "JPY", "港元": "HKD"}

    def read(text: str, published: str) -> list[Found]:
        base = time.mktime(datetime.datetime.fromisoformat(published).timetuple())
        out = []
        for x in jio.ner.extract_time(text, time_base=base):
            out.append(Found(*x["offset"], frozenset(_jionlp_time(x["text"], x["detail"]["time"]))))
        for x in jio.ner.extract_money(text):
            number = x["detail"]["num"]
            lowest = number[0] if isinstance(number, list) else number  # 60多亿 is 60 to 70
            unit = codes.get(x["detail"]["case"], x["detail"]["case"])
            out.append(Found(*x["offset"], frozenset([("number", float(lowest), unit)])))
        return out

    return read


def _jionlp_time(surface: str, found: Any) -> Iterator[Fact]:
    if isinstance(found, dict):
        found = [found, found]
    first, last = found[0], found[-1]
    if isinstance(first, dict):
        low, high = (
            tuple((n, float(x[n])) for n in _NAMES if isinstance(x.get(n), (int, float)))
            for x in (first, last)
        )
        yield ("length", low, high)
    elif re.match(r"\d{4}-", first):
        if re.search("(?:起|来|开始)$", surface):  # read as open to its end
            for length in (4, 7, 10):
                yield from days_of(first[:length])
            yield from _spans(first, f"{first[:10]} 23:59:59")
        if re.match(r"\d{4}-", last):
            yield from _spans(first, last)


def by_line(tool: Tool) -> Tool:
    """Give a tool one line at a time."""

    def read(text: str, published: str) -> list[Found]:
        out = []
        for m in re.finditer(r"[^\n]+", text):
            at = m.start()
            out += [Found(f.start + at, f.end + at, f.facts) for f in tool(m[0], published)]
        return out

    return read


def recognizers() -> Tool:
    """Numbers, ordinals, percentages, amounts with units, dates and times by Microsoft's recognizers."""
    from recognizers_date_time import DateTimeRecognizer
    from recognizers_number import NumberRecognizer
    from recognizers_number_with_unit import NumberWithUnitRecognizer
    from recognizers_text import Culture

    numbers = NumberRecognizer(Culture.Chinese)
    units = NumberWithUnitRecognizer(Culture.Chinese)
    models = [
        numbers.get_number_model(),
        numbers.get_ordinal_model(),
        numbers.get_percentage_model(),
        units.get_currency_model(),
        units.get_dimension_model(),
        units.get_temperature_model(),
        units.get_age_model(),
    ]
    dates = DateTimeRecognizer(Culture.Chinese).get_datetime_model()

    def read(text: str, published: str) -> list[Found]:
        found = [(x, frozenset(_amount(x.resolution))) for model in models for x in model.parse(text)]
        base = datetime.datetime.fromisoformat(published)
        found += [(x, frozenset(_date(x.resolution))) for x in dates.parse(text, base)]
        return [Found(x.start, x.end + 1, facts) for x, facts in found]

    return read


_UNITS = {
    "Millimeter": "mm", "Centimeter": "cm", "Meter": "m", "Kilometer": "km", "Nautical mile": "nmi",
    "Square meter": "m2", "Square kilometer": "km2", "Hectare": "ha", "Mu": "mu", "Cubic meter": "m3",
    "Gram": "g", "Kilogram": "kg", "Metric ton": "t", "Ton": "t", "C": "℃", "Celsius": "℃", "Degree": "°",
    "Watt": "W", "Kilowatt": "kW", "Megawatt": "MW", "Liter": "L",
}  # fmt: skip


def _amount(resolution: dict[str, Any] | None) -> Iterator[Fact]:
    if not resolution or resolution.get("value") is None:
        return
    value = resolution["value"]
    if value.endswith("%"):
        yield ("number", float(value[:-1]), "%")
        return
    try:
        number = float(value)
    except ValueError:
        return
    unit = resolution.get("isoCurrency") or resolution.get("unit")
    yield ("number", number, None if unit is None else _UNITS.get(unit, unit))


def _date(resolution: dict[str, Any] | None) -> Iterator[Fact]:
    for x in (resolution or {}).get("values", ()):
        timex = x.get("timex", "")
        if x["type"] == "duration":
            yield _lengths(timex)
            continue
        yield from days_of(re.sub(r"(T\d\d)$", r"\1:00", timex))
        first, last = x.get("start", x.get("value", "")), x.get("end", x.get("value", ""))
        if _STAMP.match(first) and _STAMP.match(last):
            yield from _spans(first, last)
