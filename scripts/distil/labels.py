"""Label texts with the teacher, softly: the probability of every tag of every character.

usage: labels.py E5.bin TEACHER.pt CONFIG.cfg OUTPUT.msgpack [--raw RAW.jsonl] [--public uner=UNER.jsonl ...]
    [--with PIPELINE]

The teacher's scores are averaged with those of a PIPELINE trained before, if there is one: the two err in
different places, and together they are better than either. RAW has lines of ``{"id", "text"}``. For public
sets (form: ``texts.py``) tags are chosen among those that their labels leave open. OUTPUT is a list of
``{"id", "scheme", "text", "entities", "measures", "entity_tags", "edge_tags"}``: spans ``[start, end,
label]`` (measures without a label, ``categories.py`` gives them one) and logarithms of probabilities, in
half precision, of shape (characters, tags). Needs torch.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import numpy
import spacy
import srsly
import torch
from e5 import Packed
from numpy.typing import NDArray
from spacy.language import Language
from teacher import Tagger, Windows, load
from texts import Text, open_tags, read_lines, read_public, read_schemes
from torch.nn import functional

from jucuo.network import biluo
from jucuo.pipeline.span_tagger import SpanTagger
from jucuo.records import ENTITY_LABELS

TEXTS, WINDOWS = 96, 48  # texts labelled at a time, and windows of a batch
TAGGERS = ("jucuo_entities", "jucuo_measures")
SHARE = 0.6  # of the teacher in an average
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


def average(found: list[tuple[Floats, Floats]], nlp: Language, rows: list[Text]) -> None:
    """Average the teacher's tags with those of a pipeline, in place, where a token is one character."""
    docs = [nlp.make_doc(row["text"]) for row in rows]
    tok2vec = nlp.get_pipe("tok2vec")
    tok2vec.set_annotations(docs, tok2vec.predict(docs))
    for i, name in enumerate(TAGGERS):
        for doc, scores, teachers in zip(
            docs, SpanTagger.predict(nlp.get_pipe(name), docs), found, strict=True
        ):
            single = numpy.array([len(t) == 1 for t in doc], dtype=bool)
            places = numpy.array([t.idx for t in doc], dtype=int)[single]
            own = numpy.log(biluo.softmax(scores[single]) + 1e-9)
            teachers[i][places] = SHARE * teachers[i][places] + (1 - SHARE) * own


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


def label(net: Tagger, windows: Windows, rows: list[Text], nlp: Language | None = None) -> Iterator[Text]:
    """The rows, labelled."""
    found = tags(net, windows, rows)
    if nlp is not None:
        average(found, nlp, rows)
    for row, (entities, edges) in zip(rows, found, strict=True):
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
    ap.add_argument("--with", type=Path, dest="pipeline", help="the folder of a pipeline")
    args = ap.parse_args()
    packed = Packed(args.e5)
    net, chars, pieces = load(packed, args.teacher)
    net.eval()
    windows = Windows(packed, chars, pieces)
    rows = read_lines(args.raw) if args.raw else []
    rows += read_public(args.public, read_schemes(args.config))
    unshifted = {f"components.{name}.shift": 0.0 for name in TAGGERS}
    nlp = spacy.load(args.pipeline, config=unshifted) if args.pipeline else None
    out: list[Text] = []
    for at in range(0, len(rows), TEXTS):
        out += label(net, windows, rows[at : at + TEXTS], nlp)
        print(f"{len(out)}/{len(rows)} texts", flush=True)
    srsly.write_msgpack(args.output, out)


if __name__ == "__main__":
    main()
