"""Fills the links of the claims of a text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..records import Article, Claim, Entity
from .asof import Dates
from .sentences import sentences
from .subject import Subjects
from .tokens import tokenise
from .where import Places, as_span


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
    places, dates = Places(), Dates()
    starts = {a.start for a in articles}
    k = 0
    for start, end in sentences(text):
        while k < len(marks) and marks[k].start < start:
            k += 1
        first = k
        while k < len(marks) and marks[k].start < end:
            k += 1
        new = start == 0 or text[start - 1].isspace()
        if first == k and not new:
            continue
        sent = tokenise(text, start, end, marks[first:k])
        if not len(sent):
            continue
        subjects = Subjects(sent)
        places.read(sent, new)
        dates.read(sent, new)
        for i, kind in enumerate(sent.kinds):
            if kind == "C":
                c = sent.marks[i]
                w = as_span(places.found.get(i)) if c.kind != "ordinal" else None
                out[c.start] = replace(c, subject=subjects.of(i), where=w, as_of=dates.found.get(i))
    return [out.get(c.start, c) for c in claims]
