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

from ..records import TEMPORAL_KINDS, Claim, Entity, Span
from .lexicon import lengths, roles, words

_RUN = re.compile(r"[\u3400-\u9fff]+|[0-9A-Za-z.%℃]+|\s+|[^\u3400-\u9fff0-9A-Za-z\s]")
_CLAUSE = re.compile(r"[，；。！？,;!?：:]")
_EDGE = 8  # how much of a stretch is read next to a mark, in characters
_NAME = 14  # longest quoted name, in characters
_ENTITY_CLASS = {"PERSON": "H", "TITLE": "I", "LAW": "L"}
_SUFFIX, _ENDING = roles()["suffix"], roles()["ending"]
_INNER = frozenset("·-—“”\"'‘’《》/")


@dataclass(slots=True)
class Sentence:
    """Tokens ``words[i] == text[starts[i]:ends[i]]`` with class; `marks`: the claim or entity of a token."""

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]
    kinds: list[str]
    marks: list[Span | None]

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
    out = Sentence(text, [], [], [], [], [])
    cut = _cut if whole or any(class_of(mark) == "C" for mark in marks) else _cut_edges
    at = start
    for mark in marks:
        if mark.start < at or mark.end > end:
            continue
        cut(out, at, mark.start)
        _add(out, mark.start, mark.end, class_of(mark), mark)
        at = mark.end
    cut(out, at, end)
    return out


def _cut_edges(out: Sentence, start: int, end: int) -> None:
    """Cut the two ends of a stretch between marks, with a clause mark for those it leaves out."""
    left, right = start + _EDGE, end - _EDGE
    if right <= left:
        _cut(out, start, end)
        return
    _cut(out, start, left)
    mark = _CLAUSE.search(out.text, left, right)
    if mark:
        _add(out, mark.start(), mark.end(), "P")
    _cut(out, right, end)


def _add(out: Sentence, start: int, end: int, kind: str, mark: Span | None = None) -> None:
    out.words.append(out.text[start:end])
    out.starts.append(start)
    out.ends.append(end)
    out.kinds.append(kind)
    out.marks.append(mark)


def _cut(out: Sentence, start: int, end: int) -> None:
    text = out.text
    for run in _RUN.finditer(text, start, end):
        a, b = run.span()
        first = text[a]
        if "\u3400" <= first <= "\u9fff":
            _words(out, a, b)
        elif first.isalnum():
            _add(out, a, b, "P" if first.isdigit() and text[a:b].strip("0123456789.") == "" else "x")
        elif first == "“" and (close := _quoted(text, b, end)):
            _add(out, a, close, "Q")
            _cut(out, close, end)
            return
        elif not first.isspace():
            _add(out, a, b, "x" if first in _INNER else "P")


def _quoted(text: str, at: int, end: int) -> int | None:
    """End of a short quoted name that opens just before `at`; None if it is long or a sentence."""
    close = text.find("”", at, min(end, at + _NAME))
    return close + 1 if close > at and not _CLAUSE.search(text, at, close) else None


def _words(out: Sentence, at: int, end: int) -> None:
    """Cut a run of Chinese characters, longest known word first."""
    text, known, sizes = out.text, words(), lengths()
    while at < end:
        first = text[at]
        for n in sizes.get(first, ()):
            if at + n <= end and (word := text[at : at + n]) in known:
                break
        else:
            n, word = 1, first
        out.words.append(word)
        out.starts.append(at)
        out.ends.append(at + n)
        out.kinds.append(known.get(word, "x"))
        out.marks.append(None)
        at += n
        if n == 1:
            _join(out, text[at] if at < end else "")


def _join(out: Sentence, following: str) -> None:
    """Join a final single character to the word before it where the two make a noun: 联系 + 卡, 菜 + 车."""
    if len(out) < 2 or out.starts[-1] != out.ends[-2] or out.marks[-2] is not None:
        return
    char, before = out.words[-1], out.kinds[-2]
    fits = (char in _SUFFIX and before in "vnwbx") or (char in _ENDING and before in "nwbx")
    if before == "v":  # 垫付 + 车 + 费: the character belongs to what follows
        fits = fits and len(out.words[-2]) > 1 and following not in _SUFFIX and following not in _ENDING
    if fits:
        out.words[-2:] = [out.words[-2] + char]
        del out.ends[-2], out.starts[-1], out.kinds[-1], out.marks[-1]
        out.kinds[-1] = "n"
