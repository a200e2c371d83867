"""Numerals against hand-written cases, round trips and long input."""

from __future__ import annotations

import pathlib
import time
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jucuo import numerals
from jucuo.numerals import Numeral

ROWS = [
    (line.split("\t") + [""] * 4)[:5]
    for line in pathlib.Path(__file__).with_name("cases.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
DIGITS = "零一二三四五六七八九"


def number(cell: str) -> Fraction | None:
    return Fraction(cell) if cell else None


@pytest.mark.parametrize(("text", "value", "low", "high", "bound"), ROWS, ids=[r[0] or "empty" for r in ROWS])
def test_parse(text: str, value: str, low: str, high: str, bound: str) -> None:
    found = numerals.parse(text)
    if value == "none":
        assert found is None
    else:
        assert found == Numeral(number(value), number(low), number(high), bound)


def test_types_are_exact() -> None:
    assert type(numerals.to_number("1.1亿")) is int
    assert numerals.to_number("3.5") == Decimal("3.5")
    assert type(numerals.to_number("3.5")) is Decimal
    assert type(numerals.parse("三分之二").value) is Fraction
    assert numerals.to_number("123456789012345678901234567890.5") == Decimal(
        "123456789012345678901234567890.5"
    )


def chinese(n: int) -> str:
    """Write a whole number below 10^16 in characters, the schoolbook way."""
    if n < 10:
        return DIGITS[n]
    for scale, name in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if n >= scale:
            head, rest = divmod(n, scale)
            gap = "零" if rest and rest * 10 < scale else ""
            return chinese(head) + name + gap + (chinese(rest) if rest else "")
    raise AssertionError


FINANCIAL = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
TRADITIONAL = str.maketrans("万亿", "萬億")


@given(st.integers(0, 10**16 - 1))
def test_chinese_round_trip(n: int) -> None:
    text = chinese(n)
    assert numerals.to_number(text) == n
    assert numerals.to_number(text.translate(FINANCIAL).translate(TRADITIONAL)) == n


@given(st.integers(0, 10**40))
def test_digits_round_trip(n: int) -> None:
    assert numerals.to_number(str(n)) == n
    assert numerals.to_number(f"{n:,}") == n
    assert numerals.to_number("".join(DIGITS[int(c)] for c in str(n))) == n


@given(
    st.decimals(0, 10**9, places=4, allow_nan=False), st.sampled_from([("", 1), ("万", 10**4), ("亿", 10**8)])
)
def test_decimals_with_scale_are_exact(x: Decimal, scale: tuple[str, int]) -> None:
    assert Fraction(numerals.to_number(f"{x:f}{scale[0]}")) == Fraction(x) * scale[1]


@given(st.text("零一两三十百千万亿几数半点分之0123456789.,-至到多余约近上", max_size=30))
def test_never_raises(text: str) -> None:
    numerals.parse(text)


def test_long_input_is_refused_quickly() -> None:
    start = time.perf_counter()
    for text in ("9" * 10_000, "九" * 10_000, "万" * 10_000, "一千" * 5_000, "3至" * 5_000):
        assert numerals.parse(text) is None
        assert numerals.to_number(text) is None
    assert time.perf_counter() - start < 0.5
