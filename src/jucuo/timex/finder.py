"""Find every date, time and length of time in a text, in one pass."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime

from ..records import Claim, QuickClaim
from .checks import NOT, NOT_HEADS, festival_names_day, length_stands, part_alone, stands
from .context import Context
from .here import Here
from .lengths import BEFORE, LAST, LENGTH, in_days, led, length, nearly, unit_end
from .model import Point, Timex
from .patterns import CN, JOIN, POINT
from .points import build
from .resolve import BY_WEEKDAY, resolve
from .spans import BETWEEN, MAY_JOIN, by_end, joins, span
from .tables import context_words
from .triggers import AFTER_GE, FOR_LENGTH, FOR_POINT, TRIGGER, heads
from .years import years

_CN = frozenset(CN)
_SCALES = frozenset("百千万亿")
_MODIFIER = re.compile(rf"多钟?(?!{context_words('many', 'lengths.tsv')})|许(?!多|可)|左右|前后(?!方)")
_BASE = re.compile(f"(?:{context_words('base')})$")
_BASE_ENDS = frozenset(word[-1] for word in context_words("base").split("|"))
_HOURS = re.compile(rf"[\d{CN}]{{1,3}}{JOIN}[\d{CN}]{{1,3}}[时点]")
_GENERIC = re.compile(r"每(?:天|日|晚|早|年|周|个?月|逢|个?工作日|星期[一二三四五六日]|$)")
_YEARLY = re.compile("(?:每年|每逢|历年)(?:度|都)?(?:的|从|自|于|在|到)?$")
_YEARLY_ENDS = frozenset("年逢度都的从自于在到")
_MONTHLY = re.compile(r"每个?月的?(?:\d{1,2}[日号]?[、和及至到—-])*$")
_GLUED = re.compile(r"(?:[A-Za-z0-9_%$]|\d[-+]|[A-Za-z]-|\.)$")
_LETTER = re.compile(r"[A-Za-z]$")
_YEAR = re.compile(r"\d{4}")
_LISTED = re.compile(r"(?:^|\n)\s*\d{1,2}\.$")
_BRACKETS = frozenset("（(")
_DAY_BRACKET = re.compile("[今明昨天日晚早晨][（(]$")
_CLAUSE_END = re.compile(r"[，。；！？,;\n]|时间|$")
_LONGEST = 12  # characters of a Chinese numeral


class Scan:
    """One pass over a text."""

    def __init__(self, text: str, published: date | None):
        self.text = text
        self.context = Context(published)
        self.claims: list[Claim] = []
        self.any_year_end = -2  # where the last date of every year ends

    def run(self) -> list[Claim]:
        """Visit every place where an expression may start."""
        text, done = self.text, 0
        for m in TRIGGER.finditer(text):
            start, end = m.span()
            if start < done:
                if end <= done:
                    continue
                start = done
            first = text[start]
            if first in _CN:
                done = self.numeral(start, end)
            elif first.isdigit():
                done = self.figure(start, end)
            elif heads(text, start):
                done = self.word(start)
        return self.claims

    def word(self, start: int) -> int:
        """Read an expression at a word; return its end, or `start` if there is none."""
        return self.point(start) or (self.text[start] == "上" and self.length(start)) or start

    def figure(self, start: int, end: int) -> int:
        """Read an expression at a run of digits."""
        text = self.text
        following = text[end : end + 1]
        glued = text[start - 1 : start].isascii() and _GLUED.search(text, max(0, start - 3), start)
        if glued and not (
            (following in "年月" and _LETTER.search(text, max(0, start - 1), start))
            or _LISTED.search(text, max(0, start - 5), start)
        ):
            return start
        if following in FOR_POINT and (following not in "./" or end - start == 4):
            start -= self.short_part(start, following)
            done = self.point(start)
            if done:
                return done
            start = max(start, end - len(text[start:end].lstrip("早晚晨夜")))
        if following in FOR_LENGTH or (following == "个" and text[end + 1 : end + 2] in AFTER_GE):
            return self.length(start) or start
        return start

    def short_part(self, start: int, following: str) -> int:
        """How many characters before the numeral belong to it: 1 for 晚8点, 晚7—9点, 2 for 民国36年."""
        if following == "年":
            return 2 * (self.text[max(0, start - 2) : start] == "民国")
        if start == 0 or self.text[start - 1] not in "早晚晨夜":
            return 0
        if following not in "时点:" and not _HOURS.match(self.text, start):
            return 0
        return int(not self.claims or self.claims[-1].end < start)

    def numeral(self, start: int, end: int) -> int:
        """Read an expression at a run of Chinese numerals, or at a later part of the run."""
        text = self.text
        following = text[end : end + 1]
        last = text[end - 1]
        taken = self.claims[-1].end if self.claims else 0
        plan = end - 2 - (text[end - 3 : end - 2] == "十")  # 十四五, “七五”
        if last == "五" and text[plan : plan + 1] in _CN and taken <= plan:
            m = POINT.match(text, plan)
            done = self.point(plan) if m and (m["plan"] or m["plan9"]) else 0
            if done:
                return done
        if following == "个":
            if text[end + 1 : end + 2] not in AFTER_GE:
                return start
        elif (
            following not in FOR_POINT
            and (following not in FOR_LENGTH or (following == "分" and last in "百千万"))
            and not heads(text, end - 1)
            and not heads(text, start)
        ):
            return start
        first = max(start, end - _LONGEST)
        for at in range(first, end) if following not in _CN else (first, end - 1):
            if text[at : at + 2] in NOT_HEADS:
                known = NOT.match(text, at)
                if known:
                    return known.end()
            if at > first and text[at] == "十" and text[at - 1] in "二三四五六七八九":
                return start  # no 十五日 in 每月二十五日
            point = text[at] not in _SCALES and self.point(at - self.short_part(at, following))
            done = point or self.length(at)
            if done:
                return done
        return start

    def point(self, start: int) -> int:
        """Read a date or time, or a span of them; return its end or 0."""
        text = self.text
        m = POINT.match(text, start)
        if m is None or m.end() == start:
            return 0
        m = self.without_hours(m) or m
        pair, end = build(m.groups()), m.end()
        if pair is not None and m["fest"] and not festival_names_day(m["fest"], text, end, m.end("fest")):
            m = POINT.match(text, start, m.start("fest"))  # 今年 of 今年春节
            if m is None or m.end() == start:
                return 0
            pair, end = build(m.groups()), m.end()
        if pair is None or not (stands(m, pair[0], text, start, end) or self.next_weekday(m, start)):
            year = max(m.end("y1"), m.end("yw"))
            m = POINT.match(text, start, year) if start < year < end else None  # 今年 of 今年18号台风
            pair, end = (build(m.groups()), m.end()) if m else (None, end)
        if pair is None or m is None:
            return 0
        low, high = pair
        if low.only_time and low.hour is None and not self.part_has_day(m, start, end):
            return 0
        if high is None:
            later, further = self.span_end(low, end)
            if later is not None and self.emit(low, later, start, further):
                return further
        if low.is_time:
            tail = _MODIFIER.match(text, end)
            if tail and (low.hour is not None or tail[0][0] != "多"):  # 明早多穿点
                end = tail.end()
        return end if self.emit(low, high, start, end) else 0

    def next_weekday(self, m: re.Match[str], start: int) -> bool:
        """Whether a weekday is the second of two: 下周一、周二."""
        last = self.claims[-1] if self.claims else None
        if not m["wd"] or last is None or last.end != start - 1 or self.text[start - 1] != "、":
            return False
        return bool(BY_WEEKDAY.search(last.text))

    def without_hours(self, m: re.Match[str], days: bool = False) -> re.Match[str] | None:
        """A span of days without the hours that each of them has: 3月14日至18日 of 3月14日至18日9时至17时.

        `days` tells that the match is the end of a span of days.
        """
        if not (m["h1"] or m["ch"]) or not (m["d2"] or (days and m["d1"])):
            return None
        if not m["h2"]:
            between = BETWEEN.match(self.text, m.end())
            n = POINT.match(self.text, between.end()) if between else None
            pair = build(n.groups()) if n else None
            if pair is None or not pair[0].only_time:
                return None
        hours = min(m.start(g) for g in ("p", "h1", "ch") if m[g])
        return POINT.match(self.text, m.start(), hours)

    def part_has_day(self, m: re.Match[str], start: int, end: int) -> bool:
        """Whether 上午 alone has a day named before it."""
        here, day = Here(self.text, start, end), self.context.day
        if day is None or day.span or not part_alone(m) or not here.next_paragraph(day):
            return False
        before = here.before
        if before[-1:] == "、" and self.claims and self.claims[-1].end == start - 1:
            return self.claims[-1].kind == "time"  # 3月9日上午、下午
        if here.quoted or "白天" in before or "白天" in here.after:
            return False
        if _GENERIC.search(before) or here.after[:1] == "、":
            return False
        return not before or before[-1] not in "一整半个、"

    def span_end(self, low: Point, end: int) -> tuple[Point | None, int]:
        """The end of a span that is written after 至, 到 or a dash."""
        text = self.text
        between = BETWEEN.match(text, end) if text[end : end + 1] in MAY_JOIN else None
        if between is None:
            return None, end
        m = POINT.match(text, between.end())
        if m is None or m.end() == between.end():
            return None, end
        if not low.is_time:
            m = self.without_hours(m, days=True) or m
        pair = build(m.groups())
        if pair is None or pair[1] is not None or not joins(low, pair[0]):
            return None, end
        if m["fest"] and not festival_names_day(m["fest"], text, m.end(), m.end("fest")):
            return None, end
        return pair[0], m.end()

    def emit(self, low: Point, high: Point | None, start: int, end: int) -> bool:
        """Resolve what was read and keep it; False if it names nothing here."""
        text, context = self.text, self.context
        here = Here(text, start, end)
        kind = "time" if low.is_time or (high and high.is_time) else "date"
        if low.festival and low.year is low.deixis is None:
            low = low.but(year=self.year_of_quoted(start))
        if low.month is None and low.day and low.deixis is None and _MONTHLY.search(here.before):
            return False
        if text[start - 1 : start] in _BRACKETS:
            low = self.in_brackets(low, start)
        if text[end : end + 1] == "档" and low.hour is not None and 5 <= low.hour < 12:
            low = low.but(hour=low.hour + 12 * ("晚" in text[max(0, start - 40) : start]))
        if high is not None:
            low = by_end(context, low, high, here)
        if low.year is None and low.deixis is None and self.any_year(here):
            context, self.any_year_end = Context(None), end
        saved = context.day
        if low.only_time and _GENERIC.search(here.before):
            context.day = None
        value, named = resolve(context, low, here)
        context.day = saved
        if value == "":
            return False
        if named is not None:
            named.end = end
            named.span = high is not None and not low.is_time
        if high is not None:
            value = span(context, value, named, low, high, here)
            if value == "":
                return False
        elif named is not None and not low.same and not self.is_base(start):
            context.note(named)
        self.claims.append(QuickClaim(start, end, text[start:end], kind, timex=value))
        return True

    def is_base(self, start: int) -> bool:
        """Whether a date only serves as a comparison: 比去年."""
        text = self.text
        return text[start - 1 : start] in _BASE_ENDS and bool(_BASE.search(text, max(0, start - 3), start))

    def any_year(self, here: Here) -> bool:
        """Whether a date is one of every year: 每年3月15日, 每逢3月、9月."""
        before = self.text[here.start - 1 : here.start]
        if here.start - self.any_year_end == 1 and before in "、和及与":
            return True
        return before in _YEARLY_ENDS and bool(_YEARLY.search(here.before))

    def year_of_quoted(self, start: int) -> int | None:
        """The year that stands before the quotation mark of a festival: 比去年“五一”当天多."""
        year = self.claims[-1] if self.claims else None
        if year is None or year.end != start - 1 or self.text[start - 1] not in '“"':
            return None
        return int(year.timex) if year.timex and _YEAR.fullmatch(year.timex) else None

    def in_brackets(self, low: Point, start: int) -> Point:
        """Give 9月4日 in 今天（9月4日） the year nearest to the published date, and its day to 今天."""
        text = self.text
        if low.year is not None or low.month is None or low.day is None:
            return low
        if not _DAY_BRACKET.search(text, max(0, start - 2), start):
            return low
        year = self.context.year_near(low.month, low.day)
        if year is None:
            return low
        word = self.claims[-1] if self.claims else None
        if word and word.end == start - 1 and word.text[0] in "今昨明" and word.timex and len(word.timex) > 9:
            day = f"{year:04d}-{low.month:02d}-{low.day:02d}"
            if not word.timex.startswith(day):
                self.claims[-1] = replace(word, timex=day + word.timex[10:])
        return low.but(year=year)

    def length(self, start: int) -> int:
        """Read a length of time, or a span of two; return its end or 0."""
        text = self.text
        m = LENGTH.match(text, start)
        if m is None or not length_stands(m, text, start):
            return 0
        left = self.modifier(m, start)
        word = next((k for k in ("approx", "over", "under") if left[k]), "") if left else ""
        if left and left[0] == "近" and _last(m, text, start):
            word = ""
        lasts = (m["u2"] == "日" or m["lone"] is not None) and led(text, start, unit_end(m))
        found = length(m.groups(), word, lasts)
        if found is None:
            return 0
        begin, end = left.start() if left else start, m.end()
        value, bound = found.value, found.bound
        between = BETWEEN.match(text, end) if text[end : end + 1] in MAY_JOIN else None
        n = LENGTH.match(text, between.end()) if between and "/" not in value else None
        other = length(n.groups(), "", lasts) if n else None
        if n and other and "/" not in other.value and in_days(value) < in_days(other.value):
            end, value = n.end(), f"{value}/{other.value}"
            bound = other.bound or "range" if bound is None else "range"
        self.claims.append(QuickClaim(begin, end, text[begin:end], "duration", bound=bound, timex=value))
        return end

    def modifier(self, m: re.Match[str], start: int) -> re.Match[str] | None:
        """The word before a length that belongs to it: 超过3天, 大半年, not 低于一年期利率."""
        text = self.text
        last = self.claims[-1].end if self.claims else 0
        left = BEFORE.search(text, max(last, start - 4), start)
        if left is None or m["term"]:
            return None
        if (left["quick"] and not nearly(m, text, start)) or (left["most"] and m["n1"] != "半"):
            return None
        return left


def _last(m: re.Match[str], text: str, start: int) -> bool:
    """Whether 近 before a length makes it the last so long: 近14天, 近十年来, not 用了近两个月."""
    unit = m["u1"] or m["u2"] or ""
    if unit[:1] not in "天日周星月年季":
        return False
    return bool(LAST.search(text, max(0, start - 2), start)) and not _CLAUSE_END.match(text, m.end())


def _day(published: date | str | None) -> date | None:
    """The published date, also from text such as ``2020-03-11T06:15``; an unlikely one is not believed."""
    if isinstance(published, str):
        try:
            published = date.fromisoformat(published[:10])
        except ValueError:
            return None
    if isinstance(published, datetime):
        published = published.date()
    return published if published is not None and 1600 <= published.year <= 2999 else None


def find(text: str, published: date | str | None = None) -> list[Claim]:
    """Find dates, times and lengths of time.

    Parameters
    ----------
    text
        Normalised text (ASCII digits, simplified characters; see `jucuo.shadow`).
    published
        The day the text appeared, to resolve what is relative; None leaves unknown parts ``X``.

    Returns
    -------
    list of Claim
        In order, without overlaps; kind ``date``, ``time`` or ``duration``. `timex` is None for a day that
        does not exist.

    Examples
    --------
    >>> [(c.text, c.timex) for c in find("3月5日上午，封闭管理14天。", "2020-03-11")]
    [('3月5日上午', '2020-03-05TMO'), ('14天', 'P14D')]
    """
    day = _day(published)
    return years(text, day, Scan(text, day).run())


def parse(expression: str, published: date | str | None = None) -> Timex | None:
    """Read one expression; None if the whole of it is no date, time or length of time.

    Examples
    --------
    >>> parse("去年底", "2020-03-11")
    Timex(value='2019-E', kind='date', bound=None, problem=None)
    """
    expression = expression.strip()
    claims = find(expression, published)
    if len(claims) != 1 or claims[0].text != expression:
        return None
    c = claims[0]
    return Timex(c.timex, c.kind, c.bound, None if c.timex else "no such day")
