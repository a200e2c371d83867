"""Texts for the other scripts of this folder: the corpus, and public sets annotated with other labels.

A public set is named as ``SCHEME=FILE.jsonl[:size]``. The file has lines of
``{"text", "spans": [[start, end, label]]}``; the scheme is one of those of ``jucuo_entities`` in the config,
which say what its labels may stand for among ours.
"""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import numpy
from numpy.typing import NDArray
from spacy import util
from spacy.tokens import DocBin
from spacy.vocab import Vocab

from jucuo.corpus import stories
from jucuo.network import biluo
from jucuo.records import ENTITY_LABELS

JOINED = 280  # characters that the lines of a public set are joined to
Text = dict[str, Any]
Schemes = dict[str, dict[str, list[str]]]


def read_lines(path: str | Path) -> list[Text]:
    """The rows of a JSONL file."""
    with open(path, encoding="utf-8") as f:
        return [json.loads(line) for line in f]


def read_corpus(path: Path) -> list[Text]:
    """The texts of a training file of ``build_corpus.py``, with their spans in characters."""
    out = []
    for doc in DocBin().from_disk(path).get_docs(Vocab()):
        measures = doc.spans.get("measures", ())
        out.append(
            {
                "text": doc.text,
                "entities": [(e.start_char, e.end_char, e.label_) for e in doc.ents],
                "measures": [(m.start_char, m.end_char, m.label_) for m in measures],
            }
        )
    return out


def read_judged(path: Path, folder: Path) -> list[Text]:
    """Stories with the judged phrases of ``assets/news/categories.jsonl``.

    "measures" has those that are measures, with their category, and "others" those that are none.
    """
    out = []
    for row, text in stories.join(path, folder):
        stories.verify(row, text)
        measures = [(start, end, label) for start, end, label in row["judged"] if label]
        others = [(start, end) for start, end, label in row["judged"] if not label]
        out.append({"id": row["id"], "text": text, "measures": measures, "others": others})
    return out


def read_schemes(config: Path) -> Schemes:
    """The schemes of ``jucuo_entities`` in a config."""
    return util.load_config(config, interpolate=False)["components"]["jucuo_entities"]["schemes"]


def parse_public(spec: str) -> tuple[str, Path, float]:
    """Scheme, file and size (infinite if there is none) of ``SCHEME=FILE.jsonl[:size]``."""
    scheme, _, rest = spec.partition("=")
    path, _, size = rest.partition(":")
    return scheme, Path(path), float(size or "inf")


def read_public(specs: list[str], schemes: Schemes) -> list[Text]:
    """Texts of public sets, lines joined at random and taken up to the size (in characters) of each set.

    A larger size takes the same texts first.
    """
    out = []
    for spec in specs:
        scheme, path, size = parse_public(spec)
        rows = read_lines(path)
        random.Random(0).shuffle(rows)
        joined: Text = {"text": "", "spans": []}
        for row in rows:
            if size <= 0:
                break
            at = len(joined["text"])
            joined["text"] += row["text"] + "\n"
            joined["spans"] += [(at + start, at + end, label) for start, end, label in row["spans"]]
            if len(joined["text"]) > JOINED:
                out.append({**joined, "text": joined["text"][:-1], "open": schemes[scheme], "scheme": scheme})
                size -= len(joined["text"])
                joined = {"text": "", "spans": []}
    return out


def open_tags(row: Text) -> NDArray[numpy.bool_]:
    """The tags of entities that the labels of a text leave open, shape (characters, tags)."""
    numbers = {label: i for i, label in enumerate(ENTITY_LABELS)}
    n = len(row["text"])
    out = numpy.zeros((n, biluo.n_tags(len(numbers))), dtype=bool)
    if "open" not in row:
        spans = [(start, end, numbers[label]) for start, end, label in row["entities"]]
        out[numpy.arange(n), biluo.encode(n, spans)] = True
        return out
    out[:, 0] = True
    for label in row["open"]["O"]:
        out[:, 1 + 4 * numbers[label] : 5 + 4 * numbers[label]] = True
    for start, end, label in row["spans"]:
        ours = row["open"][label]
        out[start:end] = "" in ours  # it may stand for anything, or nothing
        for name in filter(None, ours):
            out[numpy.arange(start, end), biluo.tags_of(start, end, numbers[name])] = True
    return out
