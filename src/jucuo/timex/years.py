"""Years in digits alone: of events (2023浦江创新论坛), books (《公报2023》), plans, lives (（2023－2027）),
leavers (2023届) and seasons (2023—24赛季), and in lists (2022、2023年)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from ..records import Claim, QuickClaim
from .tables import rows

_EVENTS = "|".join(r[0] for r in rows("events.tsv", 1))
_NO_UNIT = (
    "[^年人元名个家户亩吨万亿多余件次种台套米公千斤平度项所条届级版款型号只头场辆份笔位"
    "A-Za-z%％）)，。、；：,;\\s]"
)
_NO_CODE = r"(?<![\dA-Za-z.,/:：%+]....)(?<!\d[－—–~-]....)"
YEAR = re.compile(
    rf"20(?:(?P<event>[0-4]\d(?:{_NO_CODE}(?![—–/-]{{1,2}}\d)(?={_NO_UNIT})(?=[^，。；\n]{{0,25}}?(?:{_EVENTS}))(?!\d)"
    r"|(?<=[一-龥·—-]....)(?=[》”])))"
    r"|\d\d(?:(?<=[（(]....)[－—–~-]{1,2}(?P<plan>20\d\d)(?=[)）])"
    r"|(?<!\d....)(?:(?=届)|[－—–/~-]{1,2}(?:20)?(?P<season>\d\d)(?=赛季)"
    r"|(?=(?:[、和]20\d\d){1,9}[两三四五六]?年)|(?<=[、和]....)(?=[两三四五六]年))))"
)
LIFE = re.compile(r"1\d\d\d(?<=[（(]....)[－—–~-]{1,2}(?P<last>[12]\d\d\d)(?=[)）])")
_NEAR = 2
"""How many years from the published date the year of an event may be; else it is more likely a number."""
_LIFE = 120
"""How many years a life or a plan lasts at most: （1881—1936）."""


def _matches(text: str) -> Iterable[re.Match[str]]:
    lives = list(LIFE.finditer(text))
    found = YEAR.finditer(text)
    return sorted([*found, *lives], key=lambda m: m.start()) if lives else found


def years(text: str, published: date | None, claims: list[Claim]) -> list[Claim]:
    """Add the years of events that stand outside `claims`, an ordered list without overlaps."""
    out: list[Claim] = []
    i = 0
    for m in _matches(text):
        start, end = m.span()
        first, last = text[start : start + 4], m[m.lastgroup] if m.lastgroup else ""
        if m.lastgroup == "event":
            if published is not None and abs(int(first) - published.year) > _NEAR:
                continue
            last = ""
        elif last:
            last = first[: 4 - len(last)] + last  # 2023—24赛季
            if not first < last < str(int(first) + _LIFE):
                continue
        while i < len(claims) and claims[i].end <= start:
            out.append(claims[i])
            i += 1
        if i == len(claims) or claims[i].start >= end:
            out.append(QuickClaim(start, end, m[0], "date", timex=f"{first}/{last}" if last else first))
    return [*out, *claims[i:]] if out else claims
