"""Fine-tune multilingual-e5-small into a tagger of characters: entities, and the edges of measures.

usage:
    teacher.py E5.bin CONFIG.cfg train.spacy FIRST.pt
    teacher.py E5.bin CONFIG.cfg train.spacy SECOND.pt --init FIRST.pt --public uner=UNER.jsonl ...
        --pieces 220 --batch 2560 --head-rate 7e-4 --warmup 0.03 --epochs 2

The first learns from the corpus alone. Where there are public sets (form: ``texts.py``) the loss for entities
is minus the logarithm of the probability of all tags that their labels leave open; they say nothing of
measures. Needs torch.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy
import torch
from e5 import E5, Packed, Tokenizer, by_length, descend, groups, ramp, small
from texts import Text, open_tags, read_corpus, read_public, read_schemes
from torch import nn
from torch.nn import functional

from jucuo.network import biluo
from jucuo.records import ENTITY_LABELS

LINE, SENTENCE = re.compile(r"(?<=\n)"), re.compile(r"(?<=[。！？!?;；])")
RARE = 3  # characters met less often share a vector
Part = tuple[str, list[int], list[tuple[int, int]]]  # text, its pieces, and what each covers


class Tagger(nn.Module):
    """Scores of the tags of characters, from the pieces that cover them: of entities, and of edges."""

    def __init__(self, packed: Packed, n_chars: int):
        super().__init__()
        self.e5 = E5(packed)
        self.chars, self.places = nn.Embedding(n_chars + 2, 64), nn.Embedding(3, 16)
        self.inner = nn.Linear(packed.width + 80, 256)
        self.conv = nn.Conv1d(256, 256, 3, padding=1)
        self.dropout = nn.Dropout(0.2)
        self.entities = nn.Linear(256, biluo.n_tags(len(ENTITY_LABELS)))
        self.edges = nn.Linear(256, biluo.n_tags(1))

    def forward(self, b: dict[str, torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor]:
        pieces = self.e5(b["ids"], b["mask"])
        x = torch.gather(pieces, 1, b["piece"][:, :, None].expand(-1, -1, pieces.shape[2]))
        x = functional.gelu(self.inner(torch.cat([x, self.chars(b["char"]), self.places(b["place"])], -1)))
        x = self.dropout(x + functional.gelu(self.conv(x.transpose(1, 2)).transpose(1, 2)))
        return self.entities(x), self.edges(x)


class Windows:
    """Texts cut into windows of at most `size` pieces, of whole lines or sentences where they fit.

    Parameters
    ----------
    chars
        Number of each character that is not rare, from 2.
    size
        With the two marks around the pieces.
    """

    def __init__(self, packed: Packed, chars: dict[str, int], size: int):
        self.packed, self.tokenizer, self.chars, self.size = packed, Tokenizer(packed), chars, size - 2

    def parts(self, text: str) -> Iterator[Part]:
        """Lines; of a line too long for a window, runs of sentences, cut further if need be."""
        for line in filter(None, LINE.split(text)):
            ids, spans = self.tokenizer(line)
            if len(ids) <= self.size:
                yield line, ids, spans
                continue
            run = ""
            for sentence in filter(None, SENTENCE.split(line)):
                if run and len(run) + len(sentence) > self.size:
                    yield from self.fit(run)
                    run = ""
                run += sentence
            yield from self.fit(run)

    def fit(self, run: str) -> Iterator[Part]:
        """Cut what is longer than a window, at a comma in the second half of the window if there is one."""
        while run:
            ids, spans = self.tokenizer(run)
            end = len(run)
            if len(ids) > self.size:
                end = spans[self.size - 1][0] or 1
                comma = max(run.rfind(mark, 0, end) for mark in "，,、")
                end = comma + 1 if comma > end // 2 else end
                ids, spans = self.tokenizer(run[:end])
            yield run[:end], ids, spans
            run = run[end:]

    def cut(self, text: str) -> Iterator[tuple[int, int, list[int], list[tuple[int, int]]]]:
        """Start and end of windows, their pieces, and what in the window each piece covers."""
        start = at = 0
        ids: list[int] = []
        spans: list[tuple[int, int]] = []
        for part, more, places in self.parts(text):
            if ids and len(ids) + len(more) > self.size:
                yield start, at, ids, spans
                start, ids, spans = at, [], []
            ids = ids + more
            spans = spans + [(a + at - start, b + at - start) for a, b in places]
            at += len(part)
        if ids:
            yield start, at, ids, spans

    def arrays(self, number: int, row: Text, learn: bool) -> Iterator[Text]:
        """A window each: its text's number, start, pieces, and the piece and place of every character.

        To `learn` from: the tags of entities that are open, and the tags of edges (-100: not known).
        """
        text, tags = row["text"], {}
        if learn:
            tags = {"open": open_tags(row), "edges": numpy.full(len(text), -100)}
            if "measures" in row:
                tags["edges"] = biluo.encode(len(text), [(s, e, 0) for s, e, _ in row["measures"]])
        for start, end, ids, spans in self.cut(text):
            piece, place = (numpy.zeros(end - start, "int64") for _ in range(2))
            for k, (a, b) in enumerate(spans):
                piece[a:b], place[a:b] = k + 1, 1
                place[a] = 2
            yield {
                "number": number,
                "start": start,
                "ids": numpy.array([self.packed.bos, *ids, self.packed.eos]),
                "piece": piece,
                "place": place,
                "char": numpy.array([self.chars.get(c, 1) for c in text[start:end]]),
                "real": numpy.ones(end - start, dtype=bool),
                **{k: v[start:end] for k, v in tags.items()},
            }

    def tensors(self, batch: list[Text]) -> dict[str, torch.Tensor]:
        """Arrays of windows, padded."""
        out, fills = {}, {"ids": self.packed.pad, "edges": -100}
        for key in batch[0].keys() - {"number", "start"}:
            parts = [torch.as_tensor(w[key]) for w in batch]
            out[key] = nn.utils.rnn.pad_sequence(parts, batch_first=True, padding_value=fills.get(key, 0))
        out["mask"] = out["ids"] != self.packed.pad
        return out


def batches(windows: list[Text], size: int) -> list[list[Text]]:
    """Windows of about the same length together, `size` pieces at a time, in random order."""
    out: list[list[Text]] = [[]]
    for w in by_length(windows, lambda w: len(w["ids"]), 12):
        if out[-1] and (len(out[-1]) + 1) * len(w["ids"]) > size:
            out.append([])
        out[-1].append(w)
    random.shuffle(out)
    return out


def loss_of(net: Tagger, b: dict[str, torch.Tensor]) -> torch.Tensor:
    """Loss of entities and of edges, per character."""
    with torch.autocast("cpu", torch.bfloat16):
        entities, edges = (scores.float() for scores in net(b))
    possible = functional.log_softmax(entities, -1).masked_fill(~b["open"], -1e4)
    loss = -(torch.logsumexp(possible, -1) * b["real"]).sum()
    loss = loss + functional.cross_entropy(
        edges.flatten(0, 1), b["edges"].flatten(), ignore_index=-100, reduction="sum"
    )
    return loss / b["real"].sum()


def train(net: Tagger, windows: Windows, rows: list[Text], args: argparse.Namespace) -> None:
    """Fine-tune in bfloat16; the lower a layer, the more slowly it learns, and what is new learns fast."""
    cut = [w for i, row in enumerate(rows) for w in windows.arrays(i, row, True)]
    new = [p for name, p in net.named_parameters() if not name.startswith("e5.")]
    optimizer = torch.optim.AdamW([*net.e5.slow_groups(args.rate, args.decay), *groups(new, args.head_rate)])
    steps = max(1, int(len(batches(cut, args.batch)) * args.epochs))
    step = 0
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda i: ramp(i, steps, args.warmup))
    print(f"{len(rows)} texts, {len(cut)} windows, {steps} steps", flush=True)
    net.train()
    while step < steps:
        for batch in batches(cut, args.batch)[: steps - step]:
            loss = loss_of(net, windows.tensors(batch))
            descend(net, loss, optimizer, schedule)
            step += 1
            if step % 20 == 0 or step == steps:
                print(f"{step}/{steps} loss {loss.item():.4f}", flush=True)


def load(packed: Packed, path: Path) -> tuple[Tagger, dict[str, int], int]:
    """A network from its file, the numbers of its characters, and the size of its windows."""
    stored: dict[str, Any] = torch.load(path)
    net = Tagger(packed, len(stored["chars"]))
    net.load_state_dict({k: v.float() for k, v in stored["net"].items()}, strict=False)
    return net, stored["chars"], stored["pieces"]


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("e5", "config", "corpus", "output"):
        ap.add_argument(name, type=Path)
    ap.add_argument("--init", type=Path, help="a network of this script to start from")
    ap.add_argument("--public", nargs="*", default=[], help="public sets, with their size in characters")
    ap.add_argument("--pieces", type=int, default=160, help="pieces of a window")
    ap.add_argument("--batch", type=int, default=3072, help="pieces of a batch")
    ap.add_argument("--epochs", type=float, default=4.0)
    ap.add_argument("--rate", type=float, default=1e-4, help="learning rate of the last layer")
    ap.add_argument("--decay", type=float, default=0.9, help="learning rate of a layer, against the next")
    ap.add_argument("--head-rate", type=float, default=1e-3, help="learning rate of what is new")
    ap.add_argument("--warmup", type=float, default=0.06, help="share of the steps in which the rate rises")
    args = ap.parse_args()
    torch.manual_seed(0)
    random.seed(0)
    rows, packed = read_corpus(args.corpus), Packed(args.e5)
    if args.init:
        net, chars, _ = load(packed, args.init)
    else:
        counts = Counter(c for row in rows for c in row["text"])
        chars = {c: i + 2 for i, (c, n) in enumerate(counts.most_common()) if n >= RARE}
        net = Tagger(packed, len(chars))
    rows += read_public(args.public, read_schemes(args.config))
    train(net, Windows(packed, chars, args.pieces), rows, args)
    torch.save({"net": small(net), "chars": chars, "pieces": args.pieces}, args.output)


if __name__ == "__main__":
    main()
