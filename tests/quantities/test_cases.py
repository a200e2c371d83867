"""The finder of quantities against sentences marked by hand."""

from __future__ import annotations

import pathlib
import re

import pytest

from jucuo import claims, quantities
from jucuo.corpus.markup import parse_claim
from jucuo.records import Claim

MARK = re.compile(r"<([^<>|]+)\|([^<>|]+)>")


def cases() -> list[str]:
    """The marked sentences; a line that does not close its mark goes on in the next."""
    out: list[str] = []
    for line in pathlib.Path(__file__).with_name("cases.txt").read_text("utf-8").splitlines():
        if (out and out[-1].count("<") > out[-1].count(">")) or (
            out and re.search(r"\d$", out[-1]) and re.match(r"[^<#]*\|", line)
        ):
            out[-1] += "\n" + line
        elif line and not line.startswith("#"):
            out.append(line)
    return out


def unmark(marked: str) -> tuple[str, list[tuple[object, ...]]]:
    """The sentence without its marks, and what the marks say."""
    text, found, last = "", [], 0
    for m in MARK.finditer(marked):
        text += marked[last : m.start()]
        head, _, base = m[2].partition("; b=")
        claim, _ = parse_claim((len(text), len(text) + len(m[1]), m[1]), head.strip())
        found.append((*normal_form(claim)[:-1], base or None))
        text += m[1]
        last = m.end()
    return text + marked[last:], found


def normal_form(c: Claim) -> tuple[object, ...]:
    unit = None if c.kind == "ordinal" else c.unit
    return (c.start, c.text, c.kind, c.value, c.low, c.high, unit, c.bound, c.trend, c.timex, c.base)


CASES = cases()


def test_there_are_enough() -> None:
    assert sum(max(1, len(MARK.findall(case))) for case in CASES) >= 600


@pytest.mark.parametrize("marked", CASES)
def test_case(marked: str) -> None:
    text, expected = unmark(marked)
    assert [normal_form(c) for c in quantities.find(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("棚里半月一消毒", [("半月一消毒", "frequency", "P15D")]),
        ("落实“三天两检”", []),
        ("落实“三天两检、点对点”", []),
        ("全员三天两检", [("三天两检", "frequency", "P3D")]),
        ("冷库三日一次消杀", [("三日一次", "frequency", "P3D")]),
        ("在第2、5、9天采样", [("第2", "ordinal", None), ("5", "ordinal", None), ("9", "ordinal", None)]),
        ("谁知第二天就修好了", [("第二", "ordinal", None)]),
        ("还款期限延长8个月", [("8个月", "duration", "P8M")]),
    ],
)
def test_numbers_beside_times(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert [(c.text, c.kind, c.timex) for c in claims.find(text, "2020-03-11")] == expected


def test_a_length_that_is_a_change_has_a_trend() -> None:
    assert [c.trend for c in claims.find("还款期限延长8个月，办证缩短9天，停了6天")] == ["up", "down", None]
