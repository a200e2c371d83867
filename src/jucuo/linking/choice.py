"""Choosing among candidates with a linear model whose weights stand in ``data/weights.txt``.

A candidate is a value with its features, which are words for what speaks for or against it. Its score is
the sum of the weights of its features.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import repeat
from typing import Any, Protocol

from ..records import Span

_UNKNOWN = repeat(0)  # the weight of a feature that was not learned

Candidate = tuple[Any, list[str]]
"""A value (None for "no link") and its features."""


class Chooser(Protocol):
    """What picks one of the candidates; the training script puts a learner here."""

    def choose(self, link: str, item: Span, candidates: Sequence[Candidate]) -> Any:
        """Return the value of the best candidate for a `link` of a claim or measure.

        Links are ``subject``, ``where`` and ``as_of`` of a claim, ``actor`` of a measure.
        """


class Linear:
    """Picks the candidate with the highest score; the first of equals."""

    def __init__(self, weights: dict[str, dict[str, float]]):
        self.weights = weights

    def choose(self, link: str, item: Span, candidates: Sequence[Candidate]) -> Any:
        if len(candidates) == 1:
            return candidates[0][0]
        get = self.weights[link].get
        best, value = float("-inf"), None
        for candidate, features in candidates:
            score = sum(map(get, features, _UNKNOWN))
            if score > best:
                best, value = score, candidate
        return value


class Rules:
    """Picks what the rules say; for comparison, and where there are no weights."""

    def choose(self, link: str, item: Span, candidates: Sequence[Candidate]) -> Any:
        return next((value for value, features in candidates if "rule" in features), None)


@cache
def trained() -> Linear:
    """Return the model of the package."""
    weights: dict[str, dict[str, float]] = {}
    text = (files(__package__) / "data" / "weights.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        if line.startswith("= "):
            weights[line[2:]] = current = {}
        else:
            feature, _, weight = line.rpartition("\t")
            current[feature] = int(weight)
    return Linear(weights)
