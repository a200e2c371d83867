"""The date or time for which a number holds."""

from __future__ import annotations

import re

from ..records import Claim, Span
from .lexicon import roles
from .phrases import MODIFIER, SHARE, THAN, ends_clause
from .tokens import Sentence

_ROLES = roles()
_SHIFTED, _SINCE, _SO_FAR = _ROLES["shift"], _ROLES["since"], _ROLES["so_far"]
_BASE = THAN | _ROLES["exceeding"]
_BESIDE, _ALIKE, _EQUALS = _ROLES["beside"], _ROLES["alike"], _ROLES["equals"]
_WHOLE_BEFORE = _EQUALS | _ROLES["fulfils"]
_LASTING, _TO = _ROLES["lasting"], frozenset("到至")
_DURING, _UNTIL, _STATISTICS = _ROLES["during"], _ROLES["until"], _ROLES["statistics"]
_NOW = re.compile(r"(?:截至|截止)?(?:目前|当前|如今|现在|眼下)")
_WHOLE_DAY = re.compile(r"(\d{4}-\d\d-\d\d)T(?:00:00|24:00)/(\d{4}-\d\d-\d\d)T24:00")
_PERIOD = re.compile(r"\d{4}(-(\d\d|Q\d|H\d))?(/\d{4}(-\d\d)?)?")
_NEAR = 8  # how far before a date the word that compares may stand, in characters
_DAY = re.compile("[年月日号天周今昨明当前次本每期末]")
_PLAN = re.compile(r"\d{4}/\d{4}")
_REPORT = re.compile(r"报告|公报|总结|述职")
_TITLE = re.compile(r"情况|报告|公报|分析|计划|统计|总结|打算|回顾|工作|预算|目标|安排")
_HEADING = 35  # a heading is shorter than this, in characters
_SPEECH = 150  # how far back the opening mark of what somebody says is looked for, in characters


class Dates:
    """Follows the date of what a text tells, sentence by sentence."""

    def __init__(self) -> None:
        self.last: str | None = None  # the date named last
        self.before: str | None = None  # the date of the sentence before, in the same paragraph
        self.period: str | None = None  # the month, quarter or year that a statistical report is about
        self.heading: str | None = None  # the date that a heading gives to what follows
        self.awaited = False  # whether a report's title stands without its period
        self.report = False  # whether the sentences just read state figures as of a date
        self.found: dict[int, str] = {}
        self.sure: set[int] = set()  # claims after 至此, which hold for the date just told
        self.barred: set[int] = set()  # dates that are no number's: compared with, of any day, 延长至6月
        self.bases: dict[int, int] = {}  # the date compared with, of the number that stands for it
        self.since: set[int] = set()  # dates since when something is counted
        self.inner: set[int] = set()  # for their own sentence alone: 2024年…，年末…; “今年亩产500斤。”他说

    def pause(self, line: str, new_paragraph: bool) -> None:
        """Pass over a sentence without numbers, dates and names."""
        if new_paragraph:
            self.report, self.before = False, self.heading
            self.awaited = self.awaited or (len(line) < _HEADING and _REPORT.search(line) is not None)
        elif _NOW.match(line):
            self.before = None

    def read(self, sent: Sentence, new_paragraph: bool) -> None:
        """Decide the dates of all claims of `sent`."""
        self.found, self.sure, since = {}, set(), False
        self.barred, self.since, self.inner, self.bases = set(), set(), set(), {}
        line = sent.text[sent.starts[0] : sent.ends[-1]]
        statistical = not _STATISTICS.isdisjoint(sent.words)
        current = outer = self._carried(sent, line, new_paragraph, statistical)
        own: str | None = None
        base: int | None = None
        silent = current is None and "T" not in sent.kinds and "至此" not in sent.words
        for i, kind in enumerate(() if silent else sent.kinds):
            if kind == "T":
                timex, compared = self._named(sent, i, own)
                if timex and compared:
                    base = i
                elif timex:
                    if _spoken(sent, i) or _part(timex, current):
                        self.inner.add(i)
                    else:
                        own = outer = timex
                    current, base = timex, None
                    self.report = statistical or (i > 0 and sent.words[i - 1] in _UNTIL)
            elif kind == "C":
                self._date(sent, i, current, base, since)
                base = None
            elif base is not None and kind == "P" and ends_clause(sent, i):
                base = None
            elif sent.words[i] == "至此":
                current, since = current or self.last, True
        short = new_paragraph and len(line) < _HEADING and "C" not in sent.kinds and line[-1] not in "。！？"
        if short and _REPORT.search(line):
            self.awaited = True
        if own is not None:
            self._note(sent, line, own, short, statistical)
        self.before = outer

    def _named(self, sent: Sentence, i: int, own: str | None) -> tuple[str | None, bool]:
        """The date at `i` if numbers can hold for it, and whether it is one that something is compared with.

        `own` is the date told before in the sentence.
        """
        mark = sent.marks[i]
        assert isinstance(mark, Claim)
        timex = whole_day(mark.timex)
        compared = timex is not None and _compared(sent, i)
        if compared or (timex is not None and (_any_day(sent.words[i], timex) or _end(sent, i))):
            self.barred.add(i)
        else:
            self.last = timex or self.last
        if timex is None or _limit(sent, i) or _within(timex, own) or _plan(sent, i, timex):
            if _since(sent, i) and sent.words[i] not in _SO_FAR:
                self.since.add(i)
            return None, compared
        return timex if compared or i not in self.barred else None, compared

    def _date(self, sent: Sentence, i: int, current: str | None, base: int | None, since: bool) -> None:
        """Date the claim at `i` as told last, or as of `base` if it stands for what there was then."""
        claim = sent.marks[i]
        assert isinstance(claim, Claim)
        value = current
        if base is not None and not claim.trend and _then(sent, base, i):
            mark = sent.marks[base]
            assert isinstance(mark, Claim)
            value, self.bases[i] = whole_day(mark.timex), base
        if value and dated(claim):
            self.found[i] = value
            if since:
                self.sure.add(i)

    def carried(self) -> dict[str, str | None]:
        """The dates that a sentence may take over, by where they come from."""
        return {"before": self.before, "heading": self.heading, "period": self.period}

    def _carried(self, sent: Sentence, line: str, new_paragraph: bool, statistical: bool) -> str | None:
        """The date that the sentence takes over from the one it continues.

        Figures of a report go on through the paragraph; a scene goes on until somebody else acts.
        """
        if _NOW.match(line):
            self.report = False
            return None
        if not new_paragraph and self.before:
            goes_on = self.report or statistical or "E" not in sent.kinds or line.startswith("其中")
            if goes_on:
                return self.before
        self.report = False
        return self.heading or (self.period if statistical else None)

    def _note(self, sent: Sentence, line: str, own: str, short: bool, statistical: bool) -> None:
        """Remember a date that holds for more than its own sentence."""
        period = _PERIOD.fullmatch(own) is not None and _PLAN.fullmatch(own) is None
        if statistical and period and self.period is None and "C" in sent.kinds:
            self.period = own
        opening = self.awaited and period and "T" in sent.kinds[:2]
        self.awaited = self.awaited and not opening
        alone = all(kind in "TP" for kind in sent.kinds)
        title = period and _TITLE.search(line) is not None
        if opening or (short and (title or alone)) or line.endswith(("如下：", "如下:")):
            self.heading = own


def dated(claim: Claim) -> bool:
    """Whether a claim can hold as of a date: lengths of time, frequencies and ordinals do not."""
    return claim.kind not in ("duration", "frequency", "ordinal") or "周年" in claim.text


def _within(timex: str, own: str | None) -> bool:
    """Whether a year or month only repeats part of the date before it: 8月27日，今年第8号台风."""
    return own is not None and own.startswith(timex)


def _part(timex: str, period: str | None) -> bool:
    """Whether a date is the beginning, middle or end of the period told before."""
    return period is not None and timex in (period + "-B", period + "-M", period + "-E")


def _spoken(sent: Sentence, i: int) -> bool:
    """Whether the date at `i` stands in the words of somebody that end with the sentence or a comma."""
    text, at = sent.text, sent.starts[i]
    opened = text.rfind("“", max(at - _SPEECH, 0), at)
    close = text.find("”", at, sent.ends[-1])
    return opened >= 0 and close > 0 and text[close - 1] in "。！？…，" and "”" not in text[opened:at]


def _end(sent: Sentence, i: int) -> bool:
    """Whether something lasts or is put off till the date at `i`: 申报期限延长至3月底."""
    return i > 1 and sent.words[i - 1] in _TO and sent.words[i - 2] in _LASTING


def _plan(sent: Sentence, i: int, timex: str) -> bool:
    """Whether the years at `i` are those of a plan, not a time for which a number is told."""
    return _PLAN.fullmatch(timex) is not None and (i + 1 == len(sent) or sent.words[i + 1] not in _DURING)


def whole_day(timex: str | None) -> str | None:
    """The day for a span of time that is all of it."""
    m = _WHOLE_DAY.fullmatch(timex or "")
    return m[2] if m else timex


def _limit(sent: Sentence, i: int) -> bool:
    """Whether the date at `i` is only where something starts or ends: X日前, X日起, X月以来，...."""
    if i + 1 < len(sent) and sent.words[i + 1] in _SHIFTED:
        return True
    for j in range(i + 1, len(sent)):
        if ends_clause(sent, j) or sent.kinds[j] in "CT":
            return False
        word = sent.words[j]
        if word == "至今" or (word == "以来" and (j + 1 == len(sent) or ends_clause(sent, j + 1))):
            return True
    return False


def _since(sent: Sentence, i: int) -> bool:
    """Whether something is counted from the date at `i` on: 3月以来, 自3月5日起, 3月启动以来."""
    return _limit(sent, i) and any(
        sent.words[j] in _SINCE
        for j in range(i + 1, min(i + _NEAR, len(sent)))
        if not any(ends_clause(sent, k) for k in range(i + 1, j))
    )


def _any_day(word: str, timex: str) -> bool:
    """Whether a time is one of every day: 8时至20时."""
    return timex.startswith("T") or ("/" in timex and "T" in timex and not _DAY.search(word))


def _compared(sent: Sentence, i: int) -> bool:
    """Whether the date at `i` is what something is compared with: 比上年增长, 上年同期为14亿元."""
    words, n = sent.words, len(sent)
    before = words[i - 1] if i else ""
    after = words[i + 1] if i + 1 < n else ""
    if before in _BASE or words[i].endswith("同期") or after == "同期":
        return True
    if before in _BESIDE:
        return not _ALIKE.isdisjoint(_rest_of_clause(sent, i))
    if before in ("由", "从") and after == "的":
        return True
    if before in _WHOLE_BEFORE and _whole_of_ratio(sent, i):
        return True
    for j in range(i - 1, -1, -1):
        if ends_clause(sent, j) or sent.kinds[j] in "CTv" or sent.starts[i] - sent.starts[j] > _NEAR:
            break
        if words[j] in THAN:
            return True
    return False


def _then(sent: Sentence, date: int, i: int) -> bool:
    """Whether claim `i` is what there was at the date compared with: 比上年的8亿元, 上年同期为8亿元."""
    before = sent.words[date - 1] if date else ""
    if before in SHARE or (before in _WHOLE_BEFORE and _ratio(sent.marks[i])):
        return False
    between = range(date + 1, i)
    stated = any(sent.words[k] == "的" or sent.words[k] in _EQUALS for k in between)
    return stated and not any(sent.kinds[k] in "vC" and sent.words[k] not in _EQUALS for k in between)


def _whole_of_ratio(sent: Sentence, date: int) -> bool:
    """Whether the number is a part of what the date names: 为去年的3.2倍, 完成全年计划的80%."""
    end = date + 1
    while end < len(sent) and end < date + _NEAR and sent.kinds[end] in MODIFIER:
        end += 1
    return sent.words[end : end + 1] == ["的"] and end + 1 < len(sent) and _ratio(sent.marks[end + 1])


def _ratio(mark: Span | None) -> bool:
    """Whether a claim is how many times as much: 是去年的3.2倍, 恢复到2019年的98%."""
    return isinstance(mark, Claim) and (mark.kind == "percent" or mark.unit == "倍")


def _rest_of_clause(sent: Sentence, i: int) -> list[str]:
    end = i + 1
    while end < len(sent) and end < i + _NEAR and not ends_clause(sent, end) and sent.kinds[end] != "C":
        end += 1
    return sent.words[i + 1 : end]
