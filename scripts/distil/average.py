"""Average the parameters of pipelines and students that were trained from the same weights.

usage: average.py OUTPUT MODEL ... [--like PIPELINE]

A MODEL is the folder of a pipeline or the weights of a student (``.bin``), all of one shape. OUTPUT ending
in ``.bin`` gets weights for ``student.py --init``; any other is the folder of a pipeline like PIPELINE, or
the last of the MODELs that is one.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy
import spacy
import srsly

from jucuo.network import tables

COMPONENTS = ("tok2vec", "jucuo_entities", "jucuo_measures")
Layers = dict[str, list[dict[str, numpy.ndarray]]]


def layers_of(nlp: Any) -> dict[str, list[Any]]:
    """The layers of the models, in the order in which they are walked."""
    return {name: list(nlp.get_pipe(name).model.walk()) for name in COMPONENTS}


def parameters(path: Path) -> Layers:
    """The parameters of a pipeline or a student."""
    if not path.is_dir():
        return srsly.msgpack_loads(path.read_bytes())
    return {name: [stored(layer) for layer in layers] for name, layers in layers_of(spacy.load(path)).items()}


def stored(layer: Any) -> dict[str, numpy.ndarray]:
    """The parameters of a layer, tables in single precision."""
    for i in range(len(layer.attrs.get("rows", ()))):
        tables.table(layer, i)
    return {key: layer.get_param(key) for key in layer.param_names if layer.has_param(key)}


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("output", type=Path)
    ap.add_argument("models", type=Path, nargs="+")
    ap.add_argument("--like", type=Path, help="the folder of a pipeline")
    args = ap.parse_args()
    found = [parameters(path) for path in args.models]
    averaged = {
        name: [
            {key: numpy.mean([layer[key].astype("f") for layer in same], axis=0) for key in same[0]}
            for same in zip(*(model[name] for model in found), strict=True)
        ]
        for name in COMPONENTS
    }
    if args.output.suffix == ".bin":
        halved = {
            name: [{k: v.astype("f2") for k, v in layer.items()} for layer in layers]
            for name, layers in averaged.items()
        }
        args.output.write_bytes(srsly.msgpack_dumps(halved))
        return
    nlp = spacy.load(args.like or [path for path in args.models if path.is_dir()][-1])
    for name, layers in layers_of(nlp).items():
        for layer, values in zip(layers, averaged[name], strict=True):
            for key, value in values.items():
                layer.set_param(key, value)
    nlp.to_disk(args.output)


if __name__ == "__main__":
    main()
