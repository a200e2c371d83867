"""A sentence as tokens: its words with their class, its claims and its entities.

Classes are those of ``data/words.txt`` and further

====  ==========================================================
C     a number, length of time or frequency (a claim)
T     a date or time (a claim)
E     an entity that can own a number: GPE, ORG, FAC, LOC
H     a person; I a title; L a document
P     punctuation
Q     a short name in quotation marks
x     characters of no known word
====  ==========================================================
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from operator import add

from ..records import TEMPORAL_KINDS, Claim, Entity, Span
from .lexicon import characters, pairs, roles

_RUN = re.compile(r"([\u3400-\u9fff]+)|([0-9A-Za-z.%℃]+)|\s+|([^\u3400-\u9fff0-9A-Za-z\s])")
_HAN, _LATIN = 1, 2  # groups of a run; the third is any other sign
_CLAUSE = re.compile(r"[，；。！？,;!?：:]")
_EDGE = 8  # how much of a stretch is read next to a mark, in characters
_NAME = 14  # longest quoted name, in characters
_ENTITY_CLASS = {"PERSON": "H", "TITLE": "I", "LAW": "L"}
_SUFFIX, _ENDING = roles()["suffix"], roles()["ending"]
_JOINING, _LINK = _SUFFIX | _ENDING, roles()["link"]
_UNKNOWN: tuple[str, tuple[tuple[str, str], ...]] = ("", ())
_INNER = frozenset("·-—“”\"'‘’《》/")


@dataclass(slots=True)
class Sentence:
    """Tokens ``words[i] == text[starts[i]:ends[i]]`` with class; `marks`: the claim or entity of a token.

    ``compares``: whether a word says what a number is measured against; None as long as nobody has looked.
    """

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]
    kinds: list[str]
    marks: list[Span | None]
    compares: bool | None = None

    def __len__(self) -> int:
        return len(self.starts)


def class_of(mark: Span) -> str:
    """Return the class of the token that a claim or entity makes."""
    if isinstance(mark, Claim):
        return "T" if mark.kind in TEMPORAL_KINDS and mark.kind != "duration" else "C"
    assert isinstance(mark, Entity)
    return _ENTITY_CLASS.get(mark.label, "E")


def tokenise(text: str, start: int, end: int, marks: Sequence[Span], whole: bool = False) -> Sentence:
    """Cut ``text[start:end]`` into tokens; `marks` are its claims and entities in order.

    Of a sentence without numbers only what stands next to its marks is cut up, unless the `whole` is wanted.
    """
    out = _Tokens(text, [], [], [])
    classes = [*map(class_of, marks)]
    cut = _cut if whole or "C" in classes else _cut_edges
    at = start
    placed: list[tuple[int, Span]] = []
    for mark, kind in zip(marks, classes, strict=True):
        if mark.start < at or mark.end > end:
            continue
        cut(out, at, mark.start)
        placed.append((len(out.words), mark))
        out.add(mark.start, mark.end, kind)
        at = mark.end
    cut(out, at, end)
    ends = [*map(add, out.starts, map(len, out.words))]
    held: list[Span | None] = [None] * len(ends)
    for i, mark in placed:
        held[i] = mark
    return Sentence(text, out.words, out.starts, ends, out.kinds, held)


@dataclass(slots=True)
class _Tokens:
    """The tokens of a sentence so far."""

    text: str
    words: list[str]
    starts: list[int]
    kinds: list[str]

    def add(self, start: int, end: int, kind: str) -> None:
        self.words.append(self.text[start:end])
        self.starts.append(start)
        self.kinds.append(kind)


def _cut_edges(out: _Tokens, start: int, end: int) -> None:
    """Cut the two ends of a stretch between marks, with a clause mark for those it leaves out."""
    left, right = start + _EDGE, end - _EDGE
    if right <= left:
        _cut(out, start, end)
        return
    _cut(out, start, left)
    mark = _CLAUSE.search(out.text, left, right)
    if mark:
        out.add(mark.start(), mark.end(), "P")
    _cut(out, right, end)


def _cut(out: _Tokens, start: int, end: int) -> None:
    text = out.text
    for run in _RUN.finditer(text, start, end):
        sort = run.lastindex
        if sort == _HAN:
            _words(out, run[0], run.start())
        elif sort == _LATIN:
            word = run[0]
            number = word[0] in "0123456789" and not word.strip("0123456789.")
            out.add(*run.span(), "P" if number else "x")
        elif sort:
            a, b = run.span()
            if text[a] == "“" and (close := _quoted(text, b, end)):
                out.add(a, close, "Q")
                _cut(out, close, end)
                return
            out.add(a, b, "x" if text[a] in _INNER or text[a].isalnum() else "P")


def _quoted(text: str, at: int, end: int) -> int | None:
    """End of a short quoted name that opens just before `at`; None if it is long or a sentence."""
    close = text.find("”", at, min(end, at + _NAME))
    return close + 1 if close > at and not _CLAUSE.search(text, at, close) else None


def _words(out: _Tokens, run: str, start: int) -> None:
    """Cut a run of Chinese characters that begins at `start`, longest known word first."""
    words, starts, kinds = out.words, out.starts, out.kinds
    of_pair, of_character = pairs().get, characters().get
    i, n = 0, len(run)
    while i < n:
        word = run[i : i + 2]
        kind, longer = of_pair(word, _UNKNOWN)
        if longer:
            for long, sort in longer:
                if run.startswith(long, i):
                    word, kind = long, sort
                    break
        if not kind:
            word = run[i]
            if word in _JOINING and _joins(out, word, start + i, run[i + 1 : i + 2]):
                words[-1] += word
                kinds[-1] = "n"
                i += 1
                continue
            kind = of_character(word, "x")
            if kind == "x" and i > 1 and kinds[-1] in "vw" and starts[-1] == start + i - 2:
                first, shared = words[-1][0], words[-1][1] + word
                sort = of_pair(shared, _UNKNOWN)[0]
                if sort and of_character(first):  # 签 + 订单, not 签订 + 单
                    words[-1], kinds[-1] = first, of_character(first, "x")
                    word, kind, i = shared, sort, i - 1
        words.append(word)
        starts.append(start + i)
        kinds.append(kind)
        i += len(word)


def _joins(out: _Tokens, char: str, at: int, following: str) -> bool:
    """Whether a single character at `at` and the word before it make a noun: 联系 + 卡, 菜 + 车."""
    if not out.words or out.starts[-1] + len(out.words[-1]) != at:
        return False
    if char in _LINK and (following in _LINK or out.text[at + 1 : at + 2].isdigit()):  # 钢梁 + 长 + 16米
        return False
    before = out.kinds[-1]
    if before == "v":  # 垫付 + 车 + 费: the character belongs to what follows
        return char in _SUFFIX and len(out.words[-1]) > 1 and following not in _JOINING
    return before in "nwbx"
