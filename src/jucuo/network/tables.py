"""Hashed embedding tables, the parameters ``E0``, ``E1``, ... of a layer: each key is the sum of two rows.

A trained table can be stored in eight bits: whole numbers, and under ``S0``, ``S1``, ... what one of them is
worth in each column. Prediction reads it as it is; training widens it again.
"""

from __future__ import annotations

from typing import Any

import numpy
from thinc.api import Model

from .features import Keys

MIX = numpy.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F], dtype="uint64")


def numbers(model: Model) -> range:
    """The numbers of the tables that a layer has."""
    return range(len(model.attrs.get("rows", ())))


def put(model: Model, i: int, values: Any) -> None:
    """Give a layer `values` in single precision as table `i`."""
    model.set_param(f"E{i}", model.ops.asarray(values, dtype="f"))
    if model.has_param(f"S{i}"):
        model.set_param(f"S{i}", None)


def rows_of(keys: Keys, rows: int) -> numpy.ndarray:
    """The two rows of a table that each key is the sum of, shape (2, n)."""
    return ((keys * MIX[:, None] >> numpy.uint64(33)) % numpy.uint64(rows)).astype("int64")


def embed(model: Model, i: int, picked: numpy.ndarray, out: Any = None) -> Any:
    """The sums of two rows of table `i`, `picked` as `rows_of` gives them, shape (n, width); into `out`."""
    xp = model.ops.xp
    first, second = xp.take(model.get_param(f"E{i}"), model.ops.asarray(picked), axis=0)
    if model.has_param(f"S{i}"):
        return xp.multiply(xp.add(first, second, dtype="int16"), model.get_param(f"S{i}"), out=out)
    return xp.add(first, second, out=out)


def table(model: Model, i: int) -> Any:
    """Table `i` in single precision, for training; from now on the layer has it so."""
    if model.has_param(f"S{i}"):
        put(model, i, model.get_param(f"E{i}") * model.get_param(f"S{i}"))
    return model.get_param(f"E{i}")


def add_gradient(model: Model, i: int, picked: numpy.ndarray, part: Any) -> None:
    """Add what the loss says of sums that `embed` gave, shape (n, width), to the gradient of table `i`."""
    grad = model.ops.xp.zeros_like(table(model, i))
    for rows in picked:
        model.ops.scatter_add(grad, model.ops.asarray(rows, dtype="i"), part)
    model.inc_grad(f"E{i}", grad)


def store_in_eight_bits(model: Model) -> None:
    """Round the tables of a layer, if it has any, so that they take a quarter of the space."""
    xp = model.ops.xp
    for i in numbers(model):
        values = table(model, i)
        step = xp.maximum(abs(values).max(axis=0), 1e-8) / 127
        model.set_param(f"E{i}", xp.rint(values / step).astype("int8"))
        model.set_param(f"S{i}", step.astype("f"))
