"""Scorers of the components, for ``spacy train`` and ``spacy evaluate``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from spacy.training import Example

from ..evaluation import F_MEASURES, SHARES, Evaluation
from ..records import ENTITY_LABELS
from .extensions import CLAIMS, MEASURES, record_of, register
from .taggers import SCHEME


def compare(examples: Iterable[Example]) -> Evaluation:
    """Compare predicted with reference docs, each layer where it is annotated.

    Entities, claims and measures of the reference may be facts of ours or mere spans with a label. Claims
    that are mere spans have no normal form: look at found and exact, not at values. Texts annotated by
    another scheme than that of the pipeline are left out.
    """
    register()  # the scorers serve other components too
    examples = [e for e in examples if not e.reference.user_data.get(SCHEME)]
    own = {e.label_ for example in examples for e in example.reference.ents}
    result = Evaluation(entity_labels=own.union(ENTITY_LABELS))
    for example in examples:
        reference, text = example.reference, example.reference.text
        gold, pred = record_of(reference).to_dict(), record_of(example.predicted).to_dict()
        if reference.has_annotation("ENT_IOB"):
            result.entities(text, gold, pred)
        if CLAIMS in reference.spans:
            result.claims(gold, pred)
        if MEASURES in reference.spans:
            result.measures(text, gold, pred)
    return result


def _figures(examples: Iterable[Example], names: tuple[str, ...], prefix: str) -> dict[str, Any]:
    """The figures of `names` and those per label; as in spaCy, None for what no text is annotated with."""
    result = compare(examples)
    annotated = set(result.tallies)
    data = result.to_dict()
    out: dict[str, Any] = {}
    for name in names:
        if name in SHARES:
            out[name] = data[name]["share"]
        else:
            out.update({f"{name}_{k}": data[name][k] if name in annotated else None for k in "prf"})
    by_label = {k.removeprefix(prefix): v for k, v in data["by_label"].items() if k.startswith(prefix)}
    out[f"{prefix.strip()}_per_type"] = {k: {m: v[m] for m in "prf"} for k, v in by_label.items()}
    return out


def score_entities(examples: Iterable[Example], **kwargs: Any) -> dict[str, Any]:
    """Precision, recall and F of entities, in all and per label.

    They stand under spaCy's names as well (``ents_f``), for ``spacy evaluate`` to show; numbers in
    ``doc.ents`` are no part of them.
    """
    out = _figures(examples, ("entities",), "entity ")
    return {
        **out,
        **{f"ents_{k}": out[f"entities_{k}"] for k in "prf"},
        "ents_per_type": out["entity_per_type"],
    }


def score_measures(examples: Iterable[Example], **kwargs: Any) -> dict[str, Any]:
    """Figures for measures by span and by sentence."""
    return _figures(examples, ("measures", "measures_sent"), "measure ")


def score_claims(examples: Iterable[Example], **kwargs: Any) -> dict[str, Any]:
    """Figures for claims: found, exact, right in value, and their links."""
    names = tuple(n for n in (*F_MEASURES, *SHARES) if n.startswith("claims"))
    return _figures(examples, names, "claim ")


def make_entity_scorer() -> Callable:
    """Registered as ``jucuo.entity_scorer.v1``."""
    return score_entities


def make_measure_scorer() -> Callable:
    """Registered as ``jucuo.measure_scorer.v1``."""
    return score_measures


def make_claim_scorer() -> Callable:
    """Registered as ``jucuo.claim_scorer.v1``."""
    return score_claims
