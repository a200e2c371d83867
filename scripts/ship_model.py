"""Put a trained pipeline into the package as the default of ``jucuo.load``, provenance in ``meta.json``.

usage: ship_model.py MODEL_FOLDER TEST.jsonl --data TEXT --command TEXT
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

import spacy

import jucuo
from jucuo.evaluation import evaluate

TARGET = Path(__file__).resolve().parent.parent / "src" / "jucuo" / "model"


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("model", type=Path), ap.add_argument("test", type=Path)
    ap.add_argument("--data", required=True, help="what it was trained on")
    ap.add_argument("--command", required=True, help="how it was trained")
    ap.add_argument(
        "--threshold",
        nargs=2,
        action="append",
        metavar=("COMPONENT", "VALUE"),
        help="the confidence to report from, where it is not to be that of the training",
    )
    args = ap.parse_args()
    args.threshold = [(name, float(value)) for name, value in args.threshold or ()]
    nlp = spacy.load(args.model, config={f"components.{k}.threshold": v for k, v in args.threshold})
    rows = [json.loads(line) for line in args.test.read_text("utf-8").splitlines()]
    found = jucuo.extract([r["text"] for r in rows], [r["published"] for r in rows], nlp)
    result = evaluate((r["text"], r, p.to_dict()) for r, p in zip(rows, found, strict=True)).to_dict()
    nlp.meta.update(
        name="jucuo_sm",
        version=jucuo.__version__,
        description="Entities, claims and measures in Chinese public-affairs news",
        license="MIT",
        author="The jucuo developers",
        performance=result,
        training={"data": args.data, "command": args.command},
    )
    shutil.rmtree(TARGET, ignore_errors=True)
    nlp.to_disk(TARGET, exclude=["vocab"])
    size = sum(p.stat().st_size for p in TARGET.rglob("*") if p.is_file())
    print(f"{TARGET.name}: {size / 1e6:.1f} MB")
    print(evaluate((r["text"], r, p.to_dict()) for r, p in zip(rows, found, strict=True)).table())


if __name__ == "__main__":
    main()
