"""What a text has said so far: the dates it named."""

from __future__ import annotations

import re
from datetime import date

from .calendar import add_months, days_in
from .here import PARAGRAPH_REACH, Here, Named
from .tables import context_words

_LONG = re.compile("[QH/]")
_NEXT_YEAR = re.compile("明年|[将拟][于在从自]|定于|预计|预期|力争|争取|计划|确保|有望|届时")
_SAID = re.compile("(?:[上下中]午|晚)?(?:表示|说|称|发[表布]|宣布|报道|在|举行)")
_TOLD = re.compile(r"[^“”\n]{0,80}”\s*(\d{1,2})月(\d{1,2})日")
_NOTICED = re.compile(context_words("notice"))
_SOON, _SOON_TOLD, _NOTICE = 20, 45, 140
"""How many days ahead a date early in the year may be in a text late in the year before: a bare day, one
with a word of the future near it, and a date in a notice."""
_PLAN_REACH = 60
"""How many characters a year to come goes on to the dates of the sentences after it."""


def _days_ago(pub: date, year: int, month: int, day: int | None) -> int:
    return (pub - date(year, month, min(day or 1, 28))).days


def _is_weekday(year: int, month: int, day: int, weekday: int) -> bool:
    return day <= days_in(year, month) and date(year, month, day).isoweekday() == weekday


class Context:
    """The published date and the dates named so far in one text."""

    def __init__(self, published: date | None):
        self.published = published
        pub = published
        self.today = Named(pub.year, pub.month, pub.day) if pub else None
        self.last: Named | None = None  # the last date
        self.day: Named | None = None  # the last date with a day
        self.clock_day: Named | None = None  # the day of the last time without its own
        self.period: Named | None = None  # the last month, quarter, half year or span
        self.subject: Named | None = None  # the first of them that is longer than a month, here
        self.festival: Named | None = None  # the last festival; only a word straight after it refers to it

    def note(self, named: Named | None) -> None:
        """Remember a date for what follows."""
        if named is None:
            return
        if named.festival:
            self.festival = named
            return
        self.last = named
        if named.day is not None:
            self.day = named
        if "/" in named.value or (named.day is None and len(named.value) > 4):
            self.period = named
            if named.day is None and self._is_subject(named):
                self.subject = named

    def _is_subject(self, named: Named) -> bool:
        """Whether a report seems to begin that is about this period, longer than a month."""
        if not _LONG.search(named.value) or (self.published and named.year < self.published.year - 1):
            return False
        return self.subject is None or named.end - self.subject.end > PARAGRAPH_REACH

    def subject_near(self, here: Here) -> Named | None:
        """The period that the report is about, if it was named not too far before."""
        subject = self.subject
        return subject if subject and here.same_item(subject) else None

    @staticmethod
    def near(named: Named | None, here: Here) -> Named | None:
        """The date if it stands in the same paragraph."""
        return named if named and here.same_paragraph(named) else None

    def anchor(self, kind: str, shift: int, here: Here, need_day: bool) -> Named | None:
        """The date that a word such as 昨天 (pub), 次日 (ref) or 上月 (ctx) starts from."""
        today = self.today
        if kind == "pub":
            if need_day and (told := self._told(here)):
                return told
            if need_day and here.quoted and self.day and not self.day.span and here.next_paragraph(self.day):
                return self._spoken(self.day)  # 今天 in what somebody says on the day reported
            return today
        named = self.day if need_day else self.last
        if kind == "ref":
            if need_day and self.festival and here.follows(self.festival):  # 国庆节当天
                return self.festival
            return (
                named
                if named is None or not need_day or here.next_paragraph(named, 1 if shift else 2)
                else None
            )
        named = self.near(named, here)
        pub = self.published
        if named is not None and not named.explicit and not need_day and pub and named.year != pub.year:
            named = None
        return named or today

    def _told(self, here: Here) -> Named | None:
        """The day named just behind what somebody says (“今天复工！”3月5日，…)."""
        m = _TOLD.match(here.text, here.end) if here.quoted else None
        if m is None:
            return None
        month, day = int(m[1]), int(m[2])
        year = self.year_near(month, day)
        return Named(year, month, day) if year is not None else None

    def _spoken(self, named: Named) -> Named | None:
        pub = self.published
        if pub is None or named.month is None or named.day is None:
            return named
        ago = (pub - date(named.year, named.month, named.day)).days
        return named if 0 <= ago <= 45 else self.today

    # what a date that lacks its year or month takes over

    def year_for(self, month: int, day: int | None, here: Here) -> int | None:
        """The year of a month, or of a day of it, that is written without one."""
        year = self._year_of_month(month, day, here)
        pub = self.published
        weekday = here.weekday_of(day) if day else None
        if year is None or pub is None or day is None or weekday is None:
            return year
        fits = [y for y in range(pub.year - 1, pub.year + 2) if _is_weekday(y, month, day, weekday)]
        return year if _is_weekday(year, month, day, weekday) or len(fits) != 1 else fits[0]

    def _year_of_month(self, month: int, day: int | None, here: Here) -> int | None:
        own = self._year_by_published(month, day, here)
        last = self.near(self.last, here)
        if last is None:
            return own
        pub = self.published
        just = pub is not None and own is not None and 0 <= _days_ago(pub, own, month, day) <= 45
        if not just and self._comes_after(last, month, here):
            return last.year + (last.month is not None and last.month - month >= 6)
        if not last.explicit:
            return own
        same = here.same_sentence(last)
        if last.month is None and (last.span or not (same and here.start - last.end <= 30)):
            return own
        year = last.year
        if last.month and last.month - month >= 6 and (pub is None or date(year + 1, month, 1) <= pub):
            year += 1
        if own is None or own == year or pub is None:
            return year
        return own if just and (not same or (day is not None and year > pub.year)) else year

    def _comes_after(self, last: Named, month: int, here: Here) -> bool:
        """Whether a date goes on with a year to come, or with a day to come in the same sentence."""
        pub = self.published
        if pub is None or here.past or (last.span and last.month is None):
            return False
        same = here.same_sentence(last)
        if last.explicit and last.year > pub.year:
            return same or (last.month is None and here.start - last.end <= _PLAN_REACH)
        if last.day is None or last.month is None or not same:
            return False
        ahead = date(last.year, last.month, last.day) > pub
        return ahead and (month >= last.month or last.month - month >= 6)

    def carries(self, year: int, here: Here) -> bool:
        """Whether the year was written for the date before, and goes on to the dates after this one."""
        last, pub = self.last, self.published
        if last is None or not last.explicit or last.year != year:
            return False
        return here.same_sentence(last) or (pub is not None and year > pub.year)

    def _year_by_published(self, month: int, day: int | None, here: Here) -> int | None:
        pub = self.published
        if pub is None:
            return None
        ahead = (month - pub.month) * 30 + (day or 1) - (pub.day if day or month == pub.month else 1)
        if ahead < -225:
            return pub.year + self._is_next_year(ahead + 365, day, here)
        if ahead <= 3 or (day is None and month == pub.month):
            return pub.year
        if here.future:
            return pub.year - 1 if ahead > 270 and here.past else pub.year
        return pub.year - 1 if ahead > (31 if here.past else 120) else pub.year

    @staticmethod
    def _is_next_year(wait: int, day: int | None, here: Here) -> bool:
        """Whether a date early in the year, told of late in the year before, is still to come."""
        if _NEXT_YEAR.search(here.before):
            return True
        if here.past:
            return False
        if wait <= _NOTICE and _NOTICED.search(here.before + here.after):
            return True
        return day is not None and wait <= (_SOON_TOLD if here.future else _SOON)

    def year_near(self, month: int, day: int) -> int | None:
        """The year that brings a day of a month nearest to the published date."""
        pub = self.published
        if pub is None or not 1 <= day <= days_in(2001, month):
            return None
        return min(range(pub.year - 1, pub.year + 2), key=lambda y: abs((date(y, month, day) - pub).days))

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
            just = pub is not None and 0 <= pub.day - day <= 3 and _SAID.match(here.after)
            if fits and (not ahead or ((here.same_sentence(last) or here.future) and not just)):
                return year, month
        if pub is None:
            return None
        year, month = pub.year, pub.month
        future = here.future or here.forecast or (day - pub.day <= 15 and here.colloquial)
        if day > pub.day + 1 and not future:
            before = add_months(year, month, -1)
            if day <= days_in(*before):
                year, month = before
        elif day < pub.day - 20 and future and not here.past:
            year, month = add_months(year, month, 1)
        while day > days_in(year, month) and day <= 31:
            year, month = add_months(year, month, -1)
        return year, month

    def _stale(self, last: Named, day: int, here: Here) -> bool:
        """Whether the published date is a better guide to a bare day than the month named last."""
        pub = self.published
        if pub is None or last.month is None:
            return False
        near = 0 <= pub.day - day <= 7
        months = (pub.year - last.year) * 12 + pub.month - last.month
        if last.day is None:
            return months != 0 and (near or not last.explicit or not here.same_sentence(last))
        return near and months != 0 and not here.same_sentence(last)

    def year_of_part(self, sub: str | None, here: Here) -> int | None:
        """The year of 上半年, 一季度, 年底 and the like without one."""
        last = self.near(self.last, here)
        if last and last.explicit and not (last.span and last.month is None) and here.same_sentence(last):
            return last.year
        pub = self.published
        if pub is None:
            return last.year if last else None
        if sub == "B":
            told = last if pub.month <= 2 and last and here.same_sentence(last) else None
            return pub.year - (told is not None and told.year == pub.year - 1)
        if sub in (None, "E"):
            return pub.year - (pub.month <= 2 and not here.future)
        start = {"Q1": 1, "Q2": 4, "Q3": 7, "Q4": 10, "H1": 1, "H2": 7}.get(sub or "", 1)
        ahead = start - pub.month
        early = (ahead > 0 and (here.past or ahead > 2)) or (ahead == 0 and start == 1)
        return pub.year - 1 if early and not here.future else pub.year
