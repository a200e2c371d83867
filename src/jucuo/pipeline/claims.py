"""``jucuo_claims``: numeric claims into ``doc.spans["claims"]``, on any tokenizer; actors of measures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from .. import claims, linking
from ..network.text import text_of
from ..records import ENTITY_LABELS, Claim, Entity, Measure, plain
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
        names = [
            Entity(e.start_char, e.end_char, e.text, e.label_) for e in doc.ents if e.label_ in ENTITY_LABELS
        ]
        record = extensions.record_of(doc)
        articles = record.articles if extensions.ARTICLES in doc.spans else ()
        text = text_of(doc)
        found = claims.find(text, published, names)
        found, measures = linking.link_all(text, found, record.measures, names, articles)
        extensions.store(doc, extensions.CLAIMS, [plain(c) for c in found], "kind")
        if measures:
            _name_actors(doc, measures)
        if self.set_ents:
            self._add_ents(doc, found)
        return doc

    def _add_ents(self, doc: Doc, found: list[Claim]) -> None:
        ents = [e for e in doc.ents if e.label_ in ENTITY_LABELS]
        taken = {i for e in ents for i in range(e.start, e.end)}
        for claim in found:
            span = doc.char_span(
                claim.start, claim.end, label=ontonotes_label(claim), alignment_mode="expand"
            )
            tokens = range(span.start, span.end) if span is not None else range(0)
            if span is not None and taken.isdisjoint(tokens):
                taken.update(tokens)
                ents.append(span)
        doc.set_ents(sorted(ents, key=lambda e: e.start))

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
