"""Average the parameters of pipelines and students that were trained from the same weights.

usage: average.py OUTPUT MODEL ... [--like PIPELINE] [--classifier MODEL]

A MODEL is the folder of a pipeline or the weights of a student (``.bin``), all of one shape. OUTPUT ending
in ``.bin`` gets weights for ``student.py --init``; any other is the folder of a pipeline like PIPELINE, or
the last of the MODELs that is one. The classifier of measures, which is trained by itself, may come from
a model of its own.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy
import spacy

from jucuo.network import weights


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("output", type=Path)
    ap.add_argument("models", type=Path, nargs="+")
    ap.add_argument("--like", type=Path, help="the folder of a pipeline")
    ap.add_argument("--classifier", type=Path, help="take the classifier of measures from this model")
    args = ap.parse_args()
    if args.classifier and args.output.suffix == ".bin":
        ap.error("--classifier is for a pipeline as output")
    found = [weights.read(path) for path in args.models]
    averaged = {
        name: [
            {key: numpy.mean([layer[key].astype("f") for layer in same], axis=0) for key in same[0]}
            for same in zip(*(model[name] for model in found), strict=True)
        ]
        for name in weights.COMPONENTS
    }
    if args.output.suffix == ".bin":
        weights.write(args.output, averaged)
        return
    nlp = spacy.load(args.like or [path for path in args.models if path.is_dir()][-1])
    if args.classifier:
        model = nlp.get_pipe("jucuo_measures").model
        own = {node.id for node in model.get_ref("category").walk()}
        others = weights.read(args.classifier)["jucuo_measures"]
        averaged["jucuo_measures"] = [
            theirs if node.id in own else layer
            for node, layer, theirs in zip(model.walk(), averaged["jucuo_measures"], others, strict=True)
        ]
    weights.put(nlp, averaged)
    nlp.to_disk(args.output)


if __name__ == "__main__":
    main()
