"""Put a trained pipeline into the package as the default of ``jucuo.load``, provenance in ``meta.json``.

Before, each component is calibrated on development texts: how much is taken off the score of what is outside
of measures (the most whose F is as good as the best), the temperature that makes confidences true most often
(least Brier score), and, of the thresholds whose F is as good as the best, the middle one. Prints how often
confidences hold.

usage: ship_model.py MODEL_FOLDER DEV.jsonl TEST.jsonl --data TEXT --command TEXT
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path
from statistics import median_high
from typing import Any

import spacy
import srsly
from spacy.tokens import Doc

import jucuo
from jucuo.evaluation import evaluate, iou
from jucuo.network import tables
from jucuo.pipeline.extensions import record_of
from jucuo.pipeline.finishing import finish_training

TARGET = Path(__file__).resolve().parent.parent / "src" / "jucuo" / "model"
LAYERS = {"jucuo_entities": ("entities", "label"), "jucuo_measures": ("measures", "category")}
SHIFTS = {"jucuo_entities": (0.0,), "jucuo_measures": (0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5)}
TEMPERATURES = (0.8, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5)
THRESHOLDS = tuple(i / 50 for i in range(36))
AS_GOOD = 0.003  # differences of F that dev texts do not tell from chance


def right(gold: list[dict[str, Any]], fact: dict[str, Any], label: str) -> bool:
    """Whether a fact stands in the annotation: half of it, as the evaluation counts measures."""
    least = 0.5 if label == "category" else 1
    return any(other[label] == fact[label] and iou(other, fact) >= least for other in gold)


def scored(nlp: Any, name: str, rows: list[dict[str, Any]], docs: list[Doc]) -> list[tuple[float, bool]]:
    """Confidence of each fact that a component finds in docs that the encoder has read; is it right?"""
    layer, label = LAYERS[name]
    pipe = nlp.get_pipe(name)
    pipe.set_annotations(docs, pipe.predict(docs))
    return [
        (fact["score"], right(row[layer], fact, label))
        for row, doc in zip(rows, docs, strict=True)
        for fact in record_of(doc).to_dict()[layer]
    ]


def as_good(f_scores: dict[float, float]) -> list[float]:
    """The settings whose F is as good as the best."""
    best = max(f_scores.values())
    return [setting for setting, f in f_scores.items() if f >= best - AS_GOOD]


def best_thresholds(facts: list[tuple[float, bool]], total: int) -> tuple[list[float], float]:
    """The thresholds whose F is as good as the best, and the best F; `total` facts are annotated."""
    f_scores = {}
    for threshold in THRESHOLDS:
        kept = [hit for score, hit in facts if score >= threshold]
        f_scores[threshold] = 2 * sum(kept) / (len(kept) + total)
    return as_good(f_scores), max(f_scores.values())


def calibrate(nlp: Any, name: str, rows: list[dict[str, Any]], docs: list[Doc]) -> dict[str, float]:
    """Shift, temperature and threshold of one component, as settings."""
    pipe, total = nlp.get_pipe(name), sum(len(row[LAYERS[name][0]]) for row in rows)
    pipe.threshold, tried = 0.0, {}
    for shift in SHIFTS[name]:
        pipe.shift = shift
        tried[shift] = best_thresholds(scored(nlp, name, rows, docs), total)[1]
    pipe.shift = max(as_good(tried))
    trials = []
    for temperature in TEMPERATURES:
        pipe.temperature = temperature
        facts = scored(nlp, name, rows, docs)
        trials.append((sum((score - hit) ** 2 for score, hit in facts) / len(facts), temperature, facts))
    brier, temperature, facts = min(trials, key=lambda t: t[:2])
    thresholds, best = best_thresholds(facts, total)
    threshold = median_high(thresholds)
    print(f"{name}: shift {pipe.shift}, temperature {temperature}, threshold {threshold}")
    print(f"  F {best:.3f}, Brier score {brier:.3f}")
    for low in range(10):
        bin_ = [(score, hit) for score, hit in facts if min(9, int(score * 10)) == low]
        if bin_:
            said, held = (sum(x) / len(bin_) for x in zip(*bin_, strict=True))
            print(f"  {low / 10:.1f}  {len(bin_):5}  said {said:.2f}  held {held:.2f}")
    found = {"shift": pipe.shift, "temperature": temperature, "threshold": threshold}
    return {f"components.{name}.{key}": value for key, value in found.items()}


def store_in_eight_bits(nlp: Any) -> None:
    """Bring the model's files to less than half their size: its embedding tables in eight bits."""
    for name in ("tok2vec", "jucuo_measures"):
        for layer in nlp.get_pipe(name).model.walk():
            tables.store_in_eight_bits(layer)


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("model", "dev", "test"):
        ap.add_argument(name, type=Path)
    ap.add_argument("--data", required=True, help="what it was trained on")
    ap.add_argument("--command", required=True, help="how it was trained")
    args = ap.parse_args()
    nlp = spacy.load(args.model)
    store_in_eight_bits(nlp)
    paths = ("paths.train", "paths.dev", "paths.weights")  # of this machine only
    settings: dict[str, float | None] = dict.fromkeys(paths)
    rows = list(srsly.read_jsonl(args.dev))
    with nlp.select_pipes(enable="tok2vec"):
        docs = list(jucuo.pipe(nlp, ((row["text"], row["published"]) for row in rows)))
    for name in LAYERS:
        settings |= calibrate(nlp, name, rows, docs)
    nlp = spacy.load(args.model, config=settings)
    store_in_eight_bits(nlp)
    rows = list(srsly.read_jsonl(args.test))
    found = jucuo.extract([row["text"] for row in rows], [row["published"] for row in rows], nlp)
    result = evaluate((row["text"], row, r.to_dict()) for row, r in zip(rows, found, strict=True))
    meta = {
        "name": "jucuo_sm",
        "version": jucuo.__version__,
        "spacy_version": ">=3.8.0,<3.9.0",  # what the package asks for, not what it was trained with
        "description": "Entities, claims and measures in Chinese public-affairs news",
        "license": "MIT",
        "author": "The jucuo developers",
        "performance": result.to_dict(),
        "training": {"data": args.data, "command": args.command},
    }
    finish_training(nlp, meta)
    shutil.rmtree(TARGET, ignore_errors=True)
    nlp.to_disk(TARGET, exclude=["vocab"])
    size = sum(p.stat().st_size for p in TARGET.rglob("*") if p.is_file())
    print(f"{TARGET.name}: {size / 1e6:.1f} MB")
    print(result.table())


if __name__ == "__main__":
    main()
