"""Each row of the tables of words around a number does what its table says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files

import pytest

from jucuo import quantities
from jucuo.numerals import LEFT, NOT_AFTER, parse, spellings
from jucuo.quantities.context import left_modifier

SENTENCES = {
    "size": "规模{}3000个",
    "object": "{}费用3000个",
    "points": "{}利率3个百分点",
    "reached": "规模{}达3000个",
    "compared": "规模比上年{}3000个",
}


def rows(name: str) -> list[str]:
    lines = files("jucuo.quantities").joinpath(f"data/{name}").read_text("utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def changes() -> Iterator[tuple[str, str]]:
    for row in rows("changes.tsv"):
        written, trend, uses = row.split("\t")[:3]
        for word in spellings(written):
            for use in uses.split(","):
                yield SENTENCES[use].format(word), trend


@pytest.mark.parametrize(("sentence", "trend"), list(changes()))
def test_a_word_of_change(sentence: str, trend: str) -> None:
    assert [c.trend for c in quantities.find(sentence)] == [trend]


def guarded() -> Iterator[str]:
    """Words of change beside one of the characters or words that make them none."""
    for row in rows("changes.tsv"):
        written, _, _, before, after = [*row.split("\t"), "", ""][:5]
        for word in spellings(written):
            if before:
                yield f"规模{before[0]}{word}3000个"
            if after:
                yield f"规模{word}{after.split('|')[0] if '|' in after else after[0]}3000个"


@pytest.mark.parametrize("sentence", list(guarded()))
def test_a_word_that_is_no_change_there(sentence: str) -> None:
    assert [c.trend for c in quantities.find(sentence)] == [None]


@pytest.mark.parametrize("word", " ".join(rows("objects.txt")).split())
def test_an_object_states_no_level(word: str) -> None:
    assert [c.trend for c in quantities.find(f"减少{word}3000个")] == ["down"]


@pytest.mark.parametrize("word", " ".join(rows("not_compared.txt")).split())
def test_a_word_that_does_not_compare(word: str) -> None:
    written = re.sub(r"\(\?!.*\)", "", re.sub(r"\(\?=([^|)]+).*\)", r"\1", word))
    assert [c.base for c in quantities.find(f"{written}规模增长3%")] == [None]
    assert [c.base for c in quantities.find("比规模增长3%")] == ["比规模"]


@pytest.mark.parametrize("word", list(LEFT))
def test_a_word_that_bounds(word: str) -> None:
    found = parse(f"{word}30万")
    assert found is not None
    assert (found.value, found.bound) == (300000, LEFT[word])
    assert left_modifier(f"共{word}3万", len(word) + 1, "3万")[1] in (LEFT[word], None)


@pytest.mark.parametrize("word", list(NOT_AFTER))
def test_a_word_that_ends_like_a_bound(word: str) -> None:
    assert left_modifier(f"共{word}百", len(word) + 1, "百")[1] == LEFT[word]
    for before in NOT_AFTER[word]:
        assert left_modifier(f"共{before}{word}百", len(word) + 2, "百")[1] is None


BESIDE = {  # a sentence for each list of words beside a number, and what each word makes of the last number
    "then": ("增幅{}3%", ("percent", 3, "%", "up")),
    "not_change": ("规模比上年{}3000个", ("count", 3000, "个", None)),
    "folds": ("面临三重{}", ("count", 3, "重")),
    "not_people": ("14个工人{}", ("count", 14, "个")),
    "great": ("推进十二大{}", ("count", 12, "")),
    "clicks": ("{}5个亿", ("count", 500000000, "")),
    "warm": ("{}设为26度的房间", ("quantity", 26, "℃")),
    "angle": ("{}26度", ("quantity", 26, "°")),
    "result": ("{}-3亿元", ("money", -300000000, "CNY")),
    "first": ("第一{}", ()),
    "meeting": ("第三次工作{}", ()),
    "numbered": ("第三{}", ()),
    "overcome": ("突破60个{}", ("count", 60, "个", None, "exact")),
    "rated": ("{}92.5分", ("count", 92.5, "分")),
    "paid": ("{}百元", ("money", 100, "CNY")),
    "paid_for": ("百元{}", ("money", 100, "CNY")),
    "price": ("{}300", ("money", 300, "CNY")),
    "money": ("{}3万", ("money", 30000, "CNY")),
    "pieces": ("{}5块", ("count", 5, "块")),
}


def beside() -> Iterator[tuple[str, str]]:
    for row in rows("context.txt"):
        name, *patterns = row.split()
        for pattern in patterns:
            pattern = re.sub(r"\(\?<?!.*?\)|\?$", "", re.sub(r"\(\?:([^|)]+).*\)", r"\1", pattern))
            for word in spellings(pattern.replace(r"\s", " ")):
                yield name, word


@pytest.mark.parametrize(("name", "word"), list(beside()))
def test_a_word_beside_a_number(name: str, word: str) -> None:
    if name == "paced":
        claims = quantities.find(f"产量同比增长8%，增幅{word}3个百分点")
        assert [(c.trend is None, c.base) for c in claims] == [(False, "同比"), (False, None)]
        return
    sentence, expected = BESIDE[name]
    other = "多" if name == "not_change" else "某"
    found, without = (
        [
            (c.kind, c.value, c.unit, c.trend, c.bound)[: len(expected)]
            for c in quantities.find(sentence.format(w))
        ]
        for w in (word, other)
    )
    assert found == [expected] * bool(expected)
    assert found != without
