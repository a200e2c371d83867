"""Arithmetic that texts state, from a table written by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from jucuo.corpus import arithmetic
from jucuo.corpus.markup import AnnotatedText, Relation, parse_claim
from jucuo.records import Record

ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "arithmetic.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


def made(kind: str, specs: list[str], wrong: bool = False) -> AnnotatedText:
    text, claims = "", []
    for spec in specs:
        surface, _, head = spec.partition(" ")
        claim, _ = parse_claim((len(text), len(text) + len(surface), surface), head)
        claims.append(claim)
        text += surface + "。"
    names = tuple(f"c{i}" for i in range(len(claims)))
    relation = Relation(kind, names, wrong)
    ids = {n: i for i, n in enumerate(names)}
    return AnnotatedText(text, Record("a", claims=tuple(claims)), "report", (), (relation,), ids)


@pytest.mark.parametrize("row", ROWS, ids="|".join)
def test_table(row: list[str]) -> None:
    kind, *specs, holds = row
    assert (not arithmetic.faults(made(kind, specs))) == (holds == "yes")


def test_an_error_on_purpose_must_be_one() -> None:
    good, bad = (
        ["3个 count 3 个", "2个 count 2 个", "1个 count 1 个"],
        ["4个 count 4 个", "2个 count 2 个", "1个 count 1 个"],
    )
    assert not arithmetic.faults(made("sum", bad, wrong=True))
    ((_, message),) = arithmetic.faults(made("sum", good, wrong=True))
    assert "marked wrong, but holds" in message
