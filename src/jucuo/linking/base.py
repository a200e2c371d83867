"""What a change is measured against, also where only an earlier change of the list or report says it."""

from __future__ import annotations

import re

from ..records import Claim

_LEADING = re.compile(r"^(?:比|较|与|同(?!比|期)|跟|和|高于|低于)+(?:起)?")
_TRAILING = re.compile(
    r"(?:的[约近超]?[\d一二三四五六七八九十两百千].*|相比|相较|来说?|实际|名义|每\w{1,2})$"
)
_RATIO = frozenset({"同比", "环比"})
_GROWTH = re.compile(
    r"(?:增长|下降|上涨|下跌|增加|减少|上升|回升|回落|下滑|提高|[增降涨跌升])[了约近超逾为达各均分别也又]{0,4}$"
)
_MEAN = re.compile(r"年均|月均|平均(?:增|下)")
_OTHER = re.compile(r"累计增|比|较|相当于|高于|低于|快于|慢于|拉动|贡献|每")
_LEVEL_BEFORE = re.compile(  # 上年同期为34亿元，增长
    r"((?:上年|去年|前年|上月)(?:同期|同月|年?[底末初])?|\d{4}年同[期月])[为是的]?[^，,。；;年月]{2,12}[，,][^，,。；;]{0,4}$"
)
_STOP = re.compile(r"[。！？!?\n]")
_LOOK = 30  # how far before a change its own wording is looked at, in characters
_FAR = 60  # how far a list of changes goes on without its base, in characters


def tidy(base: str) -> str:
    """The expression of comparison without the word that compares and without the value compared with.

    Examples
    --------
    >>> tidy("比上年的8.33亿元"), tidy("较1—2月"), tidy("同比")
    ('上年', '1—2月', '同比')
    """
    if base in _RATIO:
        return base
    short = _TRAILING.sub("", _LEADING.sub("", base)).removesuffix("的")
    return short or base


class Bases:
    """Follows the changes of an article, in order."""

    def __init__(self) -> None:
        self.end = 0  # of the change before
        self.rate: tuple[Claim, str | None] | None = None  # the last change of a rate, in pp, and its base
        self.other: tuple[Claim, str | None] | None = None  # the last of anything else
        self.ratio: str | None = None  # 同比 or 环比, with which a report goes on

    def of(self, text: str, claim: Claim) -> str | None:
        """Return the base of a change; None for what is no change or is measured against nothing named."""
        if not claim.trend:
            return None
        window = self._clause(text, claim)
        if _MEAN.search(window):
            found = None
        elif claim.base and not claim.base.startswith("比口径"):  # 按可比口径
            found = tidy(claim.base)
        else:
            found = "同比" if "同比" in window else self._taken_over(text, claim, window)
        if found == "同比" or (found == "环比" and self.ratio is None):
            self.ratio = found
        self.end = claim.end
        if claim.unit == "pp":
            self.rate = claim, found
        else:
            self.other = claim, found
        return found

    def _clause(self, text: str, claim: Claim) -> str:
        """What stands before a change in its own clause."""
        window = text[max(self.end, claim.start - _LOOK) : claim.start]
        return window[max(window.rfind(c) for c in "，,。；;：:\n（(") + 1 :]

    def _taken_over(self, text: str, claim: Claim, window: str) -> str | None:
        """The base named for an earlier change of the list, or by which the report tells its changes."""
        if _OTHER.search(window):
            return None
        named = _LEVEL_BEFORE.search(text, max(0, claim.start - _LOOK), claim.start)
        if named:
            return named[1]
        last, base = (self.rate if claim.unit == "pp" else self.other) or (None, None)
        gap = text[last.end : claim.start] if last else ""
        if last and base and len(gap) < _FAR and not _STOP.search(gap):
            same = last.unit == claim.unit and not {"；", ";"} & set(gap)
            if same or claim.unit == "%":
                return base
        return self.ratio if claim.unit == "%" and _GROWTH.search(window) else None
