"""Where numbers stand in a text, and what each is worth."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from .. import numerals
from ..numerals import MAX_LENGTH

_DIGITS = r"[0-9]+(?:,[0-9]{3}(?![0-9]))*(?:[.·][0-9]+)?"
# 千瓦, 千克, 百帕 are units; 百分 starts a fraction; 几 and 数 count only next to a scale.
_HAN = (
    "[零〇○一二两三四五六七八九十万亿廿卅]+"
    "|百(?!分之|分点|帕)"
    "|千(?!分之|字节|[瓦克升伏赫卡帕焦])(?!(?<=[0-9 万亿]千)米)"
    "|几(?=[十百千万亿])|(?<=十)几|(?<=[百千])几(?=十)"
    "|(?<![人总指户次系基分台件倍多少参函岁天算计无半度家项票套])数(?=[十百千万亿])"
    "|兆(?=[日美欧韩]?元)"
    "|(?<=[零〇一二两三四五六七八九十百千])点[零〇一二三四五六七八九]+"
)
_FINANCIAL = "[壹贰叁肆伍陆柒捌玖拾][壹贰叁肆伍陆柒捌玖拾佰仟零][壹贰叁肆伍陆柒捌玖拾佰仟零万亿]*"
NUMBER = (
    rf"(?:(?:{_DIGITS}|{_HAN})(?:{_HAN}|{_DIGITS}|(?<=[0-9])[ \n](?=[万亿]))*|{_FINANCIAL}(?=[圆元万亿]))"
)
RUN = re.compile(
    rf"[百千万]分之|成[百千][上成][千万]|半(?=[斤公亩吨里米升克尺数个箱袋瓶桶车碗罐杯盒筐])|(?<=[近过])半(?![年月天日小个])|一半|{NUMBER}"
)
"""A run of characters that may be a number."""

TRIGGER = re.compile(
    "[0-9零〇一二两三四五六七八九十百千万亿半几数廿卅兆成壹贰叁肆伍陆柒捌玖拾]"
    "(?:(?<![一成半])|(?<=一)(?=[零〇一二两三四五六七八九十百千万亿半点成分天日周月次遍回趟轮场班期检测换巡查扫消更评访通调会上报考]|米|公里|[块斤亩元][零一二三四五六七八九0-9]|人次|个百分|倍|[0-9])|(?<=第一)"
    "|(?<=成)(?=[百千])|(?<=半))"
)
"""The first character of what `RUN` may match; cheap, because 一 is mostly no number."""

NEXT = re.compile(NUMBER)
CONNECTOR = re.compile(r" ?(?:[-—–~～―－]{1,2}|[至到]) ?(?=[0-9零一二两三四五六七八九十百千])")
MULTIPLIER = re.compile(r"[千百]?[万亿]亿?|千")
_SHIFT = 10**40
SCALED = re.compile(r"[十百千万亿]")


@lru_cache(maxsize=65536)
def value(run: str) -> tuple[Fraction | int, Fraction | int | None] | None:
    """Return the number of a run, or its low and high; None if it is no number of the running text.

    Digit strings in Chinese characters (二〇二〇, 三八) name things and are not read.
    """
    if len(run) > MAX_LENGTH:
        return None
    if run.isdecimal() and run.isascii():
        return int(run), None
    if run[0] == "成":
        set_phrase = numerals.parse(run)
        if set_phrase is None or set_phrase.low is None or set_phrase.high is None:
            return None
        return _exact(set_phrase.low), _exact(set_phrase.high)
    vague = None if run.isascii() else numerals.interval(run)
    if vague is not None:
        return _exact(vague[0]), _exact(vague[1])
    if len(run) > 1 and not run[0].isascii() and not SCALED.search(numerals.plain(run)) and "点" not in run:
        return None
    number = numerals.ratio(run)
    return None if number is None else (number, None)


def _exact(x: numerals.Exact) -> Fraction | int:
    return x if isinstance(x, int) else Fraction(x)


def output(x: Fraction | int) -> int | float:
    """Return a number as claims carry it: ``int`` if whole, else the nearest ``float``.

    A part without an end, such as two thirds, is given to two places.
    """
    if isinstance(x, int):
        return x
    if _SHIFT % x.denominator:
        x = Fraction(round(x * 100), 100)
    return x.numerator if x.denominator == 1 else x.numerator / x.denominator
