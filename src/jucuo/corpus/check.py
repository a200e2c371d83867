"""Checks of annotated texts: each yields all its faults.

Errors are what cannot be right: marks that cannot be read, spans cut by a token, overlaps, links that are no
mention, figures that do not add up, texts that stand twice or elsewhere. Warnings are what a person should
look at: figures and names without a mark, names with two labels.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from ..pipeline.tokenizer import ZhTokenizer
from ..records import Claim, Entity, Span
from . import arithmetic, shingles
from .faults import Fault
from .sources import Source

_PLACES = frozenset({"GPE", "ORG", "FAC", "LOC"})
_DAY = r"[0-9X]{4}-[0-9X]{2}-[0-9X]{2}"
_POINT = re.compile(
    rf"(?:[0-9X]{{2,4}}(?:-(?:Q[1-4]|H[12]|SP|SU|FA|WI|[BME]|W[0-9]{{2}}(?:-WE)?|[0-9X]{{2}}(?:-[BME])?))?|{_DAY})?"
    rf"(?:(?<=[0-9X])?T(?:MO|MI|AF|EV|NI|DT|[0-9X]{{2}}(?::[0-9X]{{2}}){{0,2}}))?"
    r"|BC[0-9]{4}|PRESENT_REF|PAST_REF|FUTURE_REF"
)
_NUMBER = r"(?:[0-9]+(?:\.[0-9]+)?|X)"
_LENGTH = re.compile(
    rf"P(?=.)(?:{_NUMBER}Y)?(?:{_NUMBER}M)?(?:{_NUMBER}W)?(?:{_NUMBER}D)?(?:T(?=.)(?:{_NUMBER}H)?(?:{_NUMBER}M)?(?:{_NUMBER}S)?)?"
    rf"|P{_NUMBER}(?:DE|CE|Q)"
)
_FIGURE = re.compile(r"[0-9０-９]+(?:[.,．][0-9０-９]+)*[%％]?")
_MIN_SENTENCE = 20  # Han characters; shorter ones may stand in two texts by chance


def check(
    sources: Sequence[Source],
    tokenizer: ZhTokenizer,
    others: Iterable[tuple[str, str]] = (),
) -> list[Fault]:
    """All faults of a corpus, in the order of its files.

    Parameters
    ----------
    others
        Names and texts that no sentence may stand in; texts by reference are not compared.
    """
    faults: list[Fault] = []
    for source in sources:
        faults += alignment(source, tokenizer)
        for test in (overlaps, links, normal_forms, relations, unmarked, labels):
            faults += test(source)
    faults += duplicates(sources)
    faults += copied([s for s in sources if not s.by_reference], others)
    return sorted(faults)


def alignment(source: Source, tokenizer: ZhTokenizer) -> Iterator[Fault]:
    """Spans that begin or end inside a token."""
    edges = {0}
    at = 0
    for token in tokenizer(source.item.text):
        at += len(token)
        edges.add(at)
    record = source.item.record
    for x in (*record.entities, *record.claims, *record.measures):
        if x.start not in edges or x.end not in edges:
            yield source.fault(x.start, f"{x.text!r} is cut by a token")


def overlaps(source: Source) -> Iterator[Fault]:
    """Spans of one layer that overlap, and claims or entities that cross each other or a measure's edge."""
    record = source.item.record
    for layer in (record.entities, record.claims, record.measures):
        last: Span | None = None
        for x in sorted(layer, key=lambda x: (x.start, x.end)):
            if last and x.start < last.end:
                yield source.fault(x.start, f"{x.text!r} overlaps {last.text!r}")
            last = x
    for claim in record.claims:
        for e in record.entities:
            if claim.start < e.end and e.start < claim.end:
                yield source.fault(claim.start, f"claim {claim.text!r} and entity {e.text!r} overlap")


def links(source: Source) -> Iterator[Fault]:
    """Places that are no mention, and actors or subjects that are only part of a longer one."""
    entities = source.item.record.entities
    for claim in source.item.record.claims:
        if claim.where:
            own = [e for e in entities if (e.start, e.end) == (claim.where.start, claim.where.end)]
            if not own:
                yield source.fault(claim.start, f"where {claim.where.text!r} {_why(claim.where, entities)}")
            elif own[0].label not in _PLACES:
                yield source.fault(claim.start, f"where {claim.where.text!r} is a {own[0].label}")
        if claim.subject and (outer := _inside(claim.subject, entities)):
            yield source.fault(claim.start, f"subject {claim.subject.text!r} is part of {outer.text!r}", True)
    for measure in source.item.record.measures:
        if measure.actor and (outer := _inside(measure.actor, entities)):
            yield source.fault(measure.start, f"actor {measure.actor.text!r} is part of {outer.text!r}")


def _inside(span: Span, entities: Iterable[Entity]) -> Entity | None:
    """The longer entity that a span is a part of."""
    for e in entities:
        if e.start <= span.start and span.end <= e.end and (e.start, e.end) != (span.start, span.end):
            return e
    return None


def _why(span: Span, entities: Iterable[Entity]) -> str:
    outer = _inside(span, entities)
    return f"is part of {outer.text!r}" if outer else "is no entity"


def normal_forms(source: Source) -> Iterator[Fault]:
    """Timexes that are not well-formed, ranges the wrong way round, people not counted in 人."""
    for claim in source.item.record.claims:
        for name, value in (("timex", claim.timex), ("as_of", claim.as_of)):
            if value and not well_formed(value, claim, name):
                yield source.fault(claim.start, f"{name} {value!r} of {claim.text!r} is not well-formed")
        if claim.low is not None and claim.high is not None and claim.low >= claim.high:
            yield source.fault(claim.start, f"the range {claim.text!r} runs from {claim.low} to {claim.high}")
        if claim.kind == "count" and claim.unit in ("名", "位", "口"):
            yield source.fault(claim.start, f"unit {claim.unit}, not 人: no people? {claim.text!r}", True)


def well_formed(value: str, claim: Claim, name: str = "timex") -> bool:
    """Whether a timex fits the kind of its claim: points, lengths, or spans of them."""
    lengths = name == "timex" and claim.kind in ("duration", "frequency")
    pattern = _LENGTH if lengths else _POINT
    parts = value.split("/")
    return len(parts) <= 2 and all(part and pattern.fullmatch(part) for part in parts)


def relations(source: Source) -> Iterator[Fault]:
    """Arithmetic that does not hold, unless it is marked wrong."""
    for at, message in arithmetic.faults(source.item):
        yield source.fault(at, message)


def unmarked(source: Source) -> Iterator[Fault]:
    """Figures outside all marks, and mentions without a mark of a name that is marked elsewhere."""
    text, record = source.item.text, source.item.record
    covered = bytearray(len(text))
    for x in (*record.entities, *record.claims):
        covered[x.start : x.end] = b"\1" * (x.end - x.start)
    for m in _FIGURE.finditer(text):
        if not covered[m.start()]:
            yield source.fault(m.start(), f"figure without a mark: {_around(text, *m.span())}", True)
    names = {e.text: e.label for e in record.entities if len(e.text) > 1 and e.label != "TITLE"}
    for name, label in names.items():
        for m in re.finditer(re.escape(name), text):
            if not any(covered[m.start() : m.end()]):
                message = f"{name} is {label} elsewhere, unmarked here: {_around(text, *m.span())}"
                yield source.fault(m.start(), message, True)


def labels(source: Source) -> Iterator[Fault]:
    """Names with two labels in one text."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for e in source.item.record.entities:
        found[e.text].setdefault(e.label, e.start)
    for name, by_label in found.items():
        if len(by_label) > 1:
            yield source.fault(max(by_label.values()), f"{name!r} is {' and '.join(sorted(by_label))}", True)


def duplicates(sources: Sequence[Source]) -> Iterator[Fault]:
    """Ids and texts that stand twice, and long sentences that stand in two texts."""
    ids: dict[str, Source] = {}
    sentences: dict[str, Source] = {}
    for source in sources:
        if source.item.id in ids:
            yield source.fault(0, f"id {source.item.id!r} also stands in {ids[source.item.id].file}")
        ids.setdefault(source.item.id, source)
        at = 0
        for sentence in re.split(r"(?<=[。！？!?\n])", source.item.text):
            key = "".join(re.findall(r"[\w]", sentence))
            if len(key) >= _MIN_SENTENCE:
                first = sentences.setdefault(key, source)
                if first is not source:
                    yield source.fault(at, f"the sentence also stands in {first.item.id}: {key[:20]}", True)
            at += len(sentence)


def copied(sources: Sequence[Source], others: Iterable[tuple[str, str]]) -> Iterator[Fault]:
    """Stretches of twelve Han characters that stand in other texts and are no common phrase."""
    by_id = {s.item.id: s for s in sources}
    for id, at, run, other in shingles.shared({id: s.item.text for id, s in by_id.items()}, others):
        yield by_id[id].fault(at, f"{run} also stands in {other}")


def counts(sources: Iterable[Source]) -> Counter[str]:
    """How many of each label, kind and category there are."""
    out: Counter[str] = Counter()
    for source in sources:
        record = source.item.record
        out.update(f"entity {e.label}" for e in record.entities)
        out.update(f"claim {c.kind}" for c in record.claims)
        out.update(f"measure {m.category}" for m in record.measures)
    return out


def _around(text: str, start: int, end: int) -> str:
    return repr(text[max(0, start - 6) : end + 6])
