"""Label texts with the teacher, softly: the probability of every tag of every character.

usage: labels.py E5.bin TEACHER.pt CONFIG.cfg OUTPUT.msgpack [--raw RAW.jsonl] [--public uner=UNER.jsonl ...]

RAW has lines of ``{"id", "text"}``. For public sets (form: ``texts.py``) the teacher chooses among the tags
that their labels leave open. OUTPUT is a list of ``{"id", "scheme", "text", "entities", "measures",
"entity_tags", "edge_tags"}``: spans ``[start, end, label]`` (measures without a label, ``categories.py``
gives them one) and logarithms of probabilities, in half precision, of shape (characters, tags). Needs torch.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import numpy
import srsly
import torch
from e5 import Packed
from numpy.typing import NDArray
from teacher import Tagger, Windows, load
from texts import Text, open_tags, read_lines, read_public, read_schemes
from torch.nn import functional

from jucuo.network import biluo
from jucuo.records import ENTITY_LABELS

TEXTS, WINDOWS = 96, 48  # texts labelled at a time, and windows of a batch
Floats = NDArray[numpy.float32]


def tags(net: Tagger, windows: Windows, rows: list[Text]) -> list[tuple[Floats, Floats]]:
    """Logarithms of the probabilities of the tags of each text: of entities, and of edges."""
    sizes = (net.entities.out_features, net.edges.out_features)
    out = [tuple(numpy.zeros((len(row["text"]), n), "f") for n in sizes) for row in rows]
    cut = [w for i, row in enumerate(rows) for w in windows.arrays(i, row, False)]
    cut.sort(key=lambda w: len(w["ids"]))
    for at in range(0, len(cut), WINDOWS):
        batch = cut[at : at + WINDOWS]
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            scores = [functional.log_softmax(s.float(), -1).numpy() for s in net(windows.tensors(batch))]
        for i, w in enumerate(batch):
            n = len(w["char"])
            for to, s in zip(out[w["number"]], scores, strict=True):
                to[w["start"] : w["start"] + n] = s[i, :n]
    return out


def within(scores: Floats, open_: NDArray[numpy.bool_]) -> Floats:
    """The same where only some tags are open."""
    scores = numpy.where(open_, scores, -30.0)
    return scores - numpy.logaddexp.reduce(scores, 1)[:, None]


def spans(text: str, scores: Floats) -> Iterator[tuple[int, int, int]]:
    """Start, end and label of the spans of each line."""
    lines = [m.span() for m in re.finditer(r"[^\n]+", text)]
    found = biluo.read([scores[start:end] for start, end in lines])
    for (at, _), line in zip(lines, found, strict=True):
        yield from ((at + start, at + end, label) for start, end, label, _ in line)


def label(net: Tagger, windows: Windows, rows: list[Text]) -> Iterator[Text]:
    """The rows, labelled."""
    for row, (entities, edges) in zip(rows, tags(net, windows, rows), strict=True):
        if "open" in row:
            entities = within(entities, open_tags(row))
        text = row["text"]
        yield {
            "id": row.get("id"),
            "scheme": row.get("scheme"),
            "text": text,
            "entities": [(s, e, ENTITY_LABELS[k]) for s, e, k in spans(text, entities)],
            "measures": [(s, e, "") for s, e, _ in spans(text, edges)],
            "entity_tags": entities.astype("f2"),
            "edge_tags": edges.astype("f2"),
        }


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("e5", "teacher", "config", "output"):
        ap.add_argument(name, type=Path)
    ap.add_argument("--raw", type=Path)
    ap.add_argument("--public", nargs="*", default=[], help="public sets, with their size in characters")
    args = ap.parse_args()
    packed = Packed(args.e5)
    net, chars, pieces = load(packed, args.teacher)
    net.eval()
    windows = Windows(packed, chars, pieces)
    rows = read_lines(args.raw) if args.raw else []
    rows += read_public(args.public, read_schemes(args.config))
    out: list[Text] = []
    for at in range(0, len(rows), TEXTS):
        out += label(net, windows, rows[at : at + TEXTS])
        print(f"{len(out)}/{len(rows)} texts", flush=True)
    srsly.write_msgpack(args.output, out)


if __name__ == "__main__":
    main()
