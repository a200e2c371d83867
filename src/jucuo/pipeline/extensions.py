"""Extension attributes, set up once by `register`, which every factory calls.

What is stored on a Doc is plain data: span groups with their facts in ``attrs`` and two entries of
``user_data``, so that `DocBin(store_user_data=True)`, `Doc.to_bytes` and several processes keep everything.
"""

from __future__ import annotations

from typing import Any

from spacy.tokens import Doc, Span

from ..network.text import text_of
from ..records import ENTITY_LABELS, Article, Claim, Entity, Measure, Record, build
from ..taxonomy import load as load_taxonomy

CLAIMS, MEASURES, ARTICLES, WORDS = "claims", "measures", "articles", "words"
SCORES = "jucuo_entity_scores"  # user_data: "start:end" in characters to the model's confidence


def register() -> None:
    """Define the attributes. Calling it again changes nothing."""
    if Doc.has_extension("jucuo"):
        return
    Doc.set_extension("published", default=None)
    Doc.set_extension("jucuo", getter=lambda doc: record_of(doc).to_dict())
    Span.set_extension("claim", getter=_claim)
    Span.set_extension("score", getter=_score)
    Span.set_extension("crosswalk", getter=_crosswalk)
    Span.set_extension("actor", getter=_actor)


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
        if e.label_ in ENTITY_LABELS
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
    if key not in doc.spans:
        return ()
    return tuple(build(cls, x) for x in doc.spans[key].attrs.get("facts", ()))


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


def _fact_of(span: Span, key: str) -> dict[str, Any] | None:
    if key not in span.doc.spans:
        return None
    group = span.doc.spans[key]
    for other, fact in zip(group, group.attrs.get("facts", ()), strict=True):
        if (other.start, other.end, other.label) == (span.start, span.end, span.label):
            return fact
    return None


def _claim(span: Span) -> Claim | None:
    fact = _fact_of(span, CLAIMS)
    return build(Claim, fact) if fact else None


def _score(span: Span) -> float | None:
    if span.label_ in ENTITY_LABELS:
        return span.doc.user_data.get(SCORES, {}).get(f"{span.start_char}:{span.end_char}")
    fact = _fact_of(span, MEASURES)
    return fact["score"] if fact else None


def _actor(span: Span) -> Any:
    fact = _fact_of(span, MEASURES)
    return build(Measure, fact).actor if fact else None


def _crosswalk(span: Span) -> dict[str, Any]:
    fact = _fact_of(span, MEASURES)
    if fact and "crosswalk" in fact:  # of a taxonomy that the pipeline was given
        return dict(fact["crosswalk"])
    row = load_taxonomy().get(span.label_)
    return dict(row["crosswalk"]) if row else {}
