"""Fills the links of the claims of a text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..records import Article, Claim, Entity, Span
from ..sentences import sentences
from ..shadow import normalise
from .asof import Dates
from .subject import POINT, Subjects
from .tokens import Sentence, tokenise
from .where import Places


def link(
    text: str,
    claims: Iterable[Claim],
    entities: Iterable[Entity],
    published: str | None = None,
    articles: Sequence[Article] = (),
) -> list[Claim]:
    """Return `claims` in order, each with its subject, place and date where the text gives them.

    Parameters
    ----------
    text
        The text as given; all offsets count its code points.
    claims, entities
        What was found in it. Links that the claims already have are replaced.
    published
        Not needed for the links; taken so that all parsers are called alike.
    articles
        The items of a page: what a text speaks of is not carried from one into the next.

    Examples
    --------
    >>> from jucuo.records import Claim, Entity
    >>> claim = Claim(7, 10, "62家", "count", value=62, unit="家", bound="exact")
    >>> found = link("青河区现有企业62家。", [claim], [Entity(0, 3, "青河区", "GPE")])
    >>> found[0].subject.text, found[0].where.text
    ('企业', '青河区')
    """
    ordered = sorted(claims, key=lambda c: (c.start, c.end))
    owners = sorted(entities, key=lambda e: (e.start, e.end))
    marks: list[Span] = sorted([*ordered, *owners], key=lambda m: (m.start, m.end))
    shadow = normalise(text)
    out: dict[tuple[int, int], Claim] = {}
    places, dates = Places(owners), Dates()
    borders = sorted(a.start for a in articles if a.start > 0)
    k = last = 0
    for start, end in sentences(text):
        new = last == 0 or "\n" in text[last:start]
        last = end
        if borders and start >= borders[0]:
            borders = [b for b in borders if b > start]
            places, dates = Places([e for e in owners if e.start >= start]), Dates()
        first = k = _skip(marks, k, start)
        while k < len(marks) and marks[k].start < end:
            k += 1
        if first == k:
            places.pause(new)
            dates.pause(shadow[start:end], new)
            continue
        sent = tokenise(shadow, start, end, marks[first:k])
        places.read(sent, new)
        dates.read(sent, new)
        for claim in _linked(text, sent, places, dates):
            out[claim.start, claim.end] = claim
    return [out.get((c.start, c.end), c) for c in ordered]


def _skip(marks: Sequence[Span], k: int, start: int) -> int:
    while k < len(marks) and marks[k].start < start:
        k += 1
    return k


def _linked(text: str, sent: Sentence, places: Places, dates: Dates) -> Iterable[Claim]:
    subjects = Subjects(sent)
    for i, kind in enumerate(sent.kinds):
        claim = sent.marks[i]
        if kind == "C" and isinstance(claim, Claim):
            subject = subjects.of(i)
            owner = places.found.get(i) if has_place(text, claim, subject, i in places.explicit) else None
            yield replace(
                claim,
                subject=_original(text, subject),
                where=_original(text, owner),
                as_of=dates.found.get(i),
            )


def _original(text: str, span: Span | None) -> Span | None:
    """The same stretch with the characters of the text as given."""
    return Span(span.start, span.end, text[span.start : span.end]) if span else None


def has_place(text: str, claim: Claim, subject: Span | None, explicit: bool) -> bool:
    """Whether a claim can belong to a place.

    An ordinal or an age does not; lengths, distances and the like do when they measure something named,
    or when their own sentence names the place.
    """
    if claim.kind == "ordinal" or (claim.kind == "duration" and "岁" in claim.text):
        return False
    if claim.kind == "duration":
        moment = text[claim.end : claim.end + 1] in POINT
        return not moment and (explicit or subject is not None)
    return claim.kind != "quantity" or explicit or subject is not None
