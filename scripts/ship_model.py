"""Put a trained pipeline into the package as the default of ``jucuo.load``, provenance in ``meta.json``.

Before, the confidences are calibrated on development texts: the temperature that makes them true most often
(least Brier score), then the lowest threshold whose F is as good as the best, because the pipeline is
less sure of texts of other kinds. Prints how often confidences hold.

usage: ship_model.py MODEL_FOLDER DEV.jsonl TEST.jsonl --data TEXT --command TEXT
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path
from typing import Any

import spacy

import jucuo
from jucuo.evaluation import evaluate, iou

TARGET = Path(__file__).resolve().parent.parent / "src" / "jucuo" / "model"
LAYERS = {"jucuo_entities": ("entities", "label"), "jucuo_measures": ("measures", "category")}
TEMPERATURES = (0.8, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5)
THRESHOLDS = tuple(i / 50 for i in range(36))
AS_GOOD = 0.003  # differences of F that dev texts do not tell from chance


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def extract(nlp: Any, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found = jucuo.extract([r["text"] for r in rows], [r["published"] for r in rows], nlp)
    return [record.to_dict() for record in found]


def right(gold: list[dict[str, Any]], fact: dict[str, Any], label: str) -> bool:
    """Whether a fact stands in the annotation: half of it, as the evaluation counts measures."""
    least = 0.5 if label == "category" else 1
    return any(other[label] == fact[label] and iou(other, fact) >= least for other in gold)


def calibrate(nlp: Any, name: str, rows: list[dict[str, Any]]) -> dict[str, float]:
    """Temperature and threshold of one component, from its confidences on `rows`, as settings."""
    layer, label = LAYERS[name]
    pipe, trials = nlp.get_pipe(name), []
    pipe.threshold = 0.0
    with nlp.select_pipes(enable=["tok2vec", name]):
        for temperature in TEMPERATURES:
            pipe.temperature = temperature
            scored = [
                (fact["score"], right(row[layer], fact, label))
                for row, record in zip(rows, extract(nlp, rows), strict=True)
                for fact in record[layer]
                if fact["score"] is not None
            ]
            brier = sum((score - hit) ** 2 for score, hit in scored) / len(scored)
            trials.append((brier, temperature, scored))
    brier, temperature, scored = min(trials, key=lambda t: t[:2])
    total = sum(len(row[layer]) for row in rows)

    def f_score(threshold: float) -> float:
        kept = [hit for score, hit in scored if score >= threshold]
        return 2 * sum(kept) / (len(kept) + total)

    best = max(map(f_score, THRESHOLDS))
    threshold = min(t for t in THRESHOLDS if f_score(t) >= best - AS_GOOD)
    print(f"{name}: temperature {temperature}, threshold {threshold}, Brier score {brier:.3f}")
    for low in range(10):
        bin_ = [(score, hit) for score, hit in scored if min(9, int(score * 10)) == low]
        if bin_:
            said, held = (sum(x) / len(bin_) for x in zip(*bin_, strict=True))
            print(f"  {low / 10:.1f}  {len(bin_):5}  said {said:.2f}  held {held:.2f}")
    return {f"components.{name}.temperature": temperature, f"components.{name}.threshold": threshold}


def store_tables_in_half_precision(nlp: Any) -> None:
    """Halve the size of the model's files; the tables are widened again when they are first used."""
    for name in ("tok2vec", "jucuo_measures"):
        for layer in nlp.get_pipe(name).model.walk():
            for key in layer.param_names:
                if key[0] == "E" and layer.has_param(key):
                    layer.set_param(key, layer.get_param(key).astype("float16"))


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("model", "dev", "test"):
        ap.add_argument(name, type=Path)
    ap.add_argument("--data", required=True, help="what it was trained on")
    ap.add_argument("--command", required=True, help="how it was trained")
    args = ap.parse_args()
    nlp = spacy.load(args.model)
    settings: dict[str, float | None] = {}
    for name in LAYERS:
        settings |= calibrate(nlp, name, read(args.dev))
    settings |= dict.fromkeys(("paths.train", "paths.dev", "paths.weights"))  # of this machine only
    nlp = spacy.load(args.model, config=settings)
    rows = read(args.test)
    result = evaluate((r["text"], r, p) for r, p in zip(rows, extract(nlp, rows), strict=True))
    nlp.meta.update(
        name="jucuo_sm",
        version=jucuo.__version__,
        description="Entities, claims and measures in Chinese public-affairs news",
        license="MIT",
        author="The jucuo developers",
        performance=result.to_dict(),
        training={"data": args.data, "command": args.command},
    )
    store_tables_in_half_precision(nlp)
    shutil.rmtree(TARGET, ignore_errors=True)
    nlp.to_disk(TARGET, exclude=["vocab"])
    size = sum(p.stat().st_size for p in TARGET.rglob("*") if p.is_file())
    print(f"{TARGET.name}: {size / 1e6:.1f} MB")
    print(result.table())


if __name__ == "__main__":
    main()
