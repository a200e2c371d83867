"""``jucuo_claims``: numeric claims into ``doc.spans["claims"]``, on any tokenizer; actors of measures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from .. import claims, linking
from ..network.text import text_of
from ..records import ENTITY_LABELS, Article, Claim, Entity, Measure, plain
from . import extensions

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


def ontonotes_label(claim: Claim) -> str:
    """The OntoNotes name of a claim; a duration of hours or less is a TIME, a longer one a DATE."""
    if claim.kind == "duration":
        return "TIME" if (claim.timex or "").startswith("PT") else "DATE"
    return ONTONOTES[claim.kind]


class ClaimFinder:
    """Find, link and store the claims of a doc.

    Names already in ``doc.ents`` serve as places and keep the numbers inside them; with `set_ents` the
    claims join them under OntoNotes names, a name winning over a number. Measures already in
    ``doc.spans["measures"]`` get their actors here: both links come from one reading of the text.
    """

    def __init__(self, published: str | None, set_ents: bool, scorer: Callable | None):
        self.published, self.set_ents, self.scorer = published, set_ents, scorer

    def __call__(self, doc: Doc) -> Doc:
        published = doc._.published or self.published
        text = text_of(doc)
        ents = [e for e in doc.ents if e.label_ in ENTITY_LABELS]
        names = []
        for e in ents:
            start, end = e.start_char, e.end_char
            names.append(Entity(start, end, text[start:end], e.label_))
        found = claims.find(text, published, names)
        measures: tuple[Measure, ...] = extensions.facts_of(doc, extensions.MEASURES, Measure)
        articles = extensions.facts_of(doc, extensions.ARTICLES, Article)
        found, acted = linking.link_all(text, found, measures, names, articles)
        spans = extensions.store(doc, extensions.CLAIMS, [plain(c) for c in found], "kind")
        if acted:
            _name_actors(doc, acted)
        if self.set_ents:
            _add_ents(doc, ents, found, spans)
        return doc

    def score(self, examples: Any, **kwargs: Any) -> dict[str, Any]:
        """Figures of the registered scorer."""
        return self.scorer(examples, **kwargs) if self.scorer else {}

    def to_disk(self, path: Any, **kwargs: Any) -> None:
        """Nothing is stored: all settings are in the config."""

    def from_disk(self, path: Any, **kwargs: Any) -> ClaimFinder:
        return self

    def to_bytes(self, **kwargs: Any) -> bytes:
        return b""

    def from_bytes(self, data: bytes, **kwargs: Any) -> ClaimFinder:
        return self


def _add_ents(doc: Doc, ents: list[Span], found: list[Claim], spans: list[Span | None]) -> None:
    """Set the names of a doc, and of its claims those that share no token with a name or claim before."""
    taken = {i for e in ents for i in range(e.start, e.end)}
    ents = list(ents)
    for claim, span in zip(found, spans, strict=True):
        tokens = range(span.start, span.end) if span is not None else range(0)
        if tokens and taken.isdisjoint(tokens):
            taken.update(tokens)
            ents.append(Span(doc, tokens.start, tokens.stop, ontonotes_label(claim)))
    doc.set_ents(sorted(ents, key=lambda e: e.start))


def _name_actors(doc: Doc, measures: list[Measure]) -> None:
    """Write the actors of measures into their facts, which keep all else."""
    actors = {(m.start, m.end): m.actor for m in measures}
    for fact in doc.spans[extensions.MEASURES].attrs["facts"]:
        actor = actors[fact["start"], fact["end"]]
        fact["actor"] = plain(actor) if actor else None


@Language.factory(
    "jucuo_claims",
    assigns=["doc.spans", "doc.ents"],
    default_config={
        "published": None,
        "set_ents": True,
        "scorer": {"@scorers": "jucuo.claim_scorer.v1"},
    },
    default_score_weights={"claims_value_f": 0.0},
)
def make_claim_finder(
    nlp: Language, name: str, published: str | None, set_ents: bool, scorer: Callable | None
) -> ClaimFinder:
    """Factory ``jucuo_claims``.

    Parameters
    ----------
    published
        Date (YYYY-MM-DD) for docs that have none of their own in ``doc._.published``.
    set_ents
        Whether to add the claims to ``doc.ents`` as DATE, TIME, PERCENT, MONEY, QUANTITY, ORDINAL, CARDINAL.
    """
    extensions.register()
    return ClaimFinder(published, set_ents, scorer)
