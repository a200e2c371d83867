"""Numeric claims of a text: numbers and times together, free of spaCy.

>>> from jucuo import claims
>>> [(c.text, c.kind, c.value, c.timex) for c in claims.find("3月5日，全区62家企业复工", "2020-03-11")]
[('3月5日', 'date', None, '2020-03-05'), ('62家', 'count', 62, None)]
"""

from .finder import find

__all__ = ["find"]
