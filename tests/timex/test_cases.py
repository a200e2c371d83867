"""The hand-written table of expressions and their normal forms."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from jucuo.timex import find, parse


class Case(NamedTuple):
    line: int
    text: str
    start: int
    end: int
    published: str | None
    kind: str
    timex: str | None
    bound: str | None


def read_cases() -> list[Case]:
    out = []
    lines = Path(__file__).with_name("cases.tsv").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        if not line or line.startswith("#"):
            continue
        marked, published, kind, timex, bound = (line.split("\t") + [""] * 5)[:5]
        marked = marked.replace("\\n", "\n")
        text = marked.replace("«", "").replace("»", "")
        start = marked.find("«") if "«" in marked else 0
        end = marked.find("»") - 1 if "«" in marked else len(text)
        day = {".": "2020-03-11", "-": None}.get(published, published)
        wanted = None if timex == "NULL" else timex
        out.append(
            Case(
                number,
                text,
                start,
                end,
                day,
                kind,
                wanted,
                (bound or None) if kind == "duration" else None,
            )
        )
    return out


CASES = read_cases()


def test_the_table_is_large_and_has_no_doubles():
    assert len(CASES) >= 600
    keys = [(c.text, c.start, c.published) for c in CASES]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.line}:{c.text}")
def test_case(case: Case):
    found = [c for c in find(case.text, case.published) if c.start < case.end and case.start < c.end]
    if case.kind == "none":
        assert [(c.text, c.timex) for c in found] == []
        return
    got = [(c.text, c.kind, c.timex, c.bound) for c in found]
    assert got == [(case.text[case.start : case.end], case.kind, case.timex, case.bound)]


@pytest.mark.parametrize(
    "case",
    [c for c in CASES if c.kind != "none" and c.end - c.start == len(c.text)],
    ids=lambda c: f"{c.line}:{c.text}",
)
def test_parse_reads_whole_expressions(case: Case):
    result = parse(case.text, case.published)
    assert result is not None
    assert (result.kind, result.value, result.bound) == (case.kind, case.timex, case.bound)
    assert (result.problem is None) == (case.timex is not None)
