"""Years in digits alone: of events (2023浦江创新论坛), of books (《公报2023》), of plans (（2023－2027）)."""

from __future__ import annotations

import re
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
    rf"20[0-4]\d(?:{_NO_CODE}(?={_NO_UNIT})(?=[^，。；\n]{{0,25}}?(?:{_EVENTS}))(?!\d)"
    r"|(?<=[一-龥·—-]....)(?=[》”])"
    r"|(?<=[（(]....)[－—–~-]{1,2}(?P<last>20[0-9][0-9])(?=[)）]))"
)
_NEAR = 2
"""How many years from the published date such a year may be; further away it is more likely a number."""


def years(text: str, published: date | None, claims: list[Claim]) -> list[Claim]:
    """Add the years of events that stand outside `claims`, an ordered list without overlaps."""
    out: list[Claim] = []
    i = 0
    for m in YEAR.finditer(text):
        start, end = m.span()
        first, last = text[start : start + 4], m["last"]
        if last is not None and last <= first:
            continue
        if last is None and published is not None and abs(int(first) - published.year) > _NEAR:
            continue
        while i < len(claims) and claims[i].end <= start:
            out.append(claims[i])
            i += 1
        if i == len(claims) or claims[i].start >= end:
            out.append(QuickClaim(start, end, m[0], "date", timex=f"{first}/{last}" if last else first))
    return [*out, *claims[i:]] if out else claims
