"""``jucuo_claims``: numeric claims into ``doc.spans["claims"]``, on any tokenizer; actors of measures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from ..published import day
from ..records import ENTITY_LABELS, Article, Claim, Entity, Measure, plain
from ..unwrapped import find_and_link
from . import extensions
from .extensions import NUMBERS, ONTONOTES
from .text import text_of


def ontonotes_label(claim: Claim) -> str:
    """The OntoNotes name of a claim; a duration of hours or less is a TIME, a longer one a DATE."""
    if claim.kind == "duration":
        return "TIME" if (claim.timex or "").startswith("PT") else "DATE"
    return ONTONOTES[claim.kind]


class ClaimFinder:
    """Find, link and store the claims of a doc.

    Names already in ``doc.ents`` serve as places and keep the numbers inside them; with `set_ents` the
    claims join all entities there under OntoNotes names, an entity winning over a number; only numbers, of an
    earlier component, make way. Measures already in ``doc.spans["measures"]`` get their actors here: both
    links come from one reading of the text. So this component comes after those for names and measures.
    """

    def __init__(self, published: str | None, set_ents: bool, scorer: Callable | None):
        self.published, self.set_ents, self.scorer = day(published), set_ents, scorer

    def __call__(self, doc: Doc) -> Doc:
        if self.published and not doc._.published:
            doc._.published = self.published
        published = doc._.published
        text = text_of(doc)
        names = []
        for e in doc.ents:
            if e.label_ in ENTITY_LABELS:
                start, end = e.start_char, e.end_char
                names.append(Entity(start, end, text[start:end], e.label_))
        measures: tuple[Measure, ...] = extensions.facts_of(doc, extensions.MEASURES, Measure)
        articles = extensions.facts_of(doc, extensions.ARTICLES, Article)
        found, acted = find_and_link(text, published, names, measures, articles)
        spans = extensions.store(doc, extensions.CLAIMS, [plain(c) for c in found], "kind")
        if acted:
            _name_actors(doc, acted)
        if self.set_ents:
            _add_ents(doc, found, spans)
        return doc

    def score(self, examples: Any, **kwargs: Any) -> dict[str, Any]:
        """Figures of the registered scorer."""
        return self.scorer(examples, **kwargs) if self.scorer else {}


def _add_ents(doc: Doc, found: list[Claim], spans: list[Span | None]) -> None:
    """Add to the entities of a doc those of its claims that share no token with an entity or claim before."""
    ents = [e for e in doc.ents if e.label_ not in NUMBERS]
    taken = {i for e in ents for i in range(e.start, e.end)}
    for claim, span in zip(found, spans, strict=True):
        tokens = range(span.start, span.end) if span is not None else range(0)
        if tokens and taken.isdisjoint(tokens):
            taken.update(tokens)
            ents.append(Span(doc, tokens.start, tokens.stop, ontonotes_label(claim)))
    doc.set_ents(sorted(ents, key=lambda e: e.start))


def _name_actors(doc: Doc, measures: list[Measure]) -> None:
    """Write the actors of measures into their facts, which keep all else."""
    actors = {(m.start, m.end): m.actor for m in measures}
    facts = extensions.facts(doc, extensions.MEASURES)
    for fact in facts:
        actor = actors[fact["start"], fact["end"]]
        fact["actor"] = plain(actor) if actor else None
    doc.spans[extensions.MEASURES].attrs["facts"] = facts


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
        Date (YYYY-MM-DD) for docs that have none of their own in ``doc._.published``, which is set to it.
    set_ents
        Whether to add the claims to ``doc.ents`` as DATE, TIME, PERCENT, MONEY, QUANTITY, ORDINAL, CARDINAL.

    Raises
    ------
    JucuoError
        J008 if `published` is no date.
    """
    extensions.register()
    return ClaimFinder(published, set_ents, scorer)
