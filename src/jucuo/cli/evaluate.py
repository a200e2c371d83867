"""``jucuo evaluate``: compare predictions with gold annotation."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from ..errors import JucuoError


def add_parser(subparsers: Any) -> argparse.ArgumentParser:
    """Add the command ``evaluate`` to the parsers of ``jucuo``."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "evaluate",
        help="score a pipeline, or predictions, against gold annotation",
        description="Score predictions against gold records that carry their text.",
    )
    parser.add_argument("gold", metavar="GOLD", help="JSONL of records with text")
    parser.add_argument(
        "predicted", nargs="?", metavar="PREDICTED", help="JSONL of records (default: run the model)"
    )
    parser.add_argument("--model", metavar="NAME", help="pipeline to run: a package or a folder")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="show up to N errors of each sort")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.set_defaults(run=run)
    return parser


def run(args: argparse.Namespace) -> int:
    """Run the command; return 0."""
    from ..evaluation import evaluate

    gold = read_records(Path(args.gold))
    for line, row in gold.values():
        if not isinstance(row.get("text"), str):
            raise JucuoError("J007", 'a gold record lacks "text"', args.gold, line)
    if args.predicted:
        found = {id: row for id, (_, row) in read_records(Path(args.predicted)).items()}
        missing = [id for id in gold if id not in found]
        if missing:
            raise JucuoError("J007", f"no prediction for {', '.join(missing[:5])}", args.predicted)
    else:
        found = _predict(args.model, gold)
    result = evaluate((row["text"], row, found[id]) for id, (_, row) in gold.items())
    if args.json:
        print(json.dumps({**result.to_dict(), **result.given()}, ensure_ascii=False, indent=1))
    else:
        print(result.table(args.errors))
    return 0


def _predict(model: str | None, gold: dict[str, tuple[int, dict[str, Any]]]) -> dict[str, dict[str, Any]]:
    from ..api import extract, load

    rows = [row for _, row in gold.values()]
    found = extract([r["text"] for r in rows], [r.get("published") for r in rows], load(model))
    return {id: record.to_dict() for id, record in zip(gold, found, strict=True)}


def read_records(path: Path) -> dict[str, tuple[int, dict[str, Any]]]:
    """Read records by id, each with the number of its line.

    Raises
    ------
    JucuoError
        J001, J006 or J007, with file and line.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except FileNotFoundError:
        raise JucuoError("J001", "file not found", str(path)) from None
    except (OSError, UnicodeDecodeError) as e:
        raise JucuoError("J002", f"cannot be read: {e}", str(path)) from None
    out: dict[str, tuple[int, dict[str, Any]]] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as e:
            raise JucuoError("J006", f"not JSON: {e}", str(path), number) from None
        for key in ("id", "entities", "claims", "measures"):
            if not isinstance(row, dict) or key not in row:
                raise JucuoError("J007", f'the key "{key}" is missing', str(path), number)
        out[row["id"]] = (number, row)
    return out
