"""Give the measures that ``labels.py`` found their categories, as probabilities.

usage: categories.py train.spacy LABELLED.msgpack OUTPUT.msgpack [--judged CATEGORIES.jsonl STORIES]

A linear classifier of character n-grams learns them from the corpus. OUTPUT is LABELLED with labels in
"measures" and a new "categories", of shape (measures, categories). Phrases of stories that were judged by
reading (`texts.read_judged`) are learnt from too; those that are no measures, though they were found, are
taken out of LABELLED. Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Any

import numpy
import srsly
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC
from texts import Text, read_corpus, read_judged

from jucuo.network.biluo import n_tags, softmax
from jucuo.taxonomy import CATEGORIES

SHARPNESS = 2.0  # of probabilities, from the margins of the classifier
ENDS = 5  # characters at either end of a measure that count by themselves
AROUND = 30  # characters beside a measure that bear on its category, in its sentence
BEFORE, BEHIND = 150, 80  # the same, in its text
Floats = NDArray[numpy.float32]


class NGrams:
    """A linear classifier: n-grams in a measure, more lightly those at its ends, beside it and around it."""

    def __init__(self, rows: list[Text]):
        examples = [x for row in rows for x in self.parts(row)]
        labels = [CATEGORIES.index(label) for row in rows for *_, label in row["measures"]]
        self.views = [
            (TfidfVectorizer(analyzer="char", ngram_range=(1, n), sublinear_tf=True, min_df=2), weight)
            for n, weight in ((3, 1.0), (4, 0.5), (4, 0.5), (2, 0.4), (2, 0.4), (2, 0.4))
        ]
        for i, (view, _) in enumerate(self.views):
            view.fit([x[i] for x in examples])
        self.model = LinearSVC(C=0.6).fit(self.features(examples), labels)

    @staticmethod
    def parts(row: Text) -> list[tuple[str, ...]]:
        text = row["text"]
        return [
            (
                text[s:e],
                "^" + text[s:e][:ENDS],
                text[s:e][-ENDS:] + "$",
                re.split(r"[。\n]", text[max(0, s - AROUND) : s])[-1],
                re.split(r"[。\n]", text[e : e + AROUND])[0],
                text[max(0, s - BEFORE) : s] + text[e : e + BEHIND],
            )
            for s, e, _ in row["measures"]
        ]

    def features(self, examples: list[tuple[str, ...]]) -> Any:
        views = [view.transform([x[i] for x in examples]) * w for i, (view, w) in enumerate(self.views)]
        return sparse.hstack(views).tocsr()

    def scores(self, rows: list[Text]) -> Floats:
        """Margins of the categories (those the corpus lacks: -1), a row for each measure."""
        examples = [x for row in rows for x in self.parts(row)]
        out = numpy.full((len(examples), len(CATEGORIES)), -1.0, "f")
        if examples:
            out[:, self.model.classes_] = self.model.decision_function(self.features(examples))
        return out


def take_out(rows: list[Text], judged: list[Text]) -> None:
    """Put what was judged to be no measure outside, in the rows labelled."""
    others = {row["id"]: row["others"] for row in judged}
    outside = numpy.full(n_tags(1), -30.0)
    outside[0] = 0
    for row in rows:
        if not others.get(row["id"]):
            continue
        row["edge_tags"] = row["edge_tags"].copy()  # what was read from a file cannot be changed
        for start, end in others[row["id"]]:
            met = [(s, e) for s, e, _ in row["measures"] if s < end and e > start]
            if met == [(start, end)]:
                row["measures"] = [m for m in row["measures"] if m[0] != start]
                row["edge_tags"][start:end] = outside


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("corpus", "labelled", "output"):
        ap.add_argument(name, type=Path)
    ap.add_argument("--judged", nargs=2, type=Path, help="judged phrases, and the folder with the stories")
    args = ap.parse_args()
    corpus, rows = read_corpus(args.corpus), srsly.read_msgpack(args.labelled)
    if args.judged:
        judged = read_judged(*args.judged)
        take_out(rows, judged)
        corpus += judged
    probs = softmax(SHARPNESS * NGrams(corpus).scores(rows))
    at = 0
    for row in rows:
        own = probs[at : at + len(row["measures"])]
        at += len(own)
        names = [CATEGORIES[k] for k in own.argmax(1)]
        row["measures"] = [(s, e, name) for (s, e, _), name in zip(row["measures"], names, strict=True)]
        row["categories"] = own.astype("f2")
    srsly.write_msgpack(args.output, rows)


if __name__ == "__main__":
    main()
