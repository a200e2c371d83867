"""The value of one numeral: `to_number` for a definite one, `interval` for a vague one."""

from __future__ import annotations

import re
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import lru_cache

Exact = int | Decimal | Fraction
"""A whole number is an ``int``, a decimal a ``Decimal``, anything else a ``Fraction``."""

MAX_LENGTH = 300
"""Numerals of more characters or digits than this are not read; every value fits a float."""
_TOO_LARGE = 10**MAX_LENGTH

DIGITS = {c: i for i, row in enumerate(["零〇○", "一幺", "二两", *"三四五六七八九"]) for c in row}
SMALL = {"十": 10, "百": 100, "千": 1000}
BIG = {"万": 10**4, "亿": 10**8, "兆": 10**12}

_FORMS = "萬億兩兆壹贰貳弐叁參肆伍陆陸柒捌玖拾佰仟點幾數０１２３４５６７８９．·，〇○ＯO"
_PLAIN = "万亿两兆一二二二三三四五六六七八九十百千点几数0123456789..,零零零零"
_TABLE = {ord(a): b for a, b in zip(_FORMS, _PLAIN, strict=True)} | {ord("廿"): "二十", ord("卅"): "三十"}

_ARABIC = re.compile(r"[0-9]+(?:,[0-9]{3}(?![0-9]))*(?:\.[0-9]+)?")
_TOKEN = re.compile(_ARABIC.pattern + r"|[零一二两三四五六七八九幺十百千万亿兆]")
_DECIMAL = re.compile(r"([^点]+)点([零一二三四五六七八九]+)([千百]?[万亿兆]*)")
_PAIR = re.compile(r"([一二两三四五六七八九])([二两三四五六七八九])(?=[十百千万亿]|$)")


def plain(text: str) -> str:
    """Write financial, traditional and full-width forms of a numeral with the plain characters."""
    return text.translate(_TABLE)


def exact(value: Fraction | Decimal | int) -> Exact:
    """Return an ``int`` if whole, a ``Decimal`` if its expansion ends, else the ``Fraction``."""
    value = Fraction(value)
    if value.denominator == 1:
        return int(value)
    rest = value.denominator
    twos = fives = 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return value
    places = max(twos, fives)
    with localcontext() as context:
        context.prec = 2 * MAX_LENGTH + 20
        return Decimal(value.numerator * 10**places // value.denominator).scaleb(-places)


def to_number(digits: str) -> int | Decimal | None:
    """Return the exact value of a plain numeral, None if it is none.

    Reads ``12,000``, ``三百零五``, ``1.2亿``, ``13万2``, ``三万五``, ``二〇二〇`` (digit by digit),
    ``三点五亿``, in financial, traditional and full-width forms as well.

    >>> to_number("3万4000"), to_number("一千零1"), to_number("壹拾万")
    (34000, 1001, 100000)
    """
    value = ratio(digits)
    return None if value is None else exact(value)  # type: ignore[return-value]


def ratio(digits: str) -> Fraction | int | None:
    """Like `to_number`, but an ``int`` or a ``Fraction``, which are quicker to make and to reckon with."""
    if not digits or len(digits) > MAX_LENGTH:
        return None
    text = plain("".join(digits.split()))
    value = _fraction(text) if text else None
    if value is None or value >= _TOO_LARGE:
        return None
    return value.numerator if value.denominator == 1 else value


def interval(text: str) -> tuple[int | Decimal, int | Decimal] | None:
    """Return low and high of a vague numeral (``六七万``, ``十几``, ``数百``), None if it is none.

    >>> interval("十几亿"), interval("三五"), interval("数十")
    ((1100000000, 1900000000), (3, 5), (20, 90))
    """
    if not text or len(text) > MAX_LENGTH:
        return None
    text = plain(text)
    for sign in "几数":
        before, found, after = text.partition(sign)
        if not found:
            continue
        if not before and after[:1] in SMALL | BIG and after:
            return _between("二" + after, "九" + after)
        if sign == "几" or before == "十":
            if before.isdecimal() and before[-1] == "0" and not after:  # 20几
                return int(before) + 1, int(before) + 9
            ends = before[-1:] in SMALL and after[:1] in ("", "十", "万", "亿")
            return _between(before + "一" + after, before + "九" + after) if ends else None
        return None
    pairs = _PAIR.findall(text)
    if len(pairs) != 1 or not _neighbours(*pairs[0]):
        return None
    if len(text) > 2 and not any(c in SMALL or c in BIG for c in text):
        return None
    return _between(_PAIR.sub(r"\1", text), _PAIR.sub(r"\2", text))


def _neighbours(a: str, b: str) -> bool:
    return DIGITS[b] - DIGITS[a] == 1 or a + b == "三五"


def _between(low: str, high: str) -> tuple[int | Decimal, int | Decimal] | None:
    a, b = to_number(low), to_number(high)
    return None if a is None or b is None else (a, b)


@lru_cache(maxsize=4096)
def _fraction(text: str) -> Fraction | int | None:
    scale = BIG.get(text[-1])  # 12.5 and 3.9万 are by far the most frequent
    if _ARABIC.fullmatch(text, 0, len(text) - (scale is not None)):
        return _arabic(text) if scale is None else _arabic(text[:-1]) * scale
    if "点" in text:
        m = _DECIMAL.fullmatch(text)
        whole = _fraction(m[1]) if m else None
        if m is None or whole is None or whole != int(whole):
            return None
        value = whole + Fraction(_by_digit(m[2]), 10 ** len(m[2]))
        for c in m[3]:
            value *= SMALL.get(c) or BIG[c]
        return value
    if all(c in DIGITS for c in text):
        return _by_digit(text)
    tokens = _TOKEN.findall(text)
    if sum(map(len, tokens)) != len(text):
        return None
    return _sum(tokens)


def _by_digit(text: str) -> int:
    return int("".join(str(DIGITS[c]) for c in text))


def _arabic(token: str) -> Fraction | int:
    whole, _, part = token.replace(",", "").partition(".")
    return Fraction(int(whole + part), 10 ** len(part)) if part else int(whole)


def _sum(tokens: list[str]) -> Fraction | int | None:
    """Value of a numeral with scales: a sum of parts, each the multiple of a smaller scale."""
    parts: list[tuple[Fraction | int, int]] = []  # value and scale, falling
    section: Fraction | int = 0
    number: Fraction | int | None = None
    small = unit = 0  # last scale within the section; last scale at all
    zero = False
    for i, token in enumerate(tokens):
        if token in SMALL:
            scale = SMALL[token]
            if small and scale >= small:
                return None
            if number is None and i and not (token == "十" and (zero or small)):
                return None
            section += (1 if number is None else number) * scale
            number, small, unit, zero = None, scale, scale, False
        elif token in BIG:
            scale = BIG[token]
            value = section + (number or 0)
            if number is None and not section:
                value = 0 if i else 1
                if i and tokens[i - 1] not in BIG:
                    return None
            while parts and parts[-1][1] < scale:
                value += parts.pop()[0]
            if not value and parts and tokens[i - 1] in BIG and parts[-1][1] == scale:
                value = parts.pop()[0]
            elif (not value and number is None) or (parts and parts[-1][1] <= scale):
                return None
            unit = scale * unit if i and tokens[i - 1] in BIG else scale
            parts.append((value * scale, scale))
            section, number, small, zero = 0, None, 0, False
        elif number is not None:
            return None
        elif token == "零":
            zero = True
        else:
            number = DIGITS[token] if token in DIGITS else _arabic(token)
    rest = _last(tokens, number, unit, zero)
    return None if rest is None else sum(value for value, _ in parts) + section + rest


def _last(tokens: list[str], number: Fraction | int | None, unit: int, zero: bool) -> Fraction | int | None:
    """Value of the last digits, behind the scale `unit` and perhaps a 零; None if they do not fit there."""
    if number is None:
        return None if zero else 0
    if tokens[0] in BIG and len(tokens) == 2:  # 万一
        return None
    if len(tokens[-1]) == 1 and tokens[-2] in SMALL | BIG and unit >= 100 and not zero:  # 三万五 is 35000
        return number * (unit // 10)
    return None if number >= (unit or number + 1) else number
