"""Train the shipped architecture in torch, on many tasks at once, and write it for ``paths.weights``.

First the encoder learns tagging tasks of other annotators (each with a head of its own, so that no label
has to be mapped) together with the corpus and the teacher's labels; then the corpus and the teacher's labels
alone; then, if asked for, the classifier of measures is trained, which shares nothing with the encoder. The
teacher's labels are probabilities. The weights are written in half precision.

usage: student.py CONFIG.cfg train.spacy LABELLED.msgpack OUTPUT.bin [--task TASK.jsonl[:weight] ...]
           [--categories 5 [--judged CATEGORIES.jsonl STORIES]]

Needs torch. LABELLED is the output of ``labels.py``, or for the classifier of ``categories.py``; a TASK has
lines of ``{"text", "spans": [[start, end, label]]}``.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy
import srsly
import torch
from net import Student, export, load
from spacy import util
from spacy.tokens import Doc
from spacy.vocab import Vocab
from texts import Text, read_corpus, read_judged, read_lines
from torch import nn
from torch.nn import functional

from jucuo.network import biluo, lexicon
from jucuo.network.features import mix, token_keys
from jucuo.network.tables import MIX
from jucuo.pipeline.tokenizer import ZhTokenizer
from jucuo.records import ENTITY_LABELS
from jucuo.taxonomy import CATEGORIES

JUDGED_WEIGHT = 1.5  # of a story with judged phrases
CATEGORY_RATE, CATEGORY_DECAY, CATEGORY_BATCH = 0.012, 0.5, 16000  # of the classifier of measures alone


class Task:
    """Texts as arrays: hashes of features, and what to learn.

    Of our own labels `entities`, `edges` (tags, or their probabilities) and `spans` with the probabilities of
    their `categories`; of others' `tags`.
    """

    def __init__(self, rows: list[Text]):
        tokenizer = ZhTokenizer(Vocab())
        self.ours = "spans" not in rows[0]
        self.numbers = {"O": 0}
        for label in sorted({s[2] for r in rows for s in r.get("spans", ())}):
            for part in "BI":
                self.numbers[f"{part}-{label}"] = len(self.numbers)
        self.texts = [self.arrays(tokenizer(r["text"]), r) for r in rows if r["text"]]
        self.size = sum(t["n"] for t in self.texts)

    def arrays(self, doc: Doc, row: Text) -> Text:
        starts = numpy.array([t.idx for t in doc])
        ends = numpy.append(starts[1:], len(row["text"]))
        keys = numpy.pad(token_keys([doc])[0], 1)
        hashes = (mix(keys)[:, :, None] * MIX >> numpy.uint64(33)).astype("int32")
        out: Text = {"n": len(doc), "hashes": hashes, "flags": lexicon.flags(keys[1:-1])}
        if not self.ours:
            tags = numpy.zeros(len(row["text"]), "int64")
            for start, end, label in row["spans"]:
                tags[start:end] = self.numbers[f"I-{label}"]
                tags[start] = self.numbers[f"B-{label}"]
            return {**out, "tags": tags[starts]}

        def tokens(spans: list) -> list[tuple[int, int]]:
            first = numpy.searchsorted(starts, [s[0] for s in spans])
            last = numpy.searchsorted(ends, [s[1] - 1 for s in spans], "right") + 1
            return list(zip(first.tolist(), last.tolist(), strict=True))

        named, spans = row.get("entities", []), tokens(row["measures"])
        entities = [
            (start, end, ENTITY_LABELS.index(s[2]))
            for s, (start, end) in zip(named, tokens(named), strict=True)
            if start < end
        ]
        certain = [[c == s[2] for c in CATEGORIES] for s in row["measures"]]  # no label: nothing to learn
        wanted = row.get("categories", numpy.array(certain, "f2").reshape(-1, len(CATEGORIES)))
        whole = [i for i, (start, end) in enumerate(spans) if start < end]
        out["spans"], out["categories"] = [spans[i] for i in whole], wanted[whole]
        out["entities"] = biluo.encode(len(doc), entities)
        out["edges"] = biluo.encode(len(doc), [(s, e, 0) for s, e in out["spans"]])
        if "entity_tags" in row:
            single = ends - starts == 1
            for key, scores in (("entities", row["entity_tags"]), ("edges", row["edge_tags"])):
                probs = numpy.eye(scores.shape[1], dtype="f2")[out[key]]
                probs[single] = numpy.exp(scores[starts[single]].astype("f"))
                out[key] = probs
        return out

    def batches(self, size: int) -> Iterator[list[Text]]:
        """Batches of about `size` tokens, for ever."""
        batch, n = [], 0
        while True:
            random.shuffle(self.texts)
            for text in self.texts:
                batch.append(text)
                n += text["n"]
                if n >= size:
                    yield batch
                    batch, n = [], 0


def lay_out(net: Student, batch: list[Text]) -> tuple[list[int], Any, Any, Any]:
    """Texts end to end, empty rows between them: their first rows, hashes, flags, and which rows are real."""
    pad = max(net.encoder.dilations)
    total = pad + sum(t["n"] + pad for t in batch)
    hashes, real = numpy.zeros((total, *batch[0]["hashes"].shape[1:]), "int64"), numpy.zeros((total, 1), "f")
    flags, starts, at = numpy.zeros((total, lexicon.N_FLAGS), "f"), [], pad
    for t in batch:
        place = slice(at, at + t["n"])
        hashes[place], flags[place], real[place] = t["hashes"], t["flags"], 1
        starts.append(at)
        at += t["n"] + pad
    return starts, torch.from_numpy(hashes), torch.from_numpy(flags), torch.from_numpy(real)


def category_loss(net: Student, batch: list[Text], starts: list[int], hashes: torch.Tensor) -> torch.Tensor:
    """Cross-entropy of the categories of the measures, per token."""
    spans = [
        (s + at, e + at, at, at + t["n"]) for at, t in zip(starts, batch, strict=True) for s, e in t["spans"]
    ]
    if not spans:
        return torch.zeros((), requires_grad=True)
    wanted = torch.from_numpy(numpy.concatenate([t["categories"] for t in batch])).float()
    found = functional.cross_entropy(net.categories(hashes, spans), wanted, reduction="sum")
    return found / sum(t["n"] for t in batch)


def loss_of(net: Student, name: str, task: Task, batch: list[Text]) -> torch.Tensor:
    """Cross-entropy per token of the tags that a task teaches."""
    starts, hashes, flags, real = lay_out(net, batch)
    x = net.encoder(hashes, flags, real)
    heads = {"entities": net.entities, "edges": net.edges} if task.ours else {"tags": net.others[name]}
    rows = numpy.concatenate([numpy.arange(s, s + t["n"]) for s, t in zip(starts, batch, strict=True)])
    x = x[torch.from_numpy(rows)]
    loss = torch.zeros(())
    for key, head in heads.items():
        wanted = torch.from_numpy(numpy.concatenate([t[key] for t in batch]))
        loss = loss + functional.cross_entropy(head(x), wanted.float() if wanted.dim() > 1 else wanted)
    return loss


def train(net: Student, tasks: dict[str, tuple[Task, float]], epochs: float, size: int, rate: float) -> None:
    """The encoder and the heads for tags, in batches of all tasks, drawn by their size times their weight."""
    parts = (net.encoder, net.entities, net.edges, net.others)
    groups = [{"params": [p for part in parts for p in part.parameters()], "rate": rate}]
    optimizer = torch.optim.Adam(groups, lr=rate, betas=(0.9, 0.98))
    run(net, tasks, epochs, size, optimizer, loss_of)


def train_categories(net: Student, tasks: dict[str, tuple[Task, float]], epochs: float) -> None:
    """The classifier of measures by itself, whose embeddings decay, in large batches."""
    bag = [*net.bag.parameters(), *net.category.parameters()]
    groups = [{"params": bag, "rate": CATEGORY_RATE}]
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=CATEGORY_DECAY)

    def loss(net: Student, name: str, task: Task, batch: list[Text]) -> torch.Tensor:
        starts, hashes, _, _ = lay_out(net, batch)
        return category_loss(net, batch, starts, hashes)

    run(net, tasks, epochs, CATEGORY_BATCH, optimizer, loss)


def run(
    net: Student,
    tasks: dict[str, tuple[Task, float]],
    epochs: float,
    size: int,
    optimizer: torch.optim.Optimizer,
    loss: Callable[[Student, str, Task, list[Text]], torch.Tensor],
) -> None:
    """Steps over batches of `size` tokens; the rate of each group rises, then falls to nothing."""
    shares = [task.size * weight for task, weight in tasks.values()]
    streams = {name: task.batches(size) for name, (task, _) in tasks.items()}
    steps = int(sum(shares) * epochs / size)
    net.train()
    for step in range(steps):
        for group in optimizer.param_groups:
            group["lr"] = (
                group["rate"] * min(1, (step + 1) / min(300, steps / 10)) * max(0.02, 1 - step / steps)
            )
        (name,) = random.choices(list(tasks), shares)
        found = loss(net, name, tasks[name][0], next(streams[name]))
        optimizer.zero_grad(set_to_none=True)
        found.backward()
        nn.utils.clip_grad_norm_([p for g in optimizer.param_groups for p in g["params"]], 1.0)
        optimizer.step()
        if step % 100 == 99:
            print(f"{step + 1}/{steps} {name} {found.item():.3f}", flush=True)


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("config", "corpus", "labelled", "output"):
        ap.add_argument(name, type=Path)
    ap.add_argument("--task", nargs="*", default=[])
    ap.add_argument("--init", type=Path, help="weights to start from: of this script, or a pipeline")
    ap.add_argument("--epochs", nargs=2, type=float, default=[1.0, 0.6], help="of the first and second stage")
    ap.add_argument("--rates", nargs=2, type=float, default=[2.5e-3, 9e-4], help="learning rates")
    ap.add_argument("--batches", nargs=2, type=int, default=[6000, 2500], help="tokens of a batch")
    ap.add_argument(
        "--corpus-weight", type=float, default=3.0, help="of its texts, against those the teacher labelled"
    )
    ap.add_argument("--categories", type=float, default=0, help="epochs of the classifier of measures alone")
    ap.add_argument(
        "--judged", nargs=2, type=Path, help="for it: judged phrases, and the folder with the stories"
    )
    ap.add_argument("--seed", type=int, default=0)
    args = ap.parse_args()
    torch.manual_seed(args.seed)
    random.seed(args.seed)
    config = util.load_config(args.config, interpolate=False)
    ours = {
        "corpus": (Task(read_corpus(args.corpus)), args.corpus_weight),
        "labelled": (Task(srsly.read_msgpack(args.labelled)), 1.0),
    }
    others = {}
    for number, spec in enumerate(args.task):
        path, _, weight = spec.partition(":")
        others[f"task{number}"] = (Task(read_lines(path)), float(weight or 1))
    net = Student(config.interpolate(), {name: len(task.numbers) for name, (task, _) in others.items()})
    if args.init:
        load(net, config, args.init)
    for tasks, *settings in zip(
        ({**ours, **others}, ours), args.epochs, args.batches, args.rates, strict=True
    ):
        train(net, tasks, *settings)
    if args.judged:
        ours["judged"] = (Task(read_judged(*args.judged)), JUDGED_WEIGHT)
    train_categories(net, ours, args.categories)
    export(net, config, args.output)


if __name__ == "__main__":
    main()
