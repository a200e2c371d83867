"""Codes of other schemes for measures, for those who compare with data coded by them."""

from __future__ import annotations

from ..records import Measure
from ..taxonomy import load, schemes

SCHEMES: tuple[str, ...] = tuple(schemes())
"""The schemes of our taxonomy's crosswalk."""


def codes_of(measure: Measure) -> dict[str, list[str]]:
    """Codes that a measure may fall under by its category, for each scheme; none for a category not ours.

    See `jucuo.taxonomy` for what a code says and does not say.

    >>> codes_of(Measure(0, 4, "核酸检测", "testing"))["oxcgrt"]
    ['H2']
    """
    codes = measure.crosswalk  # of a taxonomy of one's own
    if codes is None:
        codes = load().get(measure.base_category or measure.category, {}).get("crosswalk")
    return {} if codes is None else {scheme: list(codes.get(scheme, ())) for scheme in SCHEMES}
