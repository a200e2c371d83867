"""Give the classifier of measures longer and wider tables without changing what it says.

usage: widen.py CONFIG.cfg WEIGHTS OUTPUT.bin

WEIGHTS are a student's or a pipeline's whose classifier is smaller than CONFIG's. Each row of a table
stands as often as the new table is longer: every key then finds the same two rows. New columns are random,
and the output takes nothing from them before it has learnt to.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy
from spacy import util

from jucuo.network import weights
from jucuo.taxonomy import CATEGORIES

Array = numpy.ndarray


def wider_table(old: Array, rows: int, width: int, random: numpy.random.Generator) -> Array:
    """`old` (its last column: the weight of each n-gram) with `rows` rows and `width` columns before it."""
    if rows % len(old):
        raise ValueError(f"{rows} rows are no multiple of {len(old)}")
    more = random.uniform(-0.1, 0.1, (rows, width + 1 - old.shape[1]))
    whole = numpy.tile(old, (rows // len(old), 1))
    return numpy.hstack([whole[:, :-1], more, whole[:, -1:]])


def wider_output(old: Array, n_tables: int, before: int, width: int) -> Array:
    """The output's weights, for each bag and table `width` numbers instead of `before`."""
    parts = old.reshape(len(old), -1, n_tables, before)
    return numpy.pad(parts, [(0, 0)] * 3 + [(0, width - before)]).reshape(len(old), -1)


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("config", "weights", "output"):
        ap.add_argument(name, type=Path)
    args = ap.parse_args()
    bag = util.load_config(args.config)["components"]["jucuo_measures"]["model"]["category"]
    found = weights.read(args.weights)
    layers = found["jucuo_measures"]
    (embedding,) = (x for x in layers if "E0" in x)
    (output,) = (x for x in layers if "W" in x and len(x["W"]) == len(CATEGORIES))
    before, random = embedding["E0"].shape[1] - 1, numpy.random.default_rng(0)
    output["W"] = wider_output(output["W"], len(embedding), before, bag["width"])
    for (key, old), rows in zip(sorted(embedding.items()), bag["rows"], strict=True):
        embedding[key] = wider_table(old, rows, bag["width"], random)
    weights.write(args.output, found)


if __name__ == "__main__":
    main()
