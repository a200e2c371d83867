"""``jucuo evaluate``: compare predictions with gold annotation."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from ..errors import JucuoError
from ..records import Record


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
        J001, J002, J003, J006 or J007, with file and line.
    """
    try:
        lines = path.read_text("utf-8-sig").split("\n")
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
        if fault := _fault(row):
            raise JucuoError("J007", fault, str(path), number)
        if row["id"] in out:
            raise JucuoError(
                "J007", f"the id {row['id']!r} is that of line {out[row['id']][0]}", str(path), number
            )
        out[row["id"]] = (number, row)
    if not out:
        raise JucuoError("J003", "no records in this file", str(path))
    return out


def _fault(row: Any) -> str | None:
    """What is wrong with a record, if anything."""
    if not isinstance(row, dict):
        return "a line must be an object"
    for key, kind in (("id", str | int), ("entities", list), ("claims", list), ("measures", list)):
        if key not in row:
            return f'the key "{key}" is missing'
        if not isinstance(row[key], kind):
            return f'the key "{key}" is no {"list" if kind is list else "string"}'
    try:
        Record.from_dict(row)
    except (TypeError, KeyError, AttributeError) as e:
        return f"a fact is not in the form of records ({e})"
    return None
