"""The dictionary of the encoder: which tokens begin, continue and end its words."""

from __future__ import annotations

import numpy
import pytest
from spacy.vocab import Vocab

from jucuo.network.features import token_keys
from jucuo.network.lexicon import CLASSES, N_FLAGS, flags
from jucuo.pipeline.tokenizer import ZhTokenizer

PARTS = ("begin 2", "end 2", "begin 3", "inside 3", "end 3", "begin 4", "inside 4", "end 4")


def keys_of(text: str) -> numpy.ndarray:
    return token_keys([ZhTokenizer(Vocab())(text)])[0]


def said(text: str) -> list[set[str]]:
    """Of each token the flags that are set."""
    names = [f"{part} {kind}" for part in PARTS for kind in CLASSES]
    return [{names[i] for i in numpy.flatnonzero(row)} for row in flags(keys_of(text))]


@pytest.mark.parametrize(
    ("text", "kind", "parts"),
    [
        ("在攀枝花举行", "place", ["", "begin 3", "inside 3", "end 3", "", ""]),
        ("在张家口市举行", "place", ["", "begin 4", "inside 4", "inside 4", "end 4", "", ""]),
        ("访问布拉格", "place", ["", "", "begin 3", "inside 3", "end 3"]),
        ("去天津", "place", ["", "begin 2", "end 2"]),
        ("企业复工", "word", ["begin 2", "end 2", "", ""]),
        ("社会主义", "word", ["begin 4", "inside 4", "inside 4", "end 4"]),
        ("邓小平说", "person", ["begin 3", "inside 3", "end 3", ""]),
        ("国务院令", "organisation", ["begin 3", "inside 3", "end 3", ""]),
    ],
)
def test_words(text, kind, parts):
    for found, part in zip(said(text), parts, strict=True):
        assert not part or f"{part} {kind}" in found


@pytest.mark.parametrize(("text", "same"), [("國務院總理", "国务院总理"), ("臺灣", "台湾")])
def test_scripts_are_read_alike(text, same):
    assert said(text) == said(same) and any(said(text))


@pytest.mark.parametrize("text", ["", "3", "12 ABC", "，。"])
def test_no_words(text):
    assert flags(keys_of(text)).shape == (len(keys_of(text)), N_FLAGS)
    assert not flags(keys_of(text)).any()


def test_texts_end_to_end_do_not_mix():
    first, second = keys_of("新闻发布"), keys_of("会议室在二楼")
    gap = numpy.zeros(3, dtype="uint64")
    together = flags(numpy.concatenate([first, gap, second]))
    numpy.testing.assert_array_equal(together[: len(first)], flags(first))
    numpy.testing.assert_array_equal(together[-len(second) :], flags(second))
