"""Names found in the dev file of Universal NER over UD Chinese GSDSimp, under its three labels.

Ours are mapped: PERSON to PER, ORG to ORG; GPE, LOC and FAC to LOC; TITLE and LAW are left out, as UNER does
not annotate them. Their annotation differs from ours in ways that no mapping mends:
see ``benchmarks/names.md``.

The file is JSONL, a sentence a line: ``{"text", "entities": [{"start", "end", "label"}]}``.

usage: OPENBLAS_NUM_THREADS=1 python benchmarks/uner_dev.py FILE [--model NAME] [--errors N]
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from pathlib import Path

import jucuo

LABELS = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}
Name = tuple[int, int, str]  # start, end, label
Errors = dict[str, list[str]]


def join_places(names: list[Name]) -> list[Name]:
    """Places that follow each other without a sign between them as one: 河南省安阳市."""
    out: list[Name] = []
    for name in names:
        if out and name[2] == out[-1][2] == "LOC" and out[-1][1] == name[0]:
            out[-1] = (out[-1][0], name[1], "LOC")
        else:
            out.append(name)
    return out


def sort_error(name: Name, others: list[Name], absent: str) -> str:
    """What kind of error a name is that the other side does not have."""
    touching = [o for o in others if o[0] < name[1] and name[0] < o[1]]
    if not touching:
        return absent
    same_span = any(o[:2] == name[:2] for o in touching)
    same_label = any(o[2] == name[2] for o in touching)
    return "label" if same_span else "boundaries" if same_label else "boundaries and label"


def line(title: str, hits: int, predicted: int, gold: int) -> str:
    """A row of figures."""
    p, r = hits / max(1, predicted), hits / max(1, gold)
    f = 2 * p * r / max(1e-9, p + r)
    return f"{title:14} F {f:.3f}  P {p:.3f}  R {r:.3f}  ({hits} of {gold} gold, {predicted} predicted)"


def compare(pairs: list[tuple[str, list[Name], list[Name]]], title: str) -> tuple[Errors, Errors]:
    """Print figures for (text, gold, predicted); return the errors of both sides by kind."""
    counts: Counter[tuple[str, str]] = Counter()
    missed: Errors = defaultdict(list)
    wrong: Errors = defaultdict(list)
    for text, gold, found in pairs:
        for side, names in (("gold", gold), ("predicted", found), ("hits", sorted({*gold} & {*found}))):
            counts.update((side, label) for _, _, label in names)
        for name in sorted({*gold} - {*found}):
            missed[f"{name[2]} {sort_error(name, found, 'missed')}"].append(show(text, name, found))
        for name in sorted({*found} - {*gold}):
            wrong[f"{name[2]} {sort_error(name, gold, 'not in the gold')}"].append(show(text, name, gold))
    print(f"-- {title}")
    sides = ("hits", "predicted", "gold")
    print(line("all", *(sum(n for (s, _), n in counts.items() if s == side) for side in sides)))
    for label in sorted({label for _, label in counts}):
        print(line(label, *(counts[side, label] for side in sides)))
    return missed, wrong


def show(text: str, name: Name, others: list[Name]) -> str:
    """A name with what the other side has in its place."""
    start, end, label = name
    instead = [f"{text[s:e]} {x}" for s, e, x in others if s < end and start < e]
    return f"{text[start:end]} {label} / {', '.join(instead) or '-'}   ({text[max(0, start - 8) : end + 8]})"


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("file", type=Path)
    ap.add_argument("--model", help="a pipeline; the shipped one if not given")
    ap.add_argument("--errors", type=int, default=0, help="show so many errors of each kind")
    args = ap.parse_args()
    rows = [json.loads(row) for row in args.file.read_text("utf-8").splitlines()]
    records = jucuo.extract([row["text"] for row in rows], nlp=jucuo.load(args.model))
    pairs = []
    for row, record in zip(rows, records, strict=True):
        gold = sorted((e["start"], e["end"], e["label"]) for e in row["entities"])
        found = [(e.start, e.end, LABELS[e.label]) for e in record.entities if e.label in LABELS]
        pairs.append((row["text"], gold, found))
    sides = compare(pairs, "names as they are")
    compare(
        [(t, join_places(g), join_places(f)) for t, g, f in pairs], "places in a row joined on both sides"
    )
    for title, errors in zip(("gold, not found as such", "found, not gold as such"), sides, strict=True):
        print(f"-- {title}")
        for kind, examples in sorted(errors.items(), key=lambda item: -len(item[1])):
            print(f"{len(examples):5} {kind}")
            for example in examples[: args.errors]:
                print(f"        {example}")


if __name__ == "__main__":
    main()
