"""Fills the links of the claims of a text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..records import Article, Claim, Entity, Span
from .sentences import sentences
from .subject import Subjects
from .tokens import Sentence, tokenise


def link(
    text: str,
    claims: Iterable[Claim],
    entities: Iterable[Entity],
    published: str | None = None,
    articles: Sequence[Article] = (),
) -> list[Claim]:
    claims = sorted(claims, key=lambda c: c.start)
    out = {}
    marks = sorted([*claims, *entities], key=lambda m: (m.start, m.end))
    k = 0
    for start, end in sentences(text):
        while k < len(marks) and marks[k].start < start:
            k += 1
        first = k
        while k < len(marks) and marks[k].start < end:
            k += 1
        sent = tokenise(text, start, end, marks[first:k])
        subjects = Subjects(sent)
        for i, kind in enumerate(sent.kinds):
            if kind == "C":
                c = sent.marks[i]
                out[c.start] = replace(c, subject=subjects.of(i))
    return [out.get(c.start, c) for c in claims]
