"""The date or time for which a number holds."""

from __future__ import annotations

import re

from ..records import Claim
from .phrases import clause_start, ends_clause
from .tokens import Sentence

_SHIFTED = frozenset("前后起") | {"之前", "以前", "之后", "以后", "以来", "开始", "至今", "起点", "前夕"}
_BASE = frozenset({"比", "较", "与", "同", "和", "跟", "高于", "低于", "超过"})
_CONTINUES = re.compile(r"(?:其中|此外|另外|另有|尚有|还有|同时|合计|共计|同比|环比|比|至此)")
_NOW = re.compile(r"(?:截至|截止)?(?:目前|当前|如今|现在|眼下)")
_WHOLE_DAY = re.compile(r"(\d{4}-\d\d-\d\d)T(?:00:00|24:00)/(\d{4}-\d\d-\d\d)T24:00")
_STATISTICS = frozenset({"同比", "环比", "增长", "下降", "上升", "增速", "总产值", "增加值", "总额", "收入", "支出"})


class Dates:
    """Follows the date of what a text tells, sentence by sentence."""

    def __init__(self) -> None:
        self.last: str | None = None  # the date named last
        self.before: str | None = None  # the date of the sentence before, in the same paragraph
        self.period: str | None = None  # the month, quarter or year of a statistical report
        self.found: dict[int, str] = {}

    def read(self, sent: Sentence, new_paragraph: bool) -> None:
        """Decide the dates of all claims of `sent`."""
        self.found = {}
        opening = sent.text[sent.starts[0] : sent.ends[-1]] if len(sent) else ""
        current = self._carried(sent, opening, new_paragraph)
        if new_paragraph:
            self.before = None
        aside: str | None = None
        for i, kind in enumerate(sent.kinds):
            if kind == "T":
                mark = sent.marks[i]
                assert isinstance(mark, Claim)
                timex = _whole_day(mark.timex)
                self.last = timex or self.last
                if timex is None or _shifted(sent, i):
                    continue
                if _compared(sent, i):
                    aside = timex
                else:
                    current, aside = timex, None
                    if "D" not in timex and re.fullmatch(r"\d{4}(-(\d\d|Q\d|H\d))?(/.*)?", timex):
                        self.period = self.period or timex
            elif kind == "C":
                if _dated(sent, i):
                    value = aside or current
                    if value:
                        self.found[i] = value
                aside = None
            elif kind == "P" and ends_clause(sent, i):
                aside = None
            elif current is None and sent.word(i) == "至此":
                current = self.last
        self.before = current

    def _carried(self, sent: Sentence, opening: str, new_paragraph: bool) -> str | None:
        """The date that the sentence takes over from the one it continues."""
        if _NOW.match(opening):
            return None
        if not new_paragraph and self.before:
            return self.before
        if self.period and any(sent.word(i) in _STATISTICS for i in range(len(sent))):
            return self.period
        return None


def _whole_day(timex: str | None) -> str | None:
    m = _WHOLE_DAY.fullmatch(timex or "")
    return m[2] if m else timex


def _shifted(sent: Sentence, i: int) -> bool:
    """Whether the date at `i` is only a limit: X日前, X日起, X日…以来."""
    if i + 1 < len(sent) and sent.word(i + 1) in _SHIFTED:
        return True
    for j in range(i + 1, len(sent)):
        if ends_clause(sent, j) or sent.kinds[j] in "CT":
            return False
        if sent.word(j) in ("以来", "至今"):
            return True
    return False


def _compared(sent: Sentence, i: int) -> bool:
    """Whether the date at `i` is what something is compared with: 比上年增长, 上年同期为14亿元."""
    if i and sent.word(i - 1) in _BASE:
        return True
    return i + 1 < len(sent) and sent.word(i + 1) == "同期"


def _dated(sent: Sentence, i: int) -> bool:
    """Whether a claim can hold as of a date: lengths of time and ordinals do not."""
    claim = sent.marks[i]
    assert isinstance(claim, Claim)
    if claim.trend and i:
        pass
    return claim.kind not in ("duration", "frequency", "ordinal") or "周年" in claim.text
