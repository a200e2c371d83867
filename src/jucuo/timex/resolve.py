"""From points as written to TIMEX3 values: the published date, and what the text said before.

A `Context` walks through one text from left to right. It remembers the date named last (for 当日, 次日,
8时 after 3月5日), and the year and month that later partial dates in the same paragraph share.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from .calendar import add_months, days_in, festival, lunar_day
from .model import Point
from .tables import context_words

FUTURE = re.compile(context_words("future"))
PAST = re.compile(context_words("past"))
_SENTENCE = re.compile("[。！？!?]")
_PARAGRAPH = re.compile(r"[。！？!?”）)：:] *\r?\n|\n *\r?\n")
_REACH = 800
"""How many characters a paragraph may have; beyond that nothing is carried on."""


@dataclass(slots=True)
class Named:
    """A date named in the text, and where it ends."""

    year: int
    month: int | None = None
    day: int | None = None
    explicit: bool = False  # the year is written, or given by 今年 去年 ...
    span: bool = False
    end: int = 0


@dataclass(slots=True)
class Here:
    """Where an expression stands in its text."""

    text: str
    start: int
    end: int

    def same_sentence(self, named: Named) -> bool:
        """Whether no sentence ends between a date and here."""
        return self.start - named.end <= _REACH and not _SENTENCE.search(self.text, named.end, self.start)

    def same_paragraph(self, named: Named) -> bool:
        """Whether no paragraph ends between a date and here."""
        return self.start - named.end <= _REACH and not _PARAGRAPH.search(self.text, named.end, self.start)

    @property
    def before(self) -> str:
        """The clause before, 14 characters at most."""
        left = self.text[max(0, self.start - 14) : self.start]
        return left[max(map(left.rfind, "。！？；\n")) + 1 :]

    @property
    def after(self) -> str:
        """The clause after, 14 characters at most."""
        right = self.text[self.end : self.end + 14]
        return right[: min((i for i in map(right.find, "。！？；\n") if i >= 0), default=14)]

    @property
    def future(self) -> bool:
        """Whether the words around speak of what is to come."""
        return bool(FUTURE.search(self.before) or FUTURE.search(self.after) or self.after[:1] == "前")

    @property
    def past(self) -> bool:
        """Whether the words around report what has been."""
        return bool(PAST.search(self.before) or PAST.search(self.after))


Resolved = tuple[str | None, Named | None]
NOTHING: Resolved = ("", None)
"""What a word such as 当年 is where nothing was named before: no date."""


class Context:
    """Resolves the points of one text in order."""

    def __init__(self, published: date | None):
        self.published = published
        self.last: Named | None = None  # the last date
        self.day: Named | None = None  # the last date with a day

    def note(self, named: Named | None) -> None:
        """Remember a date for what follows."""
        if named is not None:
            self.last = named
            if named.day is not None:
                self.day = named

    # anchors

    def near(self, named: Named | None, here: Here) -> Named | None:
        return named if named and here.same_paragraph(named) else None

    def year_for(self, month: int, day: int | None, here: Here) -> int | None:
        """The year of a month, or of a day of it, that is written without one."""
        own = self._year_by_published(month, day, here)
        last = self.near(self.last, here)
        if last is None or not last.explicit:
            return own
        same = here.same_sentence(last)
        if last.month is None and not (same and here.start - last.end <= 30):
            return own
        year = last.year
        if last.month and last.month - month >= 6:
            pub = self.published
            if pub is None or date(year + 1, month, 1) <= pub:
                year += 1
        if own is not None and own != year and not same and self.published:
            gap = (self.published - date(own, month, min(day or 1, 28))).days
            if 0 <= gap <= 45:
                return own
        return year

    def _year_by_published(self, month: int, day: int | None, here: Here) -> int | None:
        pub = self.published
        if pub is None:
            return None
        if (month, day or 1) <= (pub.month, pub.day):
            passed = (pub.month - month) * 30 + pub.day - (day or 1)
            return pub.year + 1 if passed > 240 and re.search(r"将|拟|预计|明年|即将", here.before) else pub.year
        ahead = (month - pub.month) * 30 + (day or 1) - pub.day
        if ahead <= 3:
            return pub.year
        if here.future:
            return pub.year - 1 if ahead > 270 and here.past else pub.year
        if ahead > (31 if here.past else 120):
            return pub.year - 1
        return pub.year

    def month_for(self, day: int, here: Here) -> tuple[int, int] | None:
        """The year and month of a day of the month that is written without them."""
        pub = self.published
        last = self.near(self.last, here)
        if last and last.month and not self._stale(last, day, here):
            year, month = last.year, last.month
            if last.day and last.day - day >= 20:
                later = add_months(year, month, 1)
                if pub is None or date(*later, min(day, 28)) <= pub:
                    year, month = later
            fits = day <= days_in(year, month)
            ahead = pub is not None and fits and (date(year, month, day) - pub).days > 1
            if fits and (not ahead or here.same_sentence(last) or here.future):
                return year, month
        if pub is None:
            return None
        year, month = pub.year, pub.month
        if day > pub.day + 1 and not here.future:
            year, month = add_months(year, month, -1)
        elif day < pub.day - 20 and here.future and not here.past:
            year, month = add_months(year, month, 1)
        while day > days_in(year, month) and day <= 31:
            year, month = add_months(year, month, -1)
        return year, month

    def _stale(self, last: Named, day: int, here: Here) -> bool:
        """Whether the month named last does not carry on to a bare day: the published date is the better guide."""
        pub = self.published
        if pub is None or last.month is None:
            return False
        near = 0 <= pub.day - day <= 7
        months = (pub.year - last.year) * 12 + pub.month - last.month
        if last.day is None:
            return months != 0 and (near or not last.explicit or not here.same_sentence(last))
        return near and months != 0 and not here.same_sentence(last)

    def anchor(self, kind: str, shift: int, here: Here, need_day: bool) -> Named | None:
        """The date that a deictic word starts from."""
        pub = self.published
        today = Named(pub.year, pub.month, pub.day) if pub else None
        if kind == "pub":
            return today
        named = self.day if need_day else self.last
        if kind == "ctx":
            named = self.near(named, here)
            if named is not None and not named.explicit and not need_day and pub and named.year != pub.year:
                named = None
        if kind == "ref" and named is None:
            return today if need_day and not shift else None
        return named or today

    # values

    def resolve(self, p: Point, here: Here, after: Named | None = None) -> Resolved:
        """Return the TIMEX3 value of a point and the date it names.

        Parameters
        ----------
        after
            The start of the span whose end `p` is.
        """
        if p.only_time and p.month is None and p.year is None:
            return self._clock_only(p, here)
        if p.lunar or p.festival:
            found = self._special(p, here)
            return self._day_value(found, p) if found else (f"XXXX-XX-XX{clock(p)}", None)
        if p.weekday and (p.deixis is None or p.deixis.grain != "W"):
            return self._weekday(p, here)
        if p.cycle:
            return p.cycle + (f"-{p.sub}" if p.sub else ""), None
        if p.deixis:
            return self._deictic(p, here)
        return self._plain(p, here, p.year)

    def _plain(self, p: Point, here: Here, year: int | None) -> Resolved:
        """A point with or without year, month and day; `year` is that written or given by 去年 ..."""
        explicit = year is not None
        if p.month is None and p.day is not None:
            found = self.month_for(p.day, here)
            if found is None:
                return f"XXXX-XX-{p.day:02d}{clock(p)}", None
            return self._ymd(*found, p, bool(self.last and self.last.explicit))
        if p.month is not None:
            year = year if year is not None else self.year_for(p.month, p.day, here)
            if year is None:
                text = f"XXXX-{p.month:02d}"
                if p.third:
                    text += f"-{p.third}"
                elif p.day is not None:
                    if p.day > (29 if p.month == 2 else days_in(2001, p.month)):
                        return None, None
                    text += f"-{p.day:02d}{clock(p)}"
                return text, None
            return self._ymd(year, p.month, p, explicit)
        if p.third:
            return self._bare_third(p, here)
        if year is None:
            year = self._year_of_sub(p, here)
        if year is None:
            return "XXXX" + (f"-{p.sub}" if p.sub else ""), None
        return f"{year:04d}" + (f"-{p.sub}" if p.sub else ""), Named(year, explicit=explicit)

    def _ymd(self, year: int, month: int, p: Point, explicit: bool) -> Resolved:
        text = f"{year:04d}-{month:02d}"
        if p.third:
            return f"{text}-{p.third}", Named(year, month, explicit=explicit)
        if p.day is None:
            return text, Named(year, month, explicit=explicit)
        if not 1 <= p.day <= days_in(year, month):
            return None, Named(year, month, explicit=explicit)
        return f"{text}-{p.day:02d}{clock(p)}", Named(year, month, p.day, explicit)

    def _year_of_sub(self, p: Point, here: Here) -> int | None:
        """The year of 上半年, 一季度, 年底 without one."""
        last = self.near(self.last, here)
        if last and last.explicit and here.same_sentence(last):
            return last.year
        pub = self.published
        if pub is None:
            return last.year if last else None
        starts = {"Q1": 1, "Q2": 4, "Q3": 7, "Q4": 10, "H1": 1, "H2": 7, "E": 11, "B": 1, "M": 5}
        month = starts.get(p.sub or "", 1)
        if month > pub.month and (here.past or p.sub != "E") and not here.future and month - pub.month > 4:
            return pub.year - 1
        return pub.year

    def _bare_third(self, p: Point, here: Here) -> Resolved:
        last = self.near(self.last, here)
        if last and last.month:
            return self._ymd(last.year, last.month, p, last.explicit)
        pub = self.published
        if pub is None:
            return f"XXXX-XX-{p.third}", None
        year, month = pub.year, pub.month
        if p.third == "E" and pub.day < 11 and not here.future:
            year, month = add_months(year, month, -1)
        return self._ymd(year, month, p, False)

    def _clock_only(self, p: Point, here: Here) -> Resolved:
        """A time whose day was named before, else ``T09:00``."""
        named = self.near(self.day, here)
        if named is None or named.span:
            return clock(p), None
        text = f"{named.year:04d}-{named.month:02d}-{named.day:02d}{clock(p)}"
        return text, replace(named)

    def _day_value(self, found: date, p: Point) -> Resolved:
        return found.isoformat() + clock(p), Named(found.year, found.month, found.day, False)

    def _deictic(self, p: Point, here: Here) -> Resolved:
        d = p.deixis
        assert d is not None
        if d.grain == "N":
            return self._new_year(here)
        start = self.anchor(d.anchor, d.shift, here, d.grain in "DW")
        if start is None:
            return NOTHING if d.anchor == "ref" and self.published else self._unanchored(p)
        if d.grain == "Y":
            year = start.year + d.shift
            if p.same:
                return self._same_period(year, here)
            value, named = self._plain(p, here, year)
            return value, named
        if d.grain == "Q":
            month = start.month or (self.published.month if self.published else 1)
            total = start.year * 4 + (month - 1) // 3 + d.shift
            return f"{total // 4:04d}-Q{total % 4 + 1}", Named(total // 4, explicit=True)
        if d.grain == "M":
            month = start.month or (self.published.month if self.published else 1)
            year, month = add_months(start.year, month, d.shift)
            return self._ymd(year, month, p, True)
        try:
            day = date(start.year, start.month or 1, start.day or 1)
            if d.grain == "D":
                return self._day_value(day + timedelta(days=d.shift), p)
            return self._week(day + timedelta(weeks=d.shift), p)
        except (OverflowError, ValueError):
            return None, None

    def _week(self, day: date, p: Point) -> Resolved:
        year, week, weekday = day.isocalendar()
        if p.weekday is None:
            return f"{year:04d}-W{week:02d}", None
        if p.weekday == 8:
            return f"{year:04d}-W{week:02d}-WE", None
        return self._day_value(day + timedelta(days=p.weekday - weekday), p)

    def _weekday(self, p: Point, here: Here) -> Resolved:
        """周三 without 上 or 下: the nearest one, in the past unless the words around say otherwise."""
        pub = self.published
        assert p.weekday is not None
        if pub is None:
            return f"XXXX-WXX-{p.weekday}{clock(p)}", None
        back = (pub.isoweekday() - p.weekday) % 7
        if here.future and back:
            return self._day_value(pub + timedelta(days=7 - back), p)
        return self._day_value(pub - timedelta(days=back), p)

    def _new_year(self, here: Here) -> Resolved:
        pub = self.published
        if pub is None:
            return "XXXX", None
        year = pub.year + (pub.month >= 11)
        return f"{year:04d}", Named(year, explicit=True)

    def _same_period(self, year: int, here: Here) -> Resolved:
        """去年同期: the month or quarter that the sentence names, one year before."""
        last = self.last if self.last and here.same_sentence(self.last) else None
        text = f"{year:04d}"
        if last and last.month and not last.span:
            text += f"-{last.month:02d}"
        return text, None

    def _unanchored(self, p: Point) -> Resolved:
        d = p.deixis
        assert d is not None
        if d.grain == "Y":
            text = "XXXX"
            if p.month:
                text += f"-{p.month:02d}"
                text += f"-{p.third}" if p.third else f"-{p.day:02d}{clock(p)}" if p.day else ""
            elif p.sub:
                text += f"-{p.sub}"
            return text, None
        if d.grain == "Q":
            return "XXXX-QX", None
        if d.grain == "M":
            return "XXXX-XX" + (f"-{p.third}" if p.third else f"-{p.day:02d}{clock(p)}" if p.day else ""), None
        if d.grain == "W":
            return "XXXX-WXX" + ("-WE" if p.weekday == 8 else f"-{p.weekday}" if p.weekday else ""), None
        return f"XXXX-XX-XX{clock(p)}", None

    def _special(self, p: Point, here: Here) -> date | None:
        """The Gregorian day of a lunar date or festival."""
        def day_in(year: int) -> date | None:
            if p.festival:
                return festival(p.festival, year)
            assert p.lunar is not None
            return lunar_day(year, *p.lunar) if p.lunar[1] else lunar_day(year, p.lunar[0], 1, p.lunar[2])

        year = p.year
        pub = self.published
        if p.deixis and pub:
            year = pub.year + p.deixis.shift
        if year is None:
            last = self.near(self.last, here)
            if last and last.explicit and here.same_sentence(last):
                year = last.year
        if year is not None:
            options = [d for d in (day_in(year), day_in(year - 1)) if d and d.year == year]
            return options[0] if options else None
        if pub is None:
            return None
        days = [d for d in map(day_in, range(pub.year - 1, pub.year + 2)) if d]
        past = [d for d in days if d <= pub]
        ahead = [d for d in days if d > pub]
        if ahead and (not past or (ahead[0] - pub).days <= (180 if here.future else 3 if here.past else 45)):
            if not past or here.future or (ahead[0] - pub) < (pub - past[-1]):
                return ahead[0]
        return past[-1] if past else None


def clock(p: Point) -> str:
    """The time of the day in TIMEX3: ``T09:30``, ``TMO``, or nothing."""
    if p.hour is not None:
        text = f"T{p.hour:02d}:{p.minute or 0:02d}"
        return text + (f":{p.second:02d}" if p.second is not None else "")
    return f"T{p.part}" if p.part else ""
