"""Units: classifiers, people, physical units, money and rates, from tables in ``data/``.

>>> from jucuo import units
>>> units.match("名工人", 0).unit
'人'
>>> units.match("千瓦时", 0).unit
'kWh'
"""

from .conversion import to_si
from .table import CURRENCIES, Unit, lookup, match, noun

__all__ = ["CURRENCIES", "Unit", "lookup", "match", "noun", "to_si"]
