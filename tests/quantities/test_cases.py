"""The finder of quantities against sentences marked by hand."""

from __future__ import annotations

import pathlib
import re

import pytest

from jucuo import quantities
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
    text, claims, last = "", [], 0
    for m in MARK.finditer(marked):
        text += marked[last : m.start()]
        head, _, base = m[2].partition("; b=")
        claim, _ = parse_claim((len(text), len(text) + len(m[1]), m[1]), head.strip())
        claims.append((*normal_form(claim)[:-1], base or None))
        text += m[1]
        last = m.end()
    return text + marked[last:], claims


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
