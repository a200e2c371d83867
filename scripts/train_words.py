"""Train the word segmenter of ``jucuo_words`` with spacy-pkuseg, prune it, and report word F1.

Training texts are JSONL lines ``{"words": [...]}``. Features whose weights are all below the threshold go,
and weights are kept in half precision: a third of the size for no measurable loss.

usage: train_words.py TRAIN.jsonl DEV.jsonl OUTPUT_FOLDER [--iterations N] [--threshold T]
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import tempfile
from pathlib import Path

import numpy
import spacy_pkuseg
import srsly

from jucuo.pipeline.words import WordSegmenter


def to_pkuseg(source: Path, target: Path) -> None:
    """Write one text a line, words separated by spaces."""
    with open(source, encoding="utf-8") as f, open(target, "w", encoding="utf-8") as out:
        out.writelines(" ".join(json.loads(line)["words"]) + "\n" for line in f)


def prune(folder: Path, output: Path, threshold: float) -> None:
    """Copy a trained model without its weak features."""
    features = srsly.read_msgpack(folder / "features.msgpack")
    weights = numpy.load(folder / "weights.npz")["w"]
    index, n_tags = features["feature_to_idx"], len(features["tag_to_idx"])
    nodes = weights[: len(index) * n_tags].reshape(len(index), n_tags)
    edges = weights[len(index) * n_tags :]
    keep = numpy.abs(nodes).max(axis=1) >= threshold
    keep[0] = True
    order = [i for _, i in sorted((i, i) for i in index.values()) if keep[i]]
    new = {old: i for i, old in enumerate(order)}
    features["feature_to_idx"] = {k: new[i] for k, i in index.items() if i in new}
    output.mkdir(parents=True, exist_ok=True)
    srsly.write_msgpack(output / "features.msgpack", features)
    flat = numpy.concatenate([nodes[order].ravel(), edges]).astype("float16")
    numpy.savez_compressed(output / "weights.npz", sizes=numpy.array([n_tags, len(order)]), w=flat)


def word_f1(segmenter: WordSegmenter, path: Path) -> tuple[float, float, float]:
    """Precision, recall and F1 of words on a file."""
    hits = predicted = gold = 0
    with open(path, encoding="utf-8") as f:
        for line in f:
            words = json.loads(line)["words"]
            ends = numpy.cumsum([0, *map(len, words)]).tolist()
            g = set(itertools.pairwise(ends))
            p = set(segmenter.segment("".join(words)))
            hits, predicted, gold = hits + len(g & p), predicted + len(p), gold + len(g)
    return hits / predicted, hits / gold, 2 * hits / (predicted + gold)


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("train", "dev", "output"):
        ap.add_argument(name, type=Path)
    ap.add_argument("--iterations", type=int, default=8)
    ap.add_argument("--threshold", type=float, default=0.05)
    args = ap.parse_args()
    output, dev = args.output.absolute(), args.dev.absolute()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        to_pkuseg(args.train, folder / "train.txt")
        to_pkuseg(args.dev, folder / "dev.txt")
        here = Path.cwd()
        os.chdir(folder)  # pkuseg leaves its working files where it runs
        try:
            spacy_pkuseg.train("train.txt", "dev.txt", "model", train_iter=args.iterations)
        finally:
            os.chdir(here)
        prune(folder / "model", output, args.threshold)
    p, r, f = word_f1(WordSegmenter(str(output)), dev)
    print(f"words  F {f:.4f}  P {p:.4f}  R {r:.4f}  ({args.dev.name})")


if __name__ == "__main__":
    main()
