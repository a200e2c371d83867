"""Pretrain the character encoder on other tagging tasks and write it for ``paths.encoder``.

One encoder, one softmax head per task; each task is a JSONL file of ``{"text", "spans": [[start, end,
label], ...]}``, tagged B-/I- per label. Tasks keep labels of their own, so nothing has to be mapped.

usage: pretrain.py OUTPUT CONFIG TASK.jsonl[:weight] ... [--epochs N] [--batch CHARS]
"""

from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path
from typing import Any

import numpy
from spacy import util
from spacy.vocab import Vocab
from thinc.api import Adam, Linear, chain, fix_random_seed, with_array

from jucuo.pipeline.tokenizer import ZhTokenizer


def read_task(path: Path) -> tuple[list[tuple[str, list]], dict[str, int]]:
    """Read a task; return its texts and the number of each tag."""
    rows, labels = [], set()
    with open(path, encoding="utf-8") as f:
        for line in f:
            row = json.loads(line)
            rows.append((row["text"], row["spans"]))
            labels.update(label for _, _, label in row["spans"])
    tags = {"O": 0}
    for label in sorted(labels):
        for prefix in "BI":
            tags[f"{prefix}-{label}"] = len(tags)
    return rows, tags


def tag(doc: Any, spans: list, tags: dict[str, int]) -> numpy.ndarray:
    """Tag ids of the tokens of `doc`; a token belongs to the span its first character is in."""
    chars = numpy.zeros(len(doc.text) + 1, dtype="int32")
    for start, end, label in spans:
        chars[start:end] = tags[f"I-{label}"]
        chars[start] = tags[f"B-{label}"]
    return chars[[t.idx for t in doc]]


def batches(task: tuple[list, dict], size: int) -> Any:
    """Yield batches of texts of about `size` characters, for ever."""
    rows = list(task[0])
    while True:
        random.shuffle(rows)
        batch, n = [], 0
        for row in rows:
            if not row[0]:
                continue
            batch.append(row)
            n += len(row[0])
            if n >= size:
                yield batch
                batch, n = [], 0


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("output", type=Path), ap.add_argument("config", type=Path)
    ap.add_argument("tasks", nargs="+")
    ap.add_argument("--epochs", type=float, default=1.0, help="passes over all tasks, weighted")
    ap.add_argument("--batch", type=int, default=4000)
    ap.add_argument("--rate", type=float, default=0.002)
    args = ap.parse_args()
    fix_random_seed(0)
    random.seed(0)
    config = util.load_config(args.config, interpolate=True)
    tok2vec = util.registry.resolve(config["components"]["tok2vec"])["model"]
    tokenizer = ZhTokenizer(Vocab())
    tasks, weights, heads = [], [], []
    for spec in args.tasks:
        path, _, weight = spec.partition(":")
        task = read_task(Path(path))
        tasks.append(task)
        weights.append(sum(len(t) for t, _ in task[0]) * float(weight or 1))
        print(path, len(task[0]), "texts", int(weights[-1]), "characters", len(task[1]), "tags", flush=True)
    sample = [tokenizer(tasks[0][0][0][0])]
    tok2vec.initialize(X=sample)
    for _, tags in tasks:
        head = with_array(Linear(len(tags), tok2vec.get_dim("nO")))
        head.initialize(X=tok2vec.predict(sample))
        heads.append(head)
    streams = [batches(t, args.batch) for t in tasks]
    steps = int(sum(weights) * args.epochs / args.batch)
    optimizer = Adam(args.rate, L2=1e-6, grad_clip=1.0)
    seen, hits, total, loss, start = 0, 0, 0, 0.0, time.time()
    for step in range(steps):
        done = step / steps
        optimizer.learn_rate = args.rate * min(1.0, (step + 1) / 200) * max(0.02, 1 - done)
        i = random.choices(range(len(tasks)), weights)[0]
        batch = next(streams[i])
        docs = [tokenizer(text) for text, _ in batch]
        gold = [tag(d, spans, tasks[i][1]) for d, (_, spans) in zip(docs, batch, strict=True)]
        model = chain(tok2vec, heads[i])
        scores, backprop = model.begin_update(docs)
        grads = []
        for s, g in zip(scores, gold, strict=True):
            p = numpy.exp(s - s.max(axis=1, keepdims=True))
            p /= p.sum(axis=1, keepdims=True)
            rows = numpy.arange(len(g))
            hits += int((p.argmax(axis=1) == g).sum())
            loss -= float(numpy.log(p[rows, g] + 1e-9).sum())
            p[rows, g] -= 1
            grads.append(p / 1000)
            total += len(g)
        backprop(grads)
        model.finish_update(optimizer)
        seen += sum(map(len, docs))
        if step % 100 == 99:
            rate = seen / (time.time() - start)
            print(
                f"{step + 1}/{steps} loss {loss / total:.4f} acc {hits / total:.4f} {rate:.0f} char/s",
                flush=True,
            )
            hits, total, loss = 0, 0, 0.0
            args.output.write_bytes(tok2vec.to_bytes())
    args.output.write_bytes(tok2vec.to_bytes())


if __name__ == "__main__":
    main()
