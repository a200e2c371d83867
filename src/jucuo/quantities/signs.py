"""What stands straight before a number and belongs to it: a minus, 零下, a currency."""

from __future__ import annotations

import re

from ..tables import lists
from ..units import CURRENCIES
from .words import NEAR

SIGN_ENDS = frozenset("-负下上")
_BURDENS = frozenset("减背抱担肩胜欠自辜正包")
"""负 behind one of these is a burden or a loss (减负30亿元), not a minus."""
_SCALES = frozenset({"℃", "℉", "°", "度", "m", "cm", "mm", "V", "mV", "dB"})
"""Units of what is measured from a zero with something below it."""
_RESULT = re.compile(f"(?:{lists(__package__, 'context.txt')['result']}){NEAR}{{0,4}}$")
"""What may be negative; elsewhere a dash before an amount parts it from what it is for (成人票-80元)."""
_STATED = frozenset("为是达至到约近：（，")
"""Before 负 that is a minus: 利润为负1.2亿元, not 增负3亿元."""
LEADING = re.compile("[-负]|零[下上]")
"""The sign of the second number of a range."""
SYMBOLS = frozenset(name[-1] for name in CURRENCIES if not name.isalpha())
CURRENCY_ENDS = frozenset(name[-1] for name in CURRENCIES)
_LONGEST = max(map(len, CURRENCIES))
"""Last characters of signs and of currencies: a cheap look before the calls."""
_RATE_OF = frozenset("兑换对与和及、/比")
"""Between two currencies: 兑美元7.1."""


def sign(text: str, start: int, end: int) -> tuple[int, bool]:
    """Return the length of the sign before the number at `start`, and whether it is a minus.

    Parameters
    ----------
    end
        Where the number before ends: a dash that touches it is none.
    """
    before = text[start - 1 : start]
    if before not in SIGN_ENDS:
        return 0, False
    if before in "上下":
        return (2, before == "下") if text[start - 2 : start - 1] == "零" else (0, False)
    earlier = text[start - 2 : start - 1]
    if before == "负":
        return (0, False) if earlier in _BURDENS else (1, True)
    if end == start - 1 or (earlier.isascii() and earlier.isalnum()) or earlier == "%":
        return 0, False
    return 1, True


def is_negative(text: str, start: int, kind: str, unit: str) -> bool:
    """Whether the minus at `start` makes a number of this kind and unit negative."""
    if kind == "percent" or (kind == "quantity" and (text[start] != "-" or unit in _SCALES)):
        return True
    if kind not in ("quantity", "money"):
        return False
    if text[start] == "负" and text[start - 1 : start] in _STATED:
        return True
    return bool(_RESULT.search(text, max(0, start - 12), start))


def currency(text: str, start: int) -> tuple[int, str] | None:
    """Return where a currency that ends at `start` begins, and its code; None if there is none."""
    for begin in range(max(0, start - _LONGEST), start):
        if code := CURRENCIES.get(text[begin:start]):
            return None if text[begin - 1 : begin] in _RATE_OF else (begin, code)
    return None
