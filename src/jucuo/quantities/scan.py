"""Where numbers stand in a text, and what each is worth."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from .. import numerals
from ..numerals import MAX_LENGTH

_DIGITS = r"[0-9]+(?:,[0-9]{3}(?![0-9]))*(?:[.·][0-9]+)?"
# Thousands parted by spaces (1 411 780 000人), where a unit shows that it is one number, not two columns.
_SPACED = (
    r"(?=[1-9][0-9]{0,2} [0-9])(?<![0-9.,表图第附])(?<![0-9] )[0-9]{1,3}(?: [0-9]{3}(?![0-9]))+(?:\.[0-9]+)?"
    "(?=[万亿元人户例吨家个名台辆头公平立亩多余%]|[-—–~至到][1-9])"
)
_POWER = r"(?:[×xX*]10(?=[\^⁰¹²³⁴-⁹的]))?(?<=10)(?:\^-?[0-9]{1,2}|[⁰¹²³⁴-⁹]{1,2}|的[0-9]{1,2}次方)"
_TIMES_TEN = re.compile(r"(?:([0-9,.]+)[×xX*])?10(?:\^(-?[0-9]+)|([⁰¹²³⁴-⁹]+)|的([0-9]+)次方)")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
# 千瓦, 千克, 百帕 are units; 百分 starts a fraction; 几 and 数 count only next to a scale.
_HAN = (
    "[零〇○一二两三四五六七八九十万亿廿卅]+"
    "|百(?!分之|分点|帕)"
    "|千(?!分之|字节|[瓦克升伏赫卡帕焦])(?!(?<=[0-9 万亿]千)米)"
    "|几(?=[十百千万亿])|(?<=十)几|(?<=[1-9]0)几|(?<=[百千])几(?=十)"
    "|(?<![人总指户次系基分台件倍多少参函岁天算计无半度家项票套])数(?=[十百千万亿])"
    "|兆(?=[日美欧韩]?元)"
    "|(?<=[零〇一二两三四五六七八九十百千])点[零〇一二三四五六七八九]+"
)
FINANCIAL = "壹贰叁肆伍陆柒捌玖拾佰仟"
"""Numerals of contracts. One alone is mostly a name (陆某, 收拾, 伍家), and so is a row without its unit."""
_WRITTEN_OUT = f"[{FINANCIAL}零一二三四五六七八九十百千万亿]"
_FINANCIAL = (
    f"(?:(?:[壹贰叁肆伍柒捌玖]|(?<![大登着])陆)(?=[{FINANCIAL}零万亿])|(?<![收捡掇])拾(?=[{FINANCIAL}万亿]))"
    f"{_WRITTEN_OUT}+"
)
# 两佰元, 三万伍仟元, not the name 八佰
_MIXED = f"(?:(?<=[万亿])[壹贰叁肆伍陆柒捌玖])?[佰仟]{_WRITTEN_OUT}*(?=[元圆块人名户家个亩斤公平立吨件])"
_NEXT_TO_DIGIT = "(?<=[0-9])[零〇○一二两三四五六七八九]"  # 20一张: 20 for one
NUMBER = (
    rf"(?:(?:{_SPACED}|{_DIGITS}|{_HAN})"
    rf"(?:(?!{_NEXT_TO_DIGIT})(?:{_HAN}|{_DIGITS})|(?<=[0-9])[ \n](?=[万亿])|{_MIXED})*"
    rf"(?:{_POWER})?|{_FINANCIAL})"
)
RUN = re.compile(
    rf"[百千万]分之|成[百千][上成][千万]|几(?:十上百|百上千|千上万)|半(?=[斤公亩吨里米升克尺数个箱袋瓶桶车碗罐杯盒筐])|(?<=[近过])半(?![年月天日小个])|一半|{NUMBER}"
)
"""A run of characters that may be a number."""

TRIGGER = re.compile(
    "[0-9零〇一二两三四五六七八九十百千万亿半几数廿卅兆成壹贰叁肆伍陆柒捌玖拾]"
    "(?:(?<![一成半])|(?<=一)(?=[零〇一二两三四五六七八九十百千万亿半点成分天日周月次遍回趟轮场班期检测换巡查扫消更评访通调会上报考]|米|公里|(?:[块斤亩元吨升]|公斤)[零一二三四五六七八九0-9半多]|[瓶袋箱盒碗杯]半|[块元毛]钱(?![不没])|人次|个(?:[多半]?百分|多?亿)|倍|[佰仟0-9]|[至到][二两三四五六七八九十])|(?<=第一)"
    "|(?<=成)(?=[百千])|(?<=半))"
)
"""The first character of what `RUN` may match; cheap, because 一 is mostly no number."""

NEXT = re.compile(NUMBER)
CONNECTOR = re.compile(
    r" ?(?:([-—–~～―－])\1?|[至到]) ?(?=(?:[-负]|零[下上])?[0-9零一二两三四五六七八九十百千])"
)
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
    if run[0] == "成" or run[2:3] == "上":
        set_phrase = numerals.parse(run)
        if set_phrase is None or set_phrase.low is None or set_phrase.high is None:
            return None
        return _exact(set_phrase.low), _exact(set_phrase.high)
    if "10" in run and (power := _TIMES_TEN.fullmatch(run)):
        exponent = int(power[2] or power[4] or power[3].translate(_RAISED))
        within = len(run) + abs(exponent) < MAX_LENGTH
        return (
            (Fraction(power[1].replace(",", "") if power[1] else 1) * Fraction(10) ** exponent, None)
            if within
            else None
        )
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
