"""From points as written to TIMEX3 values, in the light of a `Context`."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from .calendar import add_months, days_in, festival, lunar_day
from .context import Context
from .here import Here, Named
from .model import Point
from .tables import context_words

Resolved = tuple[str | None, Named | None]
NOTHING: Resolved = ("", None)
"""What a word such as 当年 is where nothing was named before: no date."""

NO_DAY = "XXXX-XX-XX"
"""A day that a word names and nothing resolves; a bare 9时 without a day is just ``T09:00``."""

_TOLD_OF = re.compile("记者|获悉|了解|召开|表示|介绍|通报|发布|公布|[说称]")
"""What stands between a day and the figures that were told on it, not of it."""
_NTH = re.compile(rf"(?:是|为|进入|迎来)[^，。；]{{0,13}}$|(?:{context_words('nth')})的?$")
_HOURS = re.compile(f"(?:期间)?[，为]?(?:实行|限时|禁止|停止|正常|对外|照常)?(?:{context_words('hours')})")
_HOURS_OF = re.compile(
    rf"(?:{context_words('hours')}|开|答)(?:电话)?(?:时间|时段)?(?:一般|调整|延长)?[为是在从到至:：]{{1,2}}$"
)
_SPAN = re.compile("[至到—–~～-]")
_AIM = re.compile("(?:完成|实现|夺取|赢得|冲刺|紧盯|咬定|朝着|为)$")
_COMPARED = re.compile(r"[比较]$")
BY_WEEKDAY = re.compile("[周期拜][一二三四五六日天]$")
"""How a day ends that is named by its weekday."""
_GONE = re.compile("过去的$")
"""What makes 这个周末 the last weekend on a Monday: 刚刚过去的这个周末."""
_SET_AGAINST = re.compile("(?:[比较与和同跟于]|相比)$")
_YEAR = re.compile(r"\d{4}(?=-|$)")


def clock(p: Point) -> str:
    """The time of the day in TIMEX3: ``T09:30``, ``TMO``, or nothing."""
    if p.hour is not None:
        text = f"T{p.hour:02d}:{p.minute or 0:02d}"
        return text + (f":{p.second:02d}" if p.second is not None else "")
    return f"T{p.part}" if p.part else ""


def resolve(context: Context, p: Point, here: Here) -> Resolved:
    """Return the TIMEX3 value of a point and the date it names.

    The value is None for a day that does not exist, and empty (`NOTHING`) for a word that names nothing here.
    """
    if p.only_time and p.month is None and p.year is None:
        return _clock_only(context, p, here)
    if p.lunar or p.festival:
        return _special(context, p, here)
    if p.weekday and (p.deixis is None or p.deixis.grain != "W"):
        return _weekday(context, p, here)
    if p.cycle:
        return p.cycle + (f"-{p.sub}" if p.sub else ""), None
    if p.deixis:
        return _deictic(context, p, here)
    return _plain(context, p, here, p.year)


def _plain(context: Context, p: Point, here: Here, year: int | None) -> Resolved:
    """A point with or without year, month and day; `year` is that written or given by 去年 ..."""
    if p.same and year is not None:
        return _same_period(context, year, here)
    if p.month is None and p.day is not None:
        found = context.month_for(p.day, here)
        if found is None:
            return f"XXXX-XX-{p.day:02d}{clock(p)}", None
        return _ymd(*found, p, bool(context.last and context.last.explicit))
    if p.month is not None:
        known = year if year is not None else context.year_for(p.month, p.day, here)
        if year is None and known is not None and (p.month, p.day) == (2, 29):
            known = _leap(known, 1 if here.future else -1)
        if known is not None:
            return _ymd(known, p.month, p, year is not None or context.carries(known, here))
        if p.day is not None and p.day > days_in(2000, p.month):
            return None, None
        return f"XXXX-{p.month:02d}{_within_month(p)}", None
    if p.third:
        return _bare_third(context, p, here)
    known = year if year is not None else context.year_of_part(p.sub, here)
    text = ("XXXX" if known is None else f"{known:04d}") + (f"-{p.sub}" if p.sub else "")
    return text, None if known is None else Named(known, explicit=True, value=text)


def _leap(year: int, step: int) -> int:
    """The year itself or, if it has no 29 February, the next or last one that does."""
    while days_in(year, 2) < 29:
        year += step
    return year


def _within_month(p: Point) -> str:
    if p.third:
        return f"-{p.third}"
    return "" if p.day is None else f"-{p.day:02d}{clock(p)}"


def _ymd(year: int, month: int, p: Point, explicit: bool) -> Resolved:
    named = Named(year, month, p.day, explicit, value=f"{year:04d}-{month:02d}")
    if p.day is not None and not 1 <= p.day <= days_in(year, month):
        named.day = None
        return None, named
    return named.value + _within_month(p), named


def _bare_third(context: Context, p: Point, here: Here) -> Resolved:
    """下旬 or 月底 alone."""
    last = context.near(context.last, here)
    if last and last.month:
        return _ymd(last.year, last.month, p, last.explicit)
    pub = context.published
    if pub is None:
        return f"XXXX-XX-{p.third}", None
    year, month = pub.year, pub.month
    if p.third == "E" and pub.day < 11 and not here.future and here.before[-1:] not in tuple("到至"):
        year, month = add_months(year, month, -1)
    return _ymd(year, month, p, False)


def _clock_only(context: Context, p: Point, here: Here) -> Resolved:
    """A time whose day was named before, if any."""
    day = context.day
    other = context.clock_day
    if other and day and here.starts_paragraph and not other.span and day.order < other.order:
        day = other  # 25日 was told of in passing; the lines go on with the hours of another day
    if day is None or day.span or not here.clock_reaches(day) or _any_day(day, here):
        return clock(p), None
    named = replace(day)
    context.clock_day = named
    return f"{day.year:04d}-{day.month:02d}-{day.day:02d}{clock(p)}", named


def _any_day(day: Named, here: Here) -> bool:
    """Whether hours are those of any day though one was named before: 营业时间为8时至20时, 9时至17时开放."""
    if _HOURS_OF.search(here.before):
        return True
    return not here.same_sentence(day) and bool(
        _SPAN.search(here.text, here.start, here.end) and _HOURS.match(here.after)
    )


def _on_day(found: date, p: Point, festival: bool = False) -> Resolved:
    text = found.isoformat()
    named = Named(found.year, found.month, found.day, festival=festival, value=text[:7])
    return text + clock(p), named


def _deictic(context: Context, p: Point, here: Here) -> Resolved:
    d = p.deixis
    assert d is not None
    pub = context.published
    if d.grain == "N":  # 新一年: in November and December the next
        year = pub.year + (pub.month >= 11) if pub else None
        return ("XXXX", None) if year is None else (f"{year:04d}", Named(year, explicit=True))
    if here.text[here.start] == "第" and _NTH.search(here.before):  # 是开幕第二天
        return NOTHING
    start = context.anchor(d.anchor, d.shift, here, d.grain in "DW")
    if start is None:
        return NOTHING if d.anchor == "ref" and pub else _unanchored(p)
    if d.grain == "Y":
        return _plain(context, p, here, _year_by_word(context, start, p, here))
    if d.grain in "MQ" and d.anchor == "ctx" and not _told_of(start, here):
        start = context.today or start  # 上月 of a new sentence is the one before the published date
    month = start.month or _quarter_end(start) or (pub.month if pub else 1)
    if d.grain == "Q":
        total = start.year * 4 + (month - 1) // 3 + d.shift
        if p.third:  # 上季度末
            return _ymd(total // 4, total % 4 * 3 + (3 if p.third == "E" else 1), p, True)
        text = f"{total // 4:04d}-Q{total % 4 + 1}"
        return text, Named(total // 4, explicit=True, value=text)
    if d.grain == "M":
        return _ymd(*add_months(start.year, month, d.shift), p, True)
    try:
        day = date(start.year, start.month or 1, start.day or 1)
        if d.grain == "D":
            return _on_day(_noted(day + timedelta(days=d.shift), p), p, start.festival and d.shift != 0)
        gone = p.weekday == 8 and d.shift == 0 and day.isoweekday() < 6 and _GONE.search(here.before)
        return _week(day + timedelta(weeks=d.shift - bool(gone)), p)
    except (OverflowError, ValueError):
        return None, None


def _quarter_end(named: Named) -> int | None:
    return 3 * int(named.value[-1]) if named.value[-2:-1] == "Q" else None


def _told_of(named: Named, here: Here) -> bool:
    """Whether 上月, 上季度 count from a month or quarter named before: in its sentence or set against it."""
    if not named.month and not _quarter_end(named):
        return False
    return here.same_sentence(named) or bool(_SET_AGAINST.search(here.before))


def _noted(day: date, p: Point) -> date:
    """The day that the bracket of 昨（10）日 or 今天（10日）上午 gives, nearest to `day`."""
    if p.day is None:
        return day
    if p.month is None:
        months = [add_months(day.year, day.month, shift) for shift in (-1, 0, 1)]
    else:
        months = [(day.year + shift, p.month) for shift in (-1, 0, 1)]
    days = [date(*month, p.day) for month in months if 1 <= p.day <= days_in(*month)]
    return min(days, key=lambda other: abs(other - day), default=day)


def _year_by_word(context: Context, start: Named, p: Point, here: Here) -> int:
    """The year of 去年, 全年, 上年: early in the year, reports speak of the year before."""
    d = p.deixis
    assert d is not None
    pub = context.published
    if p.sub == "WI" and d.shift == 0 and pub and pub.month <= 2:  # 今冬 began in the year before
        return start.year - 1
    year = start.year + d.shift
    if d.anchor != "ctx" or pub is None or pub.month > 2 or start.year != pub.year:
        return year
    last = context.near(context.last, here)
    told_on = (
        pub.month == 1 and last is not None and d.shift == 0 and last.day is not None and not last.explicit
    )
    if not (last is None or last.year < pub.year or told_on) or here.future or _AIM.search(here.before):
        return year
    return year - (d.shift == 0 or bool(_COMPARED.search(here.before)))


def _same_period(context: Context, year: int, here: Here) -> Resolved:
    """去年同期: the period that the figures are of, in that year.

    It is the month, quarter or span named in the same sentence, else the day named there, else the long
    period the report is about, else the one named last.
    """
    period, day = context.period, context.day
    if period is None or not here.same_sentence(period):
        of_day = day is not None and not day.span and here.same_sentence(day)
        if day is not None and of_day and not _TOLD_OF.search(here.text, day.end, here.start):
            return f"{year:04d}-{day.month:02d}-{day.day:02d}".replace("-02-29", "-02-28"), None
        period = context.subject_near(here) or period
    near = period is not None and (period is context.subject or here.next_paragraph(period))
    if period is None or not near or not here.same_item(period) or not _YEAR.match(period.value):
        return f"{year:04d}", None
    shift = year - int(period.value[:4])
    value = _YEAR.sub(lambda m: f"{int(m[0]) + shift:04d}", period.value)
    return value.replace("-02-29", "-02-28"), None


def _week(day: date, p: Point) -> Resolved:
    year, week, weekday = day.isocalendar()
    if p.weekday is None:
        return f"{year:04d}-W{week:02d}", None
    if p.weekday == 8:
        return f"{year:04d}-W{week:02d}-WE", None
    return _on_day(day + timedelta(days=p.weekday - weekday), p)


def _weekday(context: Context, p: Point, here: Here) -> Resolved:
    """周三 without 上 or 下: that of the date just before, the next in a row of them, else the nearest."""
    named, pub = context.day, context.published
    assert p.weekday is not None
    if named and named.month and named.day:
        day = date(named.year, named.month, named.day)
        between = here.text[named.end : here.start]
        fits = day.isoweekday() == p.weekday
        by_weekday = bool(BY_WEEKDAY.search(here.text, named.end - 3, named.end))
        beside = fits or not (by_weekday or between.strip(" \n\u3000（("))
        if beside and len(between) <= 4 and "。" not in between:
            return _on_day(day, p)
        if by_weekday and here.same_sentence(named):
            return _on_day(day + timedelta(days=(p.weekday - day.isoweekday()) % 7), p)
    if pub is None:
        return f"XXXX-WXX-{p.weekday}{clock(p)}", None
    back = (pub.isoweekday() - p.weekday) % 7
    if back and (here.future or here.soon):
        return _on_day(pub + timedelta(days=7 - back), p)
    return _on_day(pub - timedelta(days=back), p)


def _unanchored(p: Point) -> Resolved:
    d = p.deixis
    assert d is not None
    if d.grain == "Y":
        if p.month:
            return f"XXXX-{p.month:02d}{_within_month(p)}", None
        return "XXXX" + (f"-{p.sub}" if p.sub else ""), None
    if d.grain == "Q":
        return "XXXX-QX", None
    if d.grain == "M":
        return "XXXX-XX" + _within_month(p), None
    if d.grain == "W":
        return "XXXX-WXX" + (
            "-WE" if p.weekday == 8 else f"-{p.weekday}{clock(p)}" if p.weekday else ""
        ), None
    if p.day is not None:
        return f"XXXX-{f'{p.month:02d}' if p.month else 'XX'}-{p.day:02d}{clock(p)}", None
    return NO_DAY + clock(p), None


def _special(context: Context, p: Point, here: Here) -> Resolved:
    """A lunar date or festival: its Gregorian day; a lunar month alone: its first and last day."""
    if p.lunar and p.lunar[0] == 0:  # 初六: of the first month, near the spring festival
        if context.published is None or context.published.month > 3:
            return NOTHING
        p = p.but(lunar=(1, p.lunar[1], False))
    found = _lunar_year(context, p, here)
    if found is None:
        return f"{NO_DAY}{clock(p)}", None
    lunar_year, day = found
    if p.lunar and not p.lunar[1]:
        last = lunar_day(lunar_year, p.lunar[0], 0, p.lunar[2])
        return f"{day.isoformat()}/{last.isoformat() if last else ''}", None
    return _on_day(day, p, bool(p.festival))


def _lunar_year(context: Context, p: Point, here: Here) -> tuple[int, date] | None:
    """The (lunar) year a festival or lunar date belongs to, and its day."""

    def day_in(year: int) -> date | None:
        if p.festival:
            return festival(p.festival, year)
        assert p.lunar is not None
        return lunar_day(year, p.lunar[0], p.lunar[1] or 1, p.lunar[2])

    year, pub = p.year, context.published
    if p.deixis and pub:
        year = pub.year + p.deixis.shift
    if year is None:
        last = context.near(context.last, here)
        if last and last.explicit and not last.span and here.same_sentence(last):
            year = last.year + (last.month == 12 and p.festival == "01-01")
    if year is not None:
        late = p.lunar is not None and p.lunar[0] >= 11 and (p.year or p.deixis)  # 2019年腊月 ends in 2020
        if late and p.deixis and pub and pub < (lunar_day(pub.year, 1, 1) or pub):
            year -= 1  # before the spring festival 今年 is still the old lunar year
        days = [(y, d) for y in (year - 1, year) if (d := day_in(y))]
        return next(((y, d) for y, d in days if (y if late else d.year) == year), None)
    if pub is None:
        return None
    days = [(y, d) for y in range(pub.year - 1, pub.year + 2) if (d := day_in(y))]
    past = [x for x in days if x[1] <= pub]
    ahead = [x for x in days if x[1] > pub]
    if not ahead:
        return past[-1] if past else None
    wait = (ahead[0][1] - pub).days
    if not past or ((here.future or here.soon) and wait <= 270):
        return ahead[0]
    since = (pub - past[-1][1]).days
    return ahead[0] if wait < since and wait <= (15 if here.past else 75) else past[-1]
