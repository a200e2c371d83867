"""Conversion to SI units, through the optional library ``pint``."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from ..tables import lines, rows


@lru_cache(maxsize=1)
def _registry() -> Any:
    try:
        import pint
    except ImportError as e:
        raise ImportError("conversion of units needs pint: pip install 'jucuo[units]'") from e
    registry = pint.UnitRegistry()
    for line in lines(__package__, "data/pint.txt"):
        registry.define(line)
    return registry


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return {symbol: name for symbol, name in rows(__package__, "si.tsv", 2)}


def to_si(value: float, unit: str) -> tuple[float, str]:
    """Convert a quantity to SI base units.

    Parameters
    ----------
    value
        The number of units.
    unit
        A unit symbol of the library (``mu``, ``kWh``, ``km/h``).

    Returns
    -------
    tuple[float, str]
        The value in SI base units and their symbol, e.g. ``m²`` or ``kg·m²/s²``.

    Raises
    ------
    ValueError
        If the unit has no SI form (a classifier, a currency).
    ImportError
        If ``pint`` is not installed.

    Examples
    --------
    >>> to_si(15, "mu")  # doctest: +SKIP
    (10000.0, 'm²')
    """
    names = _names()
    parts = unit.split("/")
    if not all(p in names for p in parts):
        raise ValueError(f"no SI form for the unit {unit!r}")
    registry = _registry()
    whole = "/".join(f"({names[p]})" for p in parts)
    quantity = registry.Quantity(float(value), whole).to_base_units()
    return float(quantity.magnitude), format(quantity.units, "~P")
