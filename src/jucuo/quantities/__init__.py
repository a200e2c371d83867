"""Counts, percentages, money, physical quantities, ordinals and frequencies of a text.

>>> from jucuo import quantities
>>> [(c.text, c.value, c.unit, c.bound) for c in quantities.find("累计排查近70万人次")]
[('近70万人次', 700000, '人次', 'approx')]
"""

from .changes import change
from .finder import KINDS, find

__all__ = ["KINDS", "change", "find"]
