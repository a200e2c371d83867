"""Fine-tune multilingual-e5-small on the corpus and label raw text with it, for the student to learn from.

The network finds entities and the edges of measures, character by character; the categories come from a
linear classifier of character n-grams, which learns them from far fewer examples.

usage: teacher.py E5.bin train.spacy RAW.jsonl OUTPUT.jsonl [--epochs 4]

Needs torch and scikit-learn. RAW has lines of ``{"text": ...}``, OUTPUT ``{"text", "entities", "measures"}``
with spans ``[start, end, label]``.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy
import torch
from e5 import E5, Packed, Tokenizer
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC
from spacy.tokens import DocBin
from spacy.vocab import Vocab
from torch import nn
from torch.nn import functional

from jucuo.network import biluo
from jucuo.records import ENTITY_LABELS

WINDOW, BATCH = 158, 3072  # pieces of a window without its two marks, and of a batch
RATE, DECAY, HEAD_RATE = 1e-4, 0.9, 1e-3  # of the last layer, of each layer below, of what is new
BREAK = re.compile(r"(?<=[\n。！？!?;；])")
AROUND = 30  # characters before and after a measure that bear on its category
Text = dict[str, Any]


def read_corpus(path: Path) -> list[Text]:
    """The texts of a training file, with their spans in characters."""
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


class Tagger(nn.Module):
    """Tags of characters: of entities, and of the edges of measures."""

    def __init__(self, packed: Packed, n_chars: int):
        super().__init__()
        self.e5 = E5(packed)
        self.chars, self.places = nn.Embedding(n_chars, 64), nn.Embedding(3, 16)
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
    """Texts cut into windows of whole lines or sentences where they fit, as arrays for the network."""

    def __init__(self, packed: Packed, chars: dict[str, int]):
        self.packed, self.tokenizer, self.chars = packed, Tokenizer(packed), chars

    def cut(self, text: str) -> Iterator[tuple[int, int]]:
        """(start, end) of windows, in characters."""
        start = end = used = 0
        for part in filter(None, BREAK.split(text)):
            size = len(self.tokenizer(part)[0])
            while size > WINDOW:  # a sentence longer than a window: cut where the window ends
                if used:
                    yield start, end
                    start, used = end, 0
                length = max(1, self.tokenizer(part)[1][WINDOW - 1][0])
                yield end, end + length
                start = end = end + length
                part = part[length:]
                size = len(self.tokenizer(part)[0])
            if used and used + size > WINDOW:
                yield start, end
                start, used = end, 0
            end += len(part)
            used += size
        if end > start:
            yield start, end

    def arrays(self, number: int, row: Text) -> Iterator[Text]:
        """A window each: its text's number, extent, pieces, and the piece and place of every character."""
        text, numbers = row["text"], {label: i for i, label in enumerate(ENTITY_LABELS)}
        tags = {}
        if "entities" in row:
            tags["y_entities"] = biluo.encode(len(text), [(s, e, numbers[x]) for s, e, x in row["entities"]])
            tags["y_edges"] = biluo.encode(len(text), [(s, e, 0) for s, e, _ in row["measures"]])
        for start, end in self.cut(text):
            ids, spans = self.tokenizer(text[start:end])
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
                **{k: v[start:end] for k, v in tags.items()},
            }

    def batches(self, rows: list[Text], shuffle: bool) -> list[list[Text]]:
        """Windows of like length together, BATCH pieces at a time."""
        windows = [w for i, row in enumerate(rows) for w in self.arrays(i, row)]
        windows.sort(key=lambda w: len(w["ids"]) + shuffle * random.random() * 12)
        out: list[list[Text]] = [[]]
        for w in windows:
            if out[-1] and (len(out[-1]) + 1) * len(w["ids"]) > BATCH:
                out.append([])
            out[-1].append(w)
        if shuffle:
            random.shuffle(out)
        return out

    def tensors(self, batch: list[Text]) -> dict[str, torch.Tensor]:
        """Arrays of windows, padded (tags with -100, which the loss leaves out)."""
        out = {}
        for key in batch[0].keys() - {"number", "start"}:
            fill = {"ids": self.packed.pad}.get(key, -100 if key.startswith("y_") else 0)
            parts = [torch.as_tensor(w[key]) for w in batch]
            out[key] = nn.utils.rnn.pad_sequence(parts, batch_first=True, padding_value=fill)
        out["mask"] = out["ids"] != self.packed.pad
        return out


def parameter_groups(net: Tagger) -> list[dict[str, Any]]:
    """Lower layers learn more slowly, what is new learns fast."""
    groups = []
    for name, param in net.named_parameters():
        if not param.requires_grad:
            continue
        rate = HEAD_RATE
        if name.startswith("e5.layers."):
            rate = RATE * DECAY ** (len(net.e5.layers) - 1 - int(name.split(".")[2]))
        groups.append({"params": [param], "lr": rate, "weight_decay": 0.01 * (param.dim() > 1)})
    return groups


def train(net: Tagger, windows: Windows, rows: list[Text], epochs: float) -> None:
    """Fine-tune in bfloat16, the rate rising for 6 % of the steps and then falling to nothing."""
    optimizer = torch.optim.AdamW(parameter_groups(net))
    steps, step = int(len(windows.batches(rows, True)) * epochs), 0
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda i: min(1, (i + 1) / (0.06 * steps)) * max(0.02, 1 - i / steps)
    )
    net.train()
    while step < steps:
        for batch in windows.batches(rows, True)[: steps - step]:
            b = windows.tensors(batch)
            with torch.autocast("cpu", torch.bfloat16):
                scores = net(b)
            loss = sum(
                functional.cross_entropy(s.float().flatten(0, 1), b[y].flatten(), ignore_index=-100)
                for s, y in zip(scores, ("y_entities", "y_edges"), strict=True)
            )
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            if step % 50 == 0:
                print(f"{step}/{steps} loss {loss.item():.4f}", flush=True)


def tag(net: Tagger, windows: Windows, rows: list[Text]) -> Iterator[Text]:
    """Entities and unlabelled measures of raw texts."""
    net.eval()
    sizes = (net.entities.out_features, net.edges.out_features)
    probs = [[numpy.zeros((len(r["text"]), n), "f") for n in sizes] for r in rows]
    for batch in windows.batches(rows, False):
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            scores = [s.float().softmax(-1).numpy() for s in net(windows.tensors(batch))]
        for i, w in enumerate(batch):
            n = len(w["char"])
            for out, s in zip(probs[w["number"]], scores, strict=True):
                out[w["start"] : w["start"] + n] = s[i, :n]
    for row, (entities, edges) in zip(rows, probs, strict=True):
        yield {
            "text": row["text"],
            "entities": [(s, e, ENTITY_LABELS[k]) for s, e, k in biluo.decode(entities)],
            "measures": [(s, e, "") for s, e, _ in biluo.decode(edges)],
        }


class Categories:
    """A linear classifier of measures: n-grams inside, and more lightly those before and after."""

    def __init__(self, rows: list[Text]):
        examples = [x for row in rows for x in self.parts(row)]
        self.views = [
            (TfidfVectorizer(analyzer="char", ngram_range=(1, n), sublinear_tf=True, min_df=2), weight)
            for n, weight in ((3, 1.0), (2, 0.4), (2, 0.4))
        ]
        for i, (view, _) in enumerate(self.views):
            view.fit([x[i] for x in examples])
        self.model = LinearSVC(C=0.6).fit(
            self.features(examples), [label for row in rows for *_, label in row["measures"]]
        )

    @staticmethod
    def parts(row: Text) -> list[tuple[str, str, str]]:
        text = row["text"]
        return [
            (
                text[s:e],
                re.split(r"[。\n]", text[max(0, s - AROUND) : s])[-1],
                re.split(r"[。\n]", text[e : e + AROUND])[0],
            )
            for s, e, _ in row["measures"]
        ]

    def features(self, examples: list[tuple[str, str, str]]) -> Any:
        return sparse.hstack(
            [view.transform([x[i] for x in examples]) * w for i, (view, w) in enumerate(self.views)]
        ).tocsr()

    def label(self, row: Text) -> Text:
        """The row, with the categories of its measures put in."""
        if not row["measures"]:
            return row
        found = self.model.predict(self.features(self.parts(row)))
        measures = [(s, e, str(c)) for (s, e, _), c in zip(row["measures"], found, strict=True)]
        return {**row, "measures": measures}


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("e5", "corpus", "raw", "output"):
        ap.add_argument(name, type=Path)
    ap.add_argument("--epochs", type=float, default=4.0)
    args = ap.parse_args()
    torch.manual_seed(0)
    random.seed(0)
    rows = read_corpus(args.corpus)
    counts: dict[str, int] = {}
    for char in (c for row in rows for c in row["text"]):
        counts[char] = counts.get(char, 0) + 1
    chars = {c: i + 2 for i, c in enumerate(c for c, n in counts.items() if n >= 3)}
    packed = Packed(args.e5)
    windows, net = Windows(packed, chars), Tagger(packed, len(chars) + 2)
    train(net, windows, rows, args.epochs)
    categories = Categories(rows)
    with open(args.raw, encoding="utf-8") as f:
        raw = [{"text": json.loads(line)["text"]} for line in f]
    with open(args.output, "w", encoding="utf-8") as out:
        for start in range(0, len(raw), 64):
            for row in tag(net, windows, raw[start : start + 64]):
                out.write(json.dumps(categories.label(row), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
