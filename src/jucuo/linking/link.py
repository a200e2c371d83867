"""Fills the links of the claims of a text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ..records import Article, Claim, Entity, Measure, QuickClaim, Span
from ..sentences import split
from ..shadow import normalise
from .actor import ActorRanker
from .asof import Dates
from .base import Bases
from .choice import Chooser, trained
from .dateline import skip_dateline
from .features import View
from .rank_asof import DateRanker
from .rank_subject import SubjectRanker
from .rank_where import WhereRanker
from .tokens import tokenise
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
    return link_with(trained(), text, claims, entities, articles)[0]


def link_all(
    text: str,
    claims: Iterable[Claim],
    measures: Iterable[Measure],
    entities: Iterable[Entity],
    articles: Sequence[Article] = (),
) -> tuple[list[Claim], list[Measure]]:
    """Return `claims` as `link` does, and `measures` in order, each with its actor where one is named.

    Examples
    --------
    >>> from jucuo.records import Entity, Measure
    >>> measure = Measure(6, 12, "设立5个卡点", "checkpoint")
    >>> _, found = link_all("青河区连夜，设立5个卡点。", [], [measure], [Entity(0, 3, "青河区", "GPE")])
    >>> found[0].actor.text
    '青河区'
    """
    return link_with(trained(), text, claims, entities, articles, measures)


def link_with(
    chooser: Chooser,
    text: str,
    claims: Iterable[Claim],
    entities: Iterable[Entity],
    articles: Sequence[Article] = (),
    measures: Iterable[Measure] = (),
) -> tuple[list[Claim], list[Measure]]:
    """Do what `link_all` does, with any chooser."""
    ordered = sorted(claims, key=lambda c: (c.start, c.end))
    actions = sorted(measures, key=lambda m: (m.start, m.end))
    shadow = normalise(text)
    pieces = [(start, skip_dateline(shadow, start, end), end) for start, end in split(shadow)]
    owners = sorted(_outside_datelines(entities, pieces), key=lambda e: (e.start, e.end))
    marks: list[Span] = sorted([*ordered, *owners], key=lambda m: (m.start, m.end))
    out: dict[tuple[int, int], Claim] = {}
    done: dict[tuple[int, int], Measure] = {}
    reader = _Reader(chooser, text, owners)
    borders = sorted(a.start for a in articles if a.start > 0)
    k = j = last = 0
    for begin, start, end in pieces:
        new = last == 0 or "\n" in text[last:begin]
        last = end
        if borders and start >= borders[0]:
            borders = [b for b in borders if b > start]
            reader = _Reader(chooser, text, [e for e in owners if e.start >= start])
        first, k = _within(marks, k, start, end)
        acted, j = _within(actions, j, start, end)
        if first == k and acted == j:
            reader.pause(shadow[start:end], new)
            continue
        sent = tokenise(shadow, start, end, marks[first:k], whole=acted < j)
        view = View(sent)
        for claim in reader.read(view, new):
            out[claim.start, claim.end] = claim
        for measure in reader.actors(view, new, actions[acted:j]):
            done[measure.start, measure.end] = measure
    return (
        [out.get((c.start, c.end), c) for c in ordered],
        [done.get((m.start, m.end), m) for m in actions],
    )


def _outside_datelines(
    entities: Iterable[Entity], pieces: Sequence[tuple[int, int, int]]
) -> Iterator[Entity]:
    """The entities of the reports; `pieces` are start, start of the report, and end of each sentence."""
    starts = [start for start, _, _ in pieces]
    for e in entities:
        k = bisect_right(starts, e.start) - 1
        if k < 0 or e.start >= pieces[k][1]:
            yield e


class _Reader:
    """Reads an article sentence by sentence; what it remembers of one serves the next."""

    def __init__(self, chooser: Chooser, text: str, owners: list[Entity]):
        self.text = text
        self.places, self.dates = Places(owners), Dates()
        self.subject = SubjectRanker(chooser)
        self.where = WhereRanker(text, owners, chooser)
        self.as_of = DateRanker(chooser)
        self.actor = ActorRanker(chooser)
        self.bases = Bases()

    def pause(self, line: str, new_paragraph: bool) -> None:
        """Pass over a sentence without numbers, dates, names and measures."""
        self.places.pause(new_paragraph)
        self.dates.pause(line, new_paragraph)
        self.actor.sentence(new_paragraph)
        self.actor.close(None)

    def read(self, view: View, new_paragraph: bool) -> Iterator[Claim]:
        """Return the claims of a sentence with their links."""
        sent = view.sent
        topic = self.places.theme if new_paragraph else self.places.topic
        theme = self.places.theme
        carried = self.dates.carried()
        self.places.read(view, new_paragraph)
        self.dates.read(sent, new_paragraph)
        self.where.sentence(new_paragraph, topic, theme)
        self.as_of.sentence(new_paragraph, carried)
        if view.numbers:
            yield from self._claims(view)
        self.where.close(view)
        self.as_of.close(view, self.dates)

    def actors(self, view: View, new_paragraph: bool, measures: Sequence[Measure]) -> Iterator[Measure]:
        """Return the measures of a sentence with their actors."""
        self.actor.sentence(new_paragraph)
        if measures:
            for measure, actor in self.actor.read(view, measures):
                yield replace(measure, actor=_original(self.text, actor))
        self.actor.close(view)

    def _claims(self, view: View) -> Iterator[Claim]:
        sent, text = view.sent, self.text
        self.subject.sentence(view)
        self.where.view = self.as_of.view = view
        for i in view.numbers:
            claim = sent.marks[i]
            assert isinstance(claim, Claim)
            subject = self.subject.choose(i, claim)
            owner = self.where.choose(i, claim, self.places, subject)
            as_of = self.as_of.choose(i, claim, self.dates)
            base = self.bases.of(sent.text, claim)
            links = (_original(text, subject), _original(text, owner), as_of)
            yield _linked(claim, base, links)


def _within(marks: Sequence[Span], k: int, start: int, end: int) -> tuple[int, int]:
    """The first mark from `k` on that starts in a sentence, and the first after it."""
    while k < len(marks) and marks[k].start < start:
        k += 1
    first = k
    while k < len(marks) and marks[k].start < end:
        k += 1
    return first, k


def _linked(c: Claim, base: str | None, links: tuple[Span | None, Span | None, str | None]) -> Claim:
    """The claim with its subject, place and date; `replace` takes several times as long."""
    return QuickClaim(
        c.start, c.end, c.text, c.kind, c.value, c.low, c.high, c.unit, c.bound, c.trend, c.timex, base, links
    )


def _original(text: str, span: Span | None) -> Span | None:
    """The same stretch with the characters of the text as given."""
    return Span(span.start, span.end, text[span.start : span.end]) if span else None
