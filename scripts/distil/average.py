"""Average the parameters of pipelines that were trained from the same weights.

usage: average.py OUTPUT_FOLDER MODEL_FOLDER MODEL_FOLDER ...
"""

from __future__ import annotations

import argparse
from pathlib import Path

import spacy


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("output", type=Path)
    ap.add_argument("models", type=Path, nargs="+")
    args = ap.parse_args()
    pipelines = [spacy.load(path) for path in args.models]
    for name in ("tok2vec", "jucuo_entities", "jucuo_measures"):
        for layers in zip(*(nlp.get_pipe(name).model.walk() for nlp in pipelines), strict=True):
            for key in layers[0].param_names:
                if layers[0].has_param(key):
                    mean = sum(layer.get_param(key) for layer in layers) / len(layers)
                    layers[0].set_param(key, mean)
    pipelines[0].to_disk(args.output)


if __name__ == "__main__":
    main()
