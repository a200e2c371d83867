"""Fills the links of the claims of a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ..records import Article, Claim, Entity, Span
from ..sentences import sentences
from ..shadow import normalise
from .asof import Dates
from .choice import Chooser, trained
from .features import View
from .rank_asof import DateRanker
from .rank_subject import SubjectRanker
from .rank_where import WhereRanker
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
    return link_with(trained(), text, claims, entities, articles)


def link_with(
    chooser: Chooser,
    text: str,
    claims: Iterable[Claim],
    entities: Iterable[Entity],
    articles: Sequence[Article] = (),
) -> list[Claim]:
    """Do what `link` does, with any chooser."""
    ordered = sorted(claims, key=lambda c: (c.start, c.end))
    owners = sorted(entities, key=lambda e: (e.start, e.end))
    marks: list[Span] = sorted([*ordered, *owners], key=lambda m: (m.start, m.end))
    shadow = normalise(text)
    out: dict[tuple[int, int], Claim] = {}
    reader = _Reader(chooser, text, owners)
    borders = sorted(a.start for a in articles if a.start > 0)
    k = last = 0
    for start, end in sentences(text):
        new = last == 0 or "\n" in text[last:start]
        last = end
        if borders and start >= borders[0]:
            borders = [b for b in borders if b > start]
            reader = _Reader(chooser, text, [e for e in owners if e.start >= start])
        first = k = _skip(marks, k, start)
        while k < len(marks) and marks[k].start < end:
            k += 1
        if first == k:
            reader.places.pause(new)
            reader.dates.pause(shadow[start:end], new)
            continue
        for claim in reader.read(tokenise(shadow, start, end, marks[first:k]), new):
            out[claim.start, claim.end] = claim
    return [out.get((c.start, c.end), c) for c in ordered]


class _Reader:
    """Reads an article sentence by sentence; what it remembers of one serves the next."""

    def __init__(self, chooser: Chooser, text: str, owners: list[Entity]):
        self.text = text
        self.places, self.dates = Places(owners), Dates()
        self.subject = SubjectRanker(chooser)
        self.where = WhereRanker(text, owners, chooser)
        self.as_of = DateRanker(chooser)

    def read(self, sent: Sentence, new_paragraph: bool) -> Iterator[Claim]:
        """Return the claims of a sentence with their links."""
        topic = self.places.theme if new_paragraph else self.places.topic
        theme = self.places.theme
        carried = self.dates.carried()
        self.places.read(sent, new_paragraph)
        self.dates.read(sent, new_paragraph)
        self.where.sentence(new_paragraph, topic, theme)
        self.as_of.sentence(new_paragraph, carried)
        if "C" in sent.kinds:
            yield from self._claims(sent)
        self.where.close(sent)
        self.as_of.close(sent)

    def _claims(self, sent: Sentence) -> Iterator[Claim]:
        view = View(sent)
        self.subject.sentence(view)
        self.where.view = self.as_of.view = view
        for i in view.numbers:
            claim = sent.marks[i]
            assert isinstance(claim, Claim)
            subject = self.subject.choose(i, claim)
            owner = self.where.choose(i, claim, self.places, subject)
            yield replace(
                claim,
                subject=_original(self.text, subject),
                where=_original(self.text, owner),
                as_of=self.as_of.choose(i, claim, self.dates),
            )


def _skip(marks: Sequence[Span], k: int, start: int) -> int:
    while k < len(marks) and marks[k].start < start:
        k += 1
    return k


def _original(text: str, span: Span | None) -> Span | None:
    """The same stretch with the characters of the text as given."""
    return Span(span.start, span.end, text[span.start : span.end]) if span else None
