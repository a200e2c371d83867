"""Extension attributes, set up once by `register`, which every factory calls.

What is stored on a Doc is plain data: span groups with their facts in ``attrs`` and two entries of
``user_data``, so that `DocBin(store_user_data=True)`, `Doc.to_bytes` and several processes keep everything.
A process that only reads stored docs calls `register` first.

The facts (normal form, links, actor, confidence) belong to the span group: `keep` takes spans out of it,
others may be appended to it, but a new group in its place (``doc.spans["measures"] = [...]``) and
`Doc.from_docs`, which drops the ``attrs``, leave only what the spans say themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from spacy.tokens import Doc, Span

from ..errors import JucuoError
from ..published import day
from ..records import Article, Claim, Entity, Measure, Record, build
from ..taxonomy import load as load_taxonomy
from .text import text_of

CLAIMS, MEASURES, ARTICLES, WORDS = "claims", "measures", "articles", "words"
SCORES = "jucuo_entity_scores"  # user_data: "start:end" in characters to the model's confidence
PUBLISHED = ("._.", "published", None, None)  # where spaCy keeps an attribute of a doc in its user_data
LABELS = {CLAIMS: "kind", MEASURES: "category"}
"""Per span group the entry of a fact that is the label of its span."""

ONTONOTES = {
    "date": "DATE",
    "time": "TIME",
    "percent": "PERCENT",
    "money": "MONEY",
    "quantity": "QUANTITY",
    "ordinal": "ORDINAL",
    "count": "CARDINAL",
    "frequency": "CARDINAL",
}
"""What claims of each kind are called in ``doc.ents``."""

NUMBERS = frozenset(ONTONOTES.values())

Fact = dict[str, Any]


def register() -> None:
    """Define the attributes. Calling it again changes nothing.

    Raises
    ------
    JucuoError
        J015 if other code has defined one of them; then none is.
    """
    if Doc.has_extension("jucuo") and Doc.get_extension("jucuo")[2] is _record:
        return
    attributes: list[tuple[Any, str, dict[str, Any]]] = [
        (Doc, "published", {"getter": _published, "setter": _publish}),
        (Doc, "jucuo", {"getter": _record}),
        (Span, "claim", {"getter": _claim}),
        (Span, "score", {"getter": _score}),
        (Span, "crosswalk", {"getter": _crosswalk}),
        (Span, "actor", {"getter": _actor}),
    ]
    for holder, name, _ in attributes:
        if holder.has_extension(name):
            what = f"{holder.__name__}._.{name}"
            raise JucuoError(
                "J015", f"other code has defined {what}, which jucuo needs; give that another name"
            )
    for holder, name, how in attributes:
        holder.set_extension(name, **how)


def record_of(doc: Doc, id: str = "", source: str | None = None) -> Record:
    """Collect the facts on a doc.

    Parameters
    ----------
    doc
        A doc that any of the components of this package have seen.
    id, source
        What the record is to be called.
    """
    scores = doc.user_data.get(SCORES, {})
    entities = tuple(
        Entity(e.start_char, e.end_char, e.text, e.label_, scores.get(f"{e.start_char}:{e.end_char}"))
        for e in doc.ents
        if e.label_ not in NUMBERS
    )
    articles = facts_of(doc, ARTICLES, Article)
    return Record(
        id=id,
        source=source,
        published=doc._.published,
        articles=articles if ARTICLES in doc.spans else (Article(0, len(text_of(doc))),),
        entities=entities,
        claims=facts_of(doc, CLAIMS, Claim),
        measures=facts_of(doc, MEASURES, Measure),
    )


def facts_of(doc: Doc, key: str, cls: type) -> tuple[Any, ...]:
    """The facts of a span group as instances of a dataclass of `jucuo.records`; none if it is not there."""
    return tuple(build(cls, x) for x in facts(doc, key))


def facts(doc: Doc, key: str) -> list[Fact]:
    """The fact of each span of a group, in order; of a span that none was stored for, what it says itself."""
    if key not in doc.spans:
        return []
    group = doc.spans[key]
    stored = group.attrs.get("facts", ())
    if len(stored) == len(group):  # without a look at the spans: retokenizing spoils them, not the facts
        return list(stored)
    return [_find(span, stored) or _bare(span, key) for span in group]


def keep(doc: Doc, key: str, wanted: Callable[[Span], bool]) -> None:
    """Take out of a span group the spans that are not `wanted`; the others keep their facts.

    For example ``keep(doc, "measures", lambda span: span._.score > 0.6)``.
    """
    group = doc.spans[key]
    kept = [(span, fact) for span, fact in zip(group, facts(doc, key), strict=True) if wanted(span)]
    doc.spans[key] = [span for span, _ in kept]
    doc.spans[key].attrs["facts"] = [fact for _, fact in kept]


def store(doc: Doc, key: str, facts: list[dict[str, Any]], label: str) -> list[Span | None]:
    """Put facts (dicts with start, end in characters) on a doc as the span group `key`.

    Spans are widened to whole tokens where another tokenizer's tokens are longer; the facts keep their
    own offsets. `label` names the entry of a fact that becomes the label of its span. Returned are the
    spans, None for a fact outside all tokens.
    """
    spans = [
        doc.char_span(f["start"], f["end"], label=f.get(label) or "", alignment_mode="expand") for f in facts
    ]
    kept = [(s, f) for s, f in zip(spans, facts, strict=True) if s is not None]
    doc.spans[key] = [s for s, _ in kept]
    doc.spans[key].attrs["facts"] = [f for _, f in kept]
    return spans


def _find(span: Span, stored: list[Fact], label: str | None = None) -> Fact | None:
    """The fact that a span was made for: the one whose first and last character are in its edge tokens."""
    if not len(span):
        return None
    first, last = span[0], span[-1]
    for fact in stored:
        starts = first.idx <= fact["start"] < first.idx + len(first)
        ends = last.idx < fact["end"] <= last.idx + len(last)
        if starts and ends and (label is None or fact.get(label) == span.label_):
            return fact
    return None


def _bare(span: Span, key: str) -> Fact:
    """What a span says by itself: where it is and its label."""
    fact = {"start": span.start_char, "end": span.end_char, "text": span.text}
    return {**fact, LABELS[key]: span.label_} if key in LABELS else fact


def _stored(doc: Doc, key: str) -> list[Fact]:
    return doc.spans[key].attrs.get("facts", []) if key in doc.spans else []


def _measure(span: Span) -> Fact | None:
    return _find(span, _stored(span.doc, MEASURES), LABELS[MEASURES])


def _published(doc: Doc) -> str | None:
    return doc.user_data.get(PUBLISHED)


def _publish(doc: Doc, published: Any) -> None:
    doc.user_data[PUBLISHED] = day(published)


def _record(doc: Doc) -> dict[str, Any]:
    return record_of(doc).to_dict()


def _claim(span: Span) -> Claim | None:
    """The claim of a span, whatever its label: an entity of ``doc.ents`` and a slice have it too."""
    fact = _find(span, _stored(span.doc, CLAIMS))
    return build(Claim, fact) if fact else None


def _score(span: Span) -> float | None:
    fact = _measure(span)
    if fact:
        return fact.get("score")
    if span.label_ in NUMBERS:
        return None
    return span.doc.user_data.get(SCORES, {}).get(f"{span.start_char}:{span.end_char}")


def _actor(span: Span) -> Any:
    fact = _measure(span)
    return build(Measure, fact).actor if fact else None


def _crosswalk(span: Span) -> dict[str, Any]:
    fact = _measure(span)
    if fact and "crosswalk" in fact:  # of a taxonomy that the pipeline was given
        return dict(fact["crosswalk"])
    row = load_taxonomy().get(span.label_)
    return dict(row["crosswalk"]) if row else {}
