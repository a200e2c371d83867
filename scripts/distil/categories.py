"""Give the measures that ``labels.py`` found their categories, as probabilities.

usage: categories.py E5.bin TEACHER.pt train.spacy LABELLED.msgpack OUTPUT.msgpack [--epochs 3]
           [--judged CATEGORIES.jsonl STORIES] [--init NET.pt] [--save NET.pt]

Two classifiers learn them from the corpus: a linear one of character n-grams, which is the better one, and
multilingual-e5-small fine-tuned, from the encoder of the teacher. Their scores are added. OUTPUT is LABELLED
with labels in "measures" and a new "categories", of shape (measures, categories). Phrases of stories that
were judged by reading (`texts.read_judged`) are learnt from too; those that are no measures, though they
were found, are taken out of LABELLED. Needs torch and scikit-learn.
"""

from __future__ import annotations

import argparse
import random
import re
from pathlib import Path
from typing import Any

import numpy
import srsly
import torch
from e5 import E5, Packed, Tokenizer, by_length, descend, groups, ramp
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC
from texts import Text, read_corpus, read_judged
from torch import nn
from torch.nn import functional

from jucuo.network.biluo import n_tags, softmax
from jucuo.taxonomy import CATEGORIES

NGRAM_WEIGHT, ENCODER_WEIGHT = 2.0, 0.35  # of the margins of the one, and the log probabilities of the other
ENDS = 5  # characters at either end of a measure that count by themselves
AROUND = 30  # characters beside a measure that bear on its category, in its sentence
BEFORE, BEHIND = 150, 80  # the same, in its text
LEFT, INSIDE, RIGHT = 24, 60, 8  # pieces before, in and after a measure that the encoder reads
RATE, DECAY, HEAD_RATE, WARMUP, BATCH = 1e-4, 0.9, 1e-3, 0.06, 64
Floats = NDArray[numpy.float32]
Example = tuple[list[int], int, int]  # pieces, and which of them are the measure


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


class Classifier(nn.Module):
    """Scores of the categories from the first mark of a text, and mean and maximum over the measure.

    What is in the measure is marked by a random vector, which is not trained.
    """

    def __init__(self, packed: Packed):
        super().__init__()
        self.e5 = E5(packed)
        self.e5.between = nn.Identity()
        self.register_buffer("mark", torch.randn(packed.width) * 0.02)
        self.dropout, self.output = nn.Dropout(0.2), nn.Linear(3 * packed.width, len(CATEGORIES))

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, inside: torch.Tensor) -> torch.Tensor:
        marked = inside[:, :, None]
        x = self.e5(ids, mask, marked * self.mark)
        mean = (x * marked).sum(1) / inside.sum(1, keepdim=True).clamp(min=1)
        most = (x + (marked - 1) * 1e4).max(1).values
        return self.output(self.dropout(torch.cat([x[:, 0], mean, most], -1)))


class Measures:
    """Measures with what stands beside them in their line, as tensors."""

    def __init__(self, packed: Packed):
        self.packed, self.tokenizer = packed, Tokenizer(packed)

    def pieces(self, text: str) -> list[int]:
        return self.tokenizer(text)[0] if text else []

    def examples(self, row: Text) -> list[Example]:
        text, out = row["text"], []
        for start, end, _ in row["measures"]:
            low, high = text.rfind("\n", 0, start) + 1, text.find("\n", end)
            high = len(text) if high < 0 else high
            left = self.pieces(text[max(low, start - 60) : start])[-LEFT:]
            inside = self.pieces(text[start:end])[:INSIDE]
            right = self.pieces(text[end : min(high, end + 30)])[:RIGHT]
            ids = [self.packed.bos, *left, *inside, *right, self.packed.eos]
            out.append((ids, 1 + len(left), 1 + len(left) + len(inside)))
        return out

    def tensors(self, batch: list[Example]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Pieces, which of them are real, and which are in the measure."""
        parts = [torch.tensor(ids) for ids, _, _ in batch]
        ids = nn.utils.rnn.pad_sequence(parts, batch_first=True, padding_value=self.packed.pad)
        inside = torch.zeros(ids.shape)
        for i, (_, start, end) in enumerate(batch):
            inside[i, start:end] = 1
        return ids, ids != self.packed.pad, inside


def train(net: Classifier, measures: Measures, rows: list[Text], epochs: float) -> None:
    """Fine-tune in bfloat16."""
    labels = [CATEGORIES.index(label) for row in rows for *_, label in row["measures"]]
    examples = [x for row in rows for x in measures.examples(row)]
    optimizer = torch.optim.AdamW(
        [*net.e5.slow_groups(RATE, DECAY), *groups(net.output.parameters(), HEAD_RATE)]
    )
    pairs = list(zip(examples, labels, strict=True))
    steps, step = max(1, int(-(-len(pairs) // BATCH) * epochs)), 0
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda i: ramp(i, steps, WARMUP))
    net.train()
    while step < steps:
        alike = by_length(pairs, lambda pair: len(pair[0][0]), 8)
        batches = [alike[i : i + BATCH] for i in range(0, len(alike), BATCH)]
        random.shuffle(batches)
        for batch in batches[: steps - step]:
            with torch.autocast("cpu", torch.bfloat16):
                scores = net(*measures.tensors([x for x, _ in batch]))
            wanted = torch.tensor([label for _, label in batch])
            loss = functional.cross_entropy(scores.float(), wanted, label_smoothing=0.05)
            descend(net, loss, optimizer, schedule)
            step += 1
            if step % 50 == 0 or step == steps:
                print(f"{step}/{steps} loss {loss.item():.3f}", flush=True)


def encoder_scores(net: Classifier, measures: Measures, rows: list[Text]) -> Floats:
    """Logarithms of the probabilities of the categories, a row for each measure."""
    examples = [x for row in rows for x in measures.examples(row)]
    order = sorted(range(len(examples)), key=lambda i: len(examples[i][0]))
    out = numpy.zeros((len(examples), len(CATEGORIES)), "f")
    net.eval()
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for at in range(0, len(order), 2 * BATCH):
            part = order[at : at + 2 * BATCH]
            scores = net(*measures.tensors([examples[i] for i in part]))
            out[part] = functional.log_softmax(scores.float(), -1).numpy()
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
    for name in ("e5", "teacher", "corpus", "labelled", "output"):
        ap.add_argument(name, type=Path)
    ap.add_argument("--epochs", type=float, default=3.0)
    ap.add_argument("--judged", nargs=2, type=Path, help="judged phrases, and the folder with the stories")
    ap.add_argument("--init", type=Path, help="fine-tuned before by this script; instead of TEACHER")
    ap.add_argument("--save", type=Path, help="where to keep what is fine-tuned")
    args = ap.parse_args()
    torch.manual_seed(0)
    random.seed(0)
    corpus, rows = read_corpus(args.corpus), srsly.read_msgpack(args.labelled)
    if args.judged:
        judged = read_judged(*args.judged)
        take_out(rows, judged)
        corpus += judged
    packed = Packed(args.e5)
    net, measures = Classifier(packed), Measures(packed)
    if args.init:
        net.load_state_dict(torch.load(args.init))
    else:
        stored = torch.load(args.teacher)["net"]
        encoder = {k[3:]: v.float() for k, v in stored.items() if k.startswith("e5.")}
        net.e5.load_state_dict(encoder, strict=False)
    train(net, measures, corpus, args.epochs)
    if args.save:
        torch.save(net.state_dict(), args.save)
    scores = NGRAM_WEIGHT * NGrams(corpus).scores(rows)
    probs = softmax(scores + ENCODER_WEIGHT * encoder_scores(net, measures, rows))
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
