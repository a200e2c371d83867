"""Fills the links of the claims of a text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..records import Article, Claim, Entity
from .asof import Dates
from .sentences import sentences
from .subject import POINT, Subjects
from .tokens import class_of, tokenise
from .where import Places, as_span, is_media


def has_place(text: str, claim: Claim, explicit: bool) -> bool:
    """Whether a claim can belong to a place.

    An ordinal or an age does not; lengths, distances and the like do when they measure something named,
    or when their own sentence names the place.
    """
    if claim.kind == "ordinal" or claim.kind == "duration" and "岁" in claim.text:
        return False
    if claim.kind == "duration":
        moment = text[claim.end : claim.end + 1] in POINT
        return not moment and (explicit or claim.subject is not None)
    return claim.kind != "quantity" or explicit or claim.subject is not None


def link(
    text: str,
    claims: Iterable[Claim],
    entities: Iterable[Entity],
    published: str | None = None,
    articles: Sequence[Article] = (),
) -> list[Claim]:
    entities = list(entities)
    claims = sorted(claims, key=lambda c: c.start)
    out = {}
    marks = sorted([*claims, *entities], key=lambda m: (m.start, m.end))
    owners = (e for e in entities if class_of(e) == "E" and not is_media(e))
    places, dates = Places(next(owners, None)), Dates()
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
                c = replace(c, subject=subjects.of(i), as_of=dates.found.get(i))
                w = as_span(places.found.get(i)) if has_place(text, c, i in places.explicit) else None
                out[c.start] = replace(c, where=w)
    return [out.get(c.start, c) for c in claims]
