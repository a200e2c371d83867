"""Tokens: one per Han character; figures, Latin words and addresses whole; every character in one token."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab

from jucuo.pipeline.text import text_of
from jucuo.pipeline.tokenizer import ZhTokenizer

TOKENIZER = ZhTokenizer(Vocab())

CASES = [
    ("复工率达95.5%", ["复", "工", "率", "达", "95.5%"]),
    ("共1,200.5万元", ["共", "1,200.5", "万", "元"]),
    ("１２个、３％", ["１２", "个", "、", "３％"]),
    ("3月5日", ["3", "月", "5", "日"]),
    ("2020-03-05 07:12", ["2020", "-", "03", "-", "05", " ", "07", ":", "12"]),
    ("见www.example.gov.cn/a?b=1。", ["见", "www.example.gov.cn/a?b=1", "。"]),
    ("信箱 yq@example.com", ["信", "箱", " ", "yq@example.com"]),
    ("用APP扫码", ["用", "APP", "扫", "码"]),
    ("5G、N95", ["5", "G", "、", "N", "95"]),
    ("1,2,3", ["1", ",", "2", ",", "3"]),
    ("第一行\n\n 第二行", ["第", "一", "行", "\n", "\n", " ", "第", "二", "行"]),
    ("𠮷田", ["𠮷", "田"]),
    ("", []),
]


@pytest.mark.parametrize(("text", "tokens"), CASES)
def test_tokens(text, tokens):
    assert [t.text for t in TOKENIZER(text)] == tokens


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=80))
def test_nothing_is_lost(text):
    doc = TOKENIZER(text)
    assert doc.text == text
    assert all(text[t.idx : t.idx + len(t)] == t.text for t in doc)


def test_the_text_that_is_remembered_is_that_of_the_doc():
    doc = TOKENIZER("全县复工62家。")
    assert text_of(doc) == doc.text
    with doc.retokenize() as retokenizer:
        retokenizer.merge(doc[0:2])
    again = Doc(doc.vocab).from_bytes(doc.to_bytes())
    words = Doc(doc.vocab, words=["全县", "复工", "62", "家"], spaces=[False, True, False, True])
    for other in (doc, again, doc.copy(), doc[1:3].as_doc(), words):
        assert text_of(other) == text_of(other) == other.text


def test_many_digits_are_read_in_linear_time():
    start = time.perf_counter()
    TOKENIZER("9" * 100_000 + "," + "1,234" * 20_000 + "a.b@" * 20_000)
    assert time.perf_counter() - start < 2
