"""Where an expression may start: a cheap scan that most of a text does not pass."""

from __future__ import annotations

import re

from .patterns import CN, FESTIVALS, PARTS, WORDS

_MORE = """新一年 新的一年 上世纪 上个世纪 本世纪 年初 年底 年末 上半年 下半年 首季 首个季度 农历 阴历 夏历 旧历 正月 腊月
腊八 闰年 闰正 大年初 公元 今明 明后 昨今 上旬 中旬 下旬 中下旬 上中旬 星期 礼拜 周一 周二 周三 周四 周五 周六 周日 上百 上千 上万 元月
第一季 第二季 第三季 第四季 第1季 第2季 第3季 第4季
月底 月初 月末
初四 初五 初六 初七 初八 初九 初十""".split()
_COUNTED = [a + n for a in "前头" for n in "两二三四五六七八九十23456789"]

HEADS = frozenset(w[:2] for w in (*WORDS, *PARTS, *FESTIVALS, *_MORE, *_COUNTED) if len(w) > 1)
"""The first two characters of the words an expression can start with."""

_HEADS = frozenset(h for h in HEADS if h[0] not in CN)
_FIRST = "".join(sorted({h[0] for h in _HEADS}))
_SECOND = "".join(sorted({h[1] for h in _HEADS}))

TRIGGER = re.compile(f"[0-9{CN}{_FIRST}](?:(?<=[0-9])[0-9]*|(?<=[{CN}])[{CN}]*|(?=[{_SECOND}]))")
"""A run of digits, a run of Chinese numerals, or one character that with the next may be one of `HEADS`.

It starts with a set of characters, which the regular expression engine scans for fast; no run is read twice.
"""

_JOINS = " 、至到-—–~～─"
FOR_POINT = frozenset("\n年月日号时点世季:/." + _JOINS)
"""What may follow the numeral a date or time starts with."""

FOR_LENGTH = frozenset("\n夜旬年月周天日小分秒岁载星礼昼工刻钟世多余来半,.百千万亿时交自" + _JOINS)
"""What may follow the numeral of a length of time; after 个 look one further."""

AFTER_GE = frozenset("月半多余小星季世工年昼钟时礼交自周")
