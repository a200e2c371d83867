"""Scorers of the components, for ``spacy train`` and ``spacy evaluate``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from spacy.training import Example

from ..evaluation import F_MEASURES, SHARES, Evaluation
from .extensions import record_of, register
from .taggers import SCHEME


def compare(examples: Iterable[Example]) -> Evaluation:
    """Compare predicted with reference docs; texts annotated with other labels than ours are left out."""
    register()  # the scorers serve other components too
    result = Evaluation()
    for example in examples:
        if not example.reference.user_data.get(SCHEME):
            gold, pred = record_of(example.reference).to_dict(), record_of(example.predicted).to_dict()
            result.add(example.reference.text, gold, pred)
    return result


def _figures(examples: Iterable[Example], names: tuple[str, ...], prefix: str) -> dict[str, Any]:
    data = compare(examples).to_dict()
    out: dict[str, Any] = {}
    for name in names:
        if name in SHARES:
            out[name] = data[name]["share"]
        else:
            out.update({f"{name}_{k}": data[name][k] for k in "prf"})
    by_label = {k.removeprefix(prefix): v for k, v in data["by_label"].items() if k.startswith(prefix)}
    out[f"{prefix.strip()}_per_type"] = {k: {m: v[m] for m in "prf"} for k, v in by_label.items()}
    return out


def score_entities(examples: Iterable[Example], **kwargs: Any) -> dict[str, Any]:
    """Precision, recall and F of entities, in all and per label."""
    return _figures(examples, ("entities",), "entity ")


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
