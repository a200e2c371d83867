"""Claims of a text as it was before it was wrapped: without the line breaks inside its sentences.

A number broken over two lines is one number then, and a text says the same with Windows line ends.

>>> found, _ = find_and_link("全县的企业已复工，共组织农技人员12\\r\\n0名下乡指导。", None, [], [], [])
>>> [(c.text, c.value) for c in found]
[('12\\r\\n0名', 120)]
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from . import claims, linking
from .records import Article, Claim, Entity, Measure, Span
from .sentences import join_shadow
from .shadow import normalise

AnySpan = TypeVar("AnySpan", Entity, Measure, Article)
_LINE_END = re.compile(r"\r(?=\n)")
_BREAK = re.compile(r"(?<![A-Za-z \n]) *\n[ \n]*")


def find_and_link(
    text: str,
    published: str | None,
    names: Sequence[Entity],
    measures: Sequence[Measure],
    articles: Sequence[Article],
) -> tuple[list[Claim], list[Measure]]:
    """Do what `claims.find` and `linking.link_all` do, in the text without what wrapping put into it.

    Offsets are those of the text as given, and so are the surfaces.
    """
    cuts = _cuts(text)
    if not cuts and "\r" not in text:
        found = claims.find(text, published, names)
        return linking.link_all(text, found, measures, names, articles)
    short = Unwrapped(text, cuts)
    names = short.to(names)
    found = claims.find(short.text, published, names)
    found, acted = linking.link_all(short.text, found, short.to(measures), names, short.to(articles))
    ordered = sorted(measures, key=lambda m: (m.start, m.end))
    return (
        [short.claim(c) for c in found],
        [replace(m, actor=short.span(a.actor)) for m, a in zip(ordered, acted, strict=True)],
    )


def _cuts(text: str) -> list[int]:
    """The characters to leave out: the first of a Windows line end, and line breaks inside a sentence.

    A break behind a Latin letter stays, for it parts two words.
    """
    shadow = normalise(text)
    if "\n" not in shadow:
        return []
    joined = join_shadow(shadow)
    if joined == shadow and "\r" not in text:
        return []
    cuts = {m.start() for m in _LINE_END.finditer(text)}
    for m in _BREAK.finditer(shadow):
        if "\n" not in joined[m.start() : m.end()]:
            cuts.update(range(*m.span()))
    return sorted(cuts)


class Unwrapped:
    """A text without the characters `cuts`, and the way from its offsets to those of the text and back."""

    def __init__(self, text: str, cuts: Sequence[int]):
        pieces = [text[a:b] for a, b in zip([0, *(c + 1 for c in cuts)], [*cuts, len(text)], strict=True)]
        self.text = "".join(pieces).replace("\r", "\n")
        self._given, self._cuts = text, cuts
        self._shifted = [c - i for i, c in enumerate(cuts)]

    def to(self, spans: Sequence[AnySpan]) -> list[AnySpan]:
        """Spans of the text as given, with offsets of this one."""
        return [
            replace(
                s,
                start=s.start - bisect_left(self._cuts, s.start),
                end=s.end - bisect_left(self._cuts, s.end),
            )
            for s in spans
        ]

    def span(self, span: Span | None) -> Span | None:
        """A span of this text as one of the text as given."""
        return None if span is None else Span(*self._back(span))

    def claim(self, claim: Claim) -> Claim:
        """A claim of this text as one of the text as given."""
        start, end, text = self._back(claim)
        subject, where = self.span(claim.subject), self.span(claim.where)
        return replace(claim, start=start, end=end, text=text, subject=subject, where=where)

    def _back(self, span: Span) -> tuple[int, int, str]:
        start = span.start + bisect_right(self._shifted, span.start)
        end = span.end - 1 + bisect_right(self._shifted, span.end - 1) + 1
        return start, end, self._given[start:end]
