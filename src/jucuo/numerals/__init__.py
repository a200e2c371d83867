"""Numerals: Arabic, Chinese, financial, mixed, fractions, vague numbers and ranges, read exactly.

>>> from jucuo import numerals
>>> numerals.to_number("1.1亿")
110000000
>>> numerals.parse("六七万")
Numeral(value=None, low=60000, high=70000, bound='range')
"""

from .bounds import ACTS, LEFT, NOT_AFTER, RIGHT, spellings
from .parsing import Numeral, parse
from .values import DIGITS, MAX_LENGTH, Exact, exact, interval, plain, ratio, to_number

__all__ = [
    "ACTS",
    "DIGITS",
    "LEFT",
    "MAX_LENGTH",
    "NOT_AFTER",
    "RIGHT",
    "Exact",
    "Numeral",
    "exact",
    "interval",
    "parse",
    "plain",
    "ratio",
    "spellings",
    "to_number",
]
