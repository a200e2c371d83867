"""The facts of a text as plain, frozen data, and their JSON form.

Offsets count Unicode code points in the text as given, end exclusive, so that
``text[x.start:x.end] == x.text`` for every span.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

ENTITY_LABELS = ("PERSON", "TITLE", "ORG", "GPE", "LOC", "FAC", "LAW")
CLAIM_KINDS = ("count", "percent", "money", "quantity", "ordinal", "date", "time", "duration", "frequency")
TEMPORAL_KINDS = frozenset({"date", "time", "duration"})
LINKS = ("subject", "where", "actor")  # fields of claims and measures that hold a span
BOUNDS = ("exact", "approx", "over", "under", "range")

Number = int | float
"""A whole number is an ``int`` of any size; anything else the nearest ``float``."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Entity(Span):
    """A named entity.

    `label` is one of `ENTITY_LABELS`, or a label of your own where the pipeline gives such; `score` the
    model's confidence.
    """

    label: str
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Claim(Span):
    """A number, date, time or length of time, with its normal form and what it is about.

    Parameters
    ----------
    kind
        One of `CLAIM_KINDS`.
    value, low, high
        The number in units of `unit`; a range has `low` and `high` and no `value`.
        Percentages are in percent, money in whole currency units.
    unit
        Classifier, symbol or ISO 4217 code; ``""`` for a bare count; None for dates.
    bound
        One of `BOUNDS`; None for dates and times, and for lengths of time that are exact.
    trend
        ``"up"`` or ``"down"`` where the number is the size of a change.
    timex
        ISO 8601 / TIMEX3 value of a date, time or duration, or the period of a frequency.
    subject, where, as_of
        What the number counts, the entity it belongs to, and the timex for which it holds.
    base
        What a change is measured against: ``同比``, ``环比``, or the expression in the text.
    """

    kind: str
    value: Number | None = None
    low: Number | None = None
    high: Number | None = None
    unit: str | None = None
    bound: str | None = None
    trend: str | None = None
    timex: str | None = None
    subject: Span | None = None
    where: Span | None = None
    as_of: str | None = None
    base: str | None = None


class QuickClaim(Claim):
    """Makes a `Claim` six times as fast as its own constructor, which has to get round its being frozen."""

    __slots__ = ()
    __setattr__ = object.__setattr__
    __delattr__ = object.__delattr__

    def __init__(
        self,
        start: int,
        end: int,
        text: str,
        kind: str,
        value: Number | None = None,
        low: Number | None = None,
        high: Number | None = None,
        unit: str | None = None,
        bound: str | None = None,
        trend: str | None = None,
        timex: str | None = None,
        base: str | None = None,
        links: tuple[Span | None, Span | None, str | None] = (None, None, None),
    ):
        self.start, self.end, self.text, self.kind = start, end, text, kind  # type: ignore[misc]
        self.value, self.low, self.high = value, low, high  # type: ignore[misc]
        self.unit, self.bound, self.trend = unit, bound, trend  # type: ignore[misc]
        self.timex, self.base = timex, base  # type: ignore[misc]
        self.subject, self.where, self.as_of = links  # type: ignore[misc]
        self.__class__ = Claim  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Measure(Span):
    """An action taken, planned or ordered.

    `category` is an id of the taxonomy; where that is one of your own which maps our categories,
    `base_category` is ours. Under a taxonomy of your own `crosswalk` has the codes of other schemes; they
    follow from the category otherwise (`jucuo.taxonomy.crosswalk`).
    """

    category: str
    actor: Span | None = None
    score: float | None = None
    base_category: str | None = None
    crosswalk: dict[str, list[str]] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Article:
    """One item of a page; a plain text is a single article.

    Parameters
    ----------
    start, end
        Its stretch of the text, headline included.
    title, byline, source
        Its headline, who wrote it, and where it appeared, as the page shows them.
    published, published_origin
        Its day (``YYYY-MM-DD``), and ``"page"`` where the article shows it itself.
    furniture
        Links and labels of the page inside it, which hold no fact.
    """

    start: int
    end: int
    title: str | None = None
    published: str | None = None
    byline: str | None = None
    source: str | None = None
    published_origin: str | None = None
    furniture: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """Everything extracted from one text."""

    id: str
    source: str | None = None
    published: str | None = None
    articles: tuple[Article, ...] = ()
    entities: tuple[Entity, ...] = ()
    claims: tuple[Claim, ...] = ()
    measures: tuple[Measure, ...] = ()
    meta: dict[str, Any] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the record as plain JSON data."""
        return {**plain(self), "meta": dict(self.meta)}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Record:
        """Rebuild a record from `to_dict` output; keys it does not know are ignored."""
        return cls(
            id=data["id"],
            source=data.get("source"),
            published=data.get("published"),
            articles=tuple(build(Article, x) for x in data.get("articles") or ()),
            entities=tuple(build(Entity, x) for x in data.get("entities") or ()),
            claims=tuple(build(Claim, x) for x in data.get("claims") or ()),
            measures=tuple(build(Measure, x) for x in data.get("measures") or ()),
            meta=dict(data.get("meta") or {}),
        )


def plain(item: Any) -> dict[str, Any]:
    """A dataclass, one of this module or a document, as plain data, spans inside it included."""
    out = {name: getattr(item, name) for name in item.__dataclass_fields__}
    for key, value in out.items():
        if isinstance(value, Span):
            out[key] = {"start": value.start, "end": value.end, "text": value.text}
        elif isinstance(value, tuple):
            out[key] = [plain(x) for x in value]
    return out


def build(cls: type, data: dict[str, Any]) -> Any:
    """Make a dataclass of this module from plain data, ignoring keys it does not know."""
    known = {k: v for k, v in data.items() if k in cls.__dataclass_fields__}  # type: ignore[attr-defined]
    for key in LINKS:
        if known.get(key) is not None:
            known[key] = Span(**known[key])
    if "furniture" in known:
        known["furniture"] = tuple(Span(**x) for x in known["furniture"])
    return cls(**known)
