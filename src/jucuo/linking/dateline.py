"""The line of the agency or paper at the head of a report: 新华社青河7月20日电（记者李明）."""

from __future__ import annotations

import re

from .lexicon import roles

_GUARDED = {  # within other words: 通报, 报告, 官网, 网站
    "报": "(?<![通预情汇举申上填快简警捷])报(?![道告名考警送业备修表价销])",
    "网": "(?<![电官])网(?![站红点格络购约])",
}
_ENDINGS = sorted(roles()["medium"] | roles()["agency"])
_PAPER = "|".join([*(_GUARDED.get(word, word) for word in _ENDINGS), "》", "”"])
_WIRED = "(?<![停断供用充来致发水热核风光家机通输配送节])电|(?<![通电])讯"
_AGENCY = re.compile(
    rf"[^，。；！？!?,;：:\n（(]{{0,14}}(?:{_PAPER})(?:[（(][^（）()\n]{{1,20}}[）)])?[^，。；！？!?,;：:\n]{{0,20}}?"
    rf"(?:(?:{_WIRED})(?=[\s（(：:])|(?:消息|报道)(?=[\s（(：:]))"
)
_BARE = re.compile(r"[^，。；！？!?,;：:\n]{0,12}(?:\d{1,2}日电|(?<![通电])讯)(?=[\s（(])")
_REPORTERS = re.compile(r"\s*(?:[（(][^（）()\n]{1,60}[）)])?[\s：:]*")
_SIGNS = ("电", "讯", "消息", "报道")
_FAR = 50  # how far the line goes, in characters


def skip_dateline(text: str, start: int, end: int) -> int:
    """Return where the report itself starts in the sentence ``text[start:end]``.

    Examples
    --------
    >>> skip_dateline("新华社青河7月20日电 全省复工62家。", 0, 19)
    12
    >>> skip_dateline("全省复工62家。", 0, 8)
    0
    """
    head = text[start : min(end, start + _FAR)]
    if not any(sign in head for sign in _SIGNS):
        return start
    m = _AGENCY.match(text, start, end) or _BARE.match(text, start, end)
    return _REPORTERS.match(text, m.end(), end).end() if m else start  # type: ignore[union-attr]
