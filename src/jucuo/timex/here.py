"""Where an expression stands: what the words around it say, and how far the dates before it reach."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .tables import context_words

_FUTURE = re.compile(rf"(?<![现已])(?:{context_words('future')})")
_PAST = re.compile(context_words("past"))
_SOON = re.compile(context_words("soon"))
_DONE = re.compile("[已曾](?:经?[于在]|经)?$")
_TO_COME = re.compile(
    "(?:[将拟定须请应需可]|计划|预计|确定)[于在从自]$|(?<![地京东国部])时间(?:为|是)?[:：]?$"
)
"""What stands straight before a date says more than the words around it: 已于12月1日合龙，将于年底通车."""
_WITH_WEEKDAY = re.compile(r"(\d{1,2})[日号][ \n]?[（(]?(?:星期|周|礼拜)([一二三四五六日天])")
_GOVERNS = frozenset("已曾经于在从自间为是:：")
"""What the words before `_DONE` and `_TO_COME` can end with, to look for them only there."""
_WEEKDAYS = "一二三四五六日"
_SENTENCE = re.compile("[。！？!?]")
_PARAGRAPH = re.compile(r"[。！？!?”）)：:] *\r?\n|\n *\r?\n")
_HEADING = re.compile(r"[。！？!?”]\s*\n\s*[^。\n一二三四五六七八九十（(0-9][^。\n]{5,45}\n")
_SENTENCE_REACH = 400
PARAGRAPH_REACH = 800
_CLOCK_REACH = 1500
"""How many characters a date is carried on within a sentence, within a paragraph, and to times of the day."""
_FORECAST_REACH = 200


@dataclass(slots=True)
class Named:
    """A date named in the text, and where it ends."""

    year: int
    month: int | None = None
    day: int | None = None
    explicit: bool = False  # the year is written, or given by 今年 去年 ...
    span: bool = False
    festival: bool = False
    end: int = 0
    value: str = ""

    @property
    def order(self) -> tuple[int, int, int]:
        """What dates are put in order by."""
        return self.year, self.month or 0, self.day or 0


@dataclass(slots=True)
class Here:
    """Where an expression stands in its text."""

    text: str
    start: int
    end: int

    def same_sentence(self, named: Named) -> bool:
        """Whether no sentence ends between a date and here."""
        return self.start - named.end <= _SENTENCE_REACH and not _SENTENCE.search(
            self.text, named.end, self.start
        )

    def same_paragraph(self, named: Named) -> bool:
        """Whether no paragraph ends between a date and here."""
        if self.start - named.end > PARAGRAPH_REACH:
            return False
        return self._paragraph_end(named.end) is None

    def next_paragraph(self, named: Named, breaks: int = 1) -> bool:
        """Whether a date stands in this paragraph or the one before, or as many `breaks` away."""
        if self.start - named.end > PARAGRAPH_REACH:
            return False
        end = named.end
        for _ in range(breaks + 1):
            found = self._paragraph_end(end)
            if found is None:
                return True
            end = found
        return False

    def _paragraph_end(self, start: int) -> int | None:
        """Where the first paragraph that ends between `start` and here does so."""
        if self.text.find("\n", start, self.start) < 0:
            return None
        m = _PARAGRAPH.search(self.text, start, self.start)
        return m.end() if m else None

    def follows(self, named: Named) -> bool:
        """Whether a word stands right behind a date, or behind its quotation mark: “五一”当天."""
        return self.text[named.end : self.start] in ("", "”", '"')

    def same_item(self, named: Named) -> bool:
        """Whether no headline stands between a date and here, which are not too far from each other."""
        return self.start - named.end <= PARAGRAPH_REACH and not _HEADING.search(
            self.text, named.end, self.start
        )

    def clock_reaches(self, named: Named) -> bool:
        """Whether a time of the day here may be on a day named before."""
        return self.start - named.end <= _CLOCK_REACH

    @property
    def starts_paragraph(self) -> bool:
        """Whether only space stands between a line break and here."""
        left = self.text[max(0, self.start - 4) : self.start].rstrip(" \u3000")
        return left[-1:] == "\n"

    @property
    def quoted(self) -> bool:
        """Whether this is part of what somebody says."""
        left = self.text[max(0, self.start - 100) : self.start]
        return left.rfind("“") > left.rfind("”")

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
        before, after = self.before, self.after
        governed = before[-1:] in _GOVERNS
        if governed and _DONE.search(before):
            return False
        if governed and _TO_COME.search(before):
            return True
        return bool(after[:1] == "前" or _FUTURE.search(before) or _FUTURE.search(after))

    @property
    def soon(self) -> bool:
        """Whether people speak here of what they are going to do: 周五见, 请于周五交齐, 周六有空吗."""
        return bool(_SOON.search(self.before) or _SOON.search(self.after)) and not self.past

    @property
    def colloquial(self) -> bool:
        """Whether a day that has not been is named as people say it: 25号放假, not 25日, 25号来的."""
        return "号" in self.text[self.start : self.end] and self.after[1:2] != "的" and not self.past

    @property
    def forecast(self) -> bool:
        """Whether this opens a line of a forecast."""
        left = self.text[max(0, self.start - _FORECAST_REACH) : self.start]
        return self.starts_paragraph and "预报" in left

    @property
    def past(self) -> bool:
        """Whether the words around report what has been."""
        before = self.before
        if before[-1:] in _GOVERNS and _TO_COME.search(before):
            return False
        return bool(_PAST.search(before) or _PAST.search(self.after))

    def weekday_of(self, day: int) -> int | None:
        """The weekday (1 Monday) that is written behind this day of the month: 4日（星期一）."""
        text = self.text[self.start : self.end + 6]
        if not ("周" in text or "星期" in text or "礼拜" in text):
            return None
        for m in _WITH_WEEKDAY.finditer(text):
            if int(m[1]) == day:
                return _WEEKDAYS.index(m[2].replace("天", "日")) + 1
        return None
