"""Where an expression may start: a cheap scan that most of a text does not pass."""

from __future__ import annotations

import re

from .patterns import CN, FESTIVALS, PARTS, WORDS
from .tables import rows

_MORE = [row[0] for row in rows("starts.tsv", 1)]
_COUNTED = [a + n for a in "前头" for n in "两二三四五六七八九十123456789"]

_ALL = [w for w in (*WORDS, *PARTS, *FESTIVALS, *_MORE, *_COUNTED) if len(w) > 1]
HEADS = {w[:2]: frozenset("" if len(x) == 2 else x[2] for x in _ALL if x[:2] == w[:2]) for w in _ALL}
"""The first two characters of the words an expression can start with; to each, what may come third."""


def heads(text: str, start: int) -> bool:
    """Whether a word that can start an expression may stand at `start`."""
    third = HEADS.get(text[start : start + 2])
    return third is not None and ("" in third or text[start + 2 : start + 3] in third)


_HEADS = frozenset(h for h in HEADS if h[0] not in CN)
_FIRST = "".join(sorted({h[0] for h in _HEADS}))
_SECOND = "".join(sorted({h[1] for h in _HEADS}))

_JOINS = " 、至到-—–~～─"
FOR_POINT = frozenset("\n年月日号时点世季学:/." + _JOINS)
"""What may follow the numeral a date or time starts with."""

FOR_LENGTH = frozenset("\n夜旬年月周天日小分秒岁载星礼昼工刻钟世多余来半,.百千万亿时交自" + _JOINS)
"""What may follow the numeral of a length of time; after 个 look one further."""

AFTER_GE = frozenset("月半多余来小星季世工年昼日钟时礼交自周")

_NEXT = re.escape("".join(sorted(FOR_POINT | FOR_LENGTH | {"个"})))
_CN_SECOND = "".join(sorted({h[1] for h in HEADS if h[0] in CN}))
TRIGGER = re.compile(
    f"[0-9{CN}{_FIRST}](?:(?=[{_SECOND}])(?<![0-9{CN}])|(?<=[0-9])[0-9]{{0,9}}(?=[{_NEXT}])"
    f"|(?<=[{CN}])[{CN}]{{0,12}}(?=[{_NEXT}{_CN_SECOND}])|(?<=五))"
)
"""Some digits or Chinese numerals before what may follow them, or a character that may be one of `HEADS`.

It starts with a set of characters, which the regular expression engine scans for fast; the bounds keep long
runs linear.
"""
