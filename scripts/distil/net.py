"""The shipped architecture in torch, and its parameters to and from a pipeline.

The arithmetic is that of ``jucuo.network``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from spacy import util
from torch import nn
from torch.nn import functional

from jucuo.network import biluo, lexicon, weights
from jucuo.records import ENTITY_LABELS
from jucuo.taxonomy import CATEGORIES


class Embedding(nn.Module):
    """The sum of two rows of a table for each feature, features side by side."""

    def __init__(self, rows: list[int], dims: list[int]):
        super().__init__()
        self.tables = nn.ModuleList(nn.Embedding(r, d) for r, d in zip(rows, dims, strict=True))
        for table in self.tables:
            nn.init.uniform_(table.weight, -0.1, 0.1)

    def forward(self, hashes: torch.Tensor) -> torch.Tensor:
        return torch.cat(
            [t(hashes[:, i] % t.num_embeddings).sum(1) for i, t in enumerate(self.tables)], dim=-1
        )


class Encoder(nn.Module):
    """``jucuo.CharEncoder.v1``."""

    def __init__(
        self,
        width: int,
        dilations: list[int],
        rows: list[int],
        dims: list[int],
        dropout: float,
        words: bool,
        ngram_dropout: float,
    ):
        super().__init__()
        self.embedding, self.dilations, self.words = Embedding(rows, dims), dilations, words
        self.dims, self.ngram_dropout = dims, ngram_dropout
        self.project = nn.Linear(sum(dims) + lexicon.N_FLAGS * words, width, bias=False)
        convs = [nn.Linear(3 * width, width) for _ in dilations]
        self.weights = nn.Parameter(torch.stack([c.weight.data for c in convs]))
        self.biases = nn.Parameter(torch.stack([c.bias.data for c in convs]))
        self.dropout = nn.Dropout(dropout)

    def forward(self, hashes: torch.Tensor, flags: torch.Tensor, real: torch.Tensor) -> torch.Tensor:
        token, *ngrams = self.embedding(hashes).split(self.dims, -1)
        kept = functional.dropout(torch.ones(len(ngrams), len(token), 1), self.ngram_dropout, self.training)
        x = torch.cat([token, *(n * k for n, k in zip(ngrams, kept, strict=True))], -1)
        if self.words:
            x = torch.cat([x, flags], -1)
        x = self.project(self.dropout(x)) * real
        for d, weight, bias in zip(self.dilations, self.weights, self.biases, strict=True):
            before = functional.pad(x, (0, 0, d, 0))[: len(x)]
            after = functional.pad(x, (0, 0, 0, d))[d:]
            window = torch.cat([before, x, after], -1)
            x = x + self.dropout(functional.relu(functional.linear(window, weight, bias)))
            x = x * torch.rsqrt((x * x).mean(-1, keepdim=True) + 1e-5) * real
        return x


def tag_head(width: int, hidden: int, n: int, dropout: float) -> nn.Sequential:
    """``jucuo.TagHead.v1``."""
    return nn.Sequential(
        nn.Dropout(dropout), nn.Linear(width, hidden), nn.ReLU(), nn.Dropout(dropout), nn.Linear(hidden, n)
    )


class Student(nn.Module):
    """Encoder, heads of ours, and a linear head for each other task."""

    def __init__(self, config: dict[str, Any], tasks: dict[str, int]):
        super().__init__()
        parts = config["components"]
        encoder = {k: v for k, v in parts["tok2vec"]["model"].items() if k[0] != "@"}
        bag = parts["jucuo_measures"]["model"]["category"]
        head = parts["jucuo_entities"]["model"]
        width, hidden, rate = encoder["width"], head["hidden"], head["dropout"]
        self.encoder, self.reach, self.ends = Encoder(**encoder), (bag["context"], bag["far"]), bag["ends"]
        self.entities = tag_head(width, hidden, biluo.n_tags(len(ENTITY_LABELS)), rate)
        self.edges = tag_head(width, hidden, biluo.n_tags(1), rate)
        self.bag = Embedding(bag["rows"], [bag["width"] + 1] * len(bag["rows"]))
        for table in self.bag.tables:
            nn.init.zeros_(table.weight[:, -1])
        self.dropout = nn.Dropout(bag["dropout"])
        n = bag["width"] * len(bag["rows"])
        self.category = nn.Linear(6 * n, len(CATEGORIES))  # six bags, see `categories`
        nn.init.uniform_(self.category.weight, -(n**-0.5), n**-0.5)
        nn.init.zeros_(self.category.bias)
        self.others = nn.ModuleDict(
            {k: nn.Sequential(nn.Dropout(rate), nn.Linear(width, n)) for k, n in tasks.items()}
        )

    def categories(self, hashes: torch.Tensor, spans: list[tuple[int, int, int, int]]) -> torch.Tensor:
        """Scores of the spans (start, end, start of the text, end of the text): ``jucuo.BagHead.v1``."""
        found = self.bag(hashes).unflatten(1, (len(self.bag.tables), -1))
        values = (found[..., :-1] * found[..., -1:].exp()).flatten(1)
        sums = functional.pad(values.double().cumsum(0), (0, 0, 1, 0))
        start, end, low, high = torch.tensor(spans).T
        before, beyond = (torch.maximum(low, start - n) for n in self.reach)
        behind, further = (torch.minimum(high, end + n) for n in self.reach)
        bags = []
        for a, b, c, d in (
            (start, end, end, end),
            (before, start, end, end),
            (end, behind, end, end),
            (beyond, before, behind, further),
            (start, torch.minimum(start + self.ends, end), end, end),
            (torch.maximum(end - self.ends, start), end, end, end),
        ):
            size = (b - a + d - c).clamp(min=1)[:, None]
            bags.append((sums[b] - sums[a] + sums[d] - sums[c]) / size.sqrt())
        return self.category(self.dropout(torch.cat(bags, 1).float()))


def parameters(net: Student, config: Any) -> dict[str, list[dict[str, torch.Tensor]]]:
    """The parameters in the order in which the models of the pipeline are walked."""

    def linear(layer: nn.Linear) -> dict[str, torch.Tensor]:
        return {"W": layer.weight, "b": layer.bias}

    def tag_layers(model: Any, head: nn.Sequential) -> dict[int, dict[str, torch.Tensor]]:
        hidden = next(n for n in model.walk() if n.name == "relu")
        return {hidden.id: linear(head[1]), model.get_ref("output").id: linear(head[4])}

    def tables(embedding: Embedding) -> dict[str, torch.Tensor]:
        return {f"E{i}": table.weight for i, table in enumerate(embedding.tables)}

    own = net.encoder
    encoder = {**tables(own.embedding), "P": own.project.weight, "W": own.weights, "b": own.biases}
    nlp = util.load_model_from_config(config, auto_fill=True, validate=False)
    models = {name: nlp.get_pipe(name).model for name in weights.COMPONENTS}
    edges, category = (models["jucuo_measures"].get_ref(k) for k in ("edges", "category"))
    filled = {
        models["tok2vec"].id: encoder,
        **tag_layers(models["jucuo_entities"], net.entities),
        **tag_layers(edges, net.edges),
        next(n.id for n in category.walk() if n.name == "bag"): tables(net.bag),
        category.get_ref("output").id: linear(net.category),
    }
    out = {}
    for name, model in models.items():
        out[name] = [filled.get(node.id, {}) for node in model.walk()]
        for node, params in zip(model.walk(), out[name], strict=True):
            if set(node.param_names) != set(params):
                raise ValueError(f"{name}: layer {node.name} has {node.param_names}, not {list(params)}")
    return out


def load(net: Student, config: Any, path: Path) -> None:
    """Start from the weights of an earlier student or pipeline; layers that had another shape stay."""
    stored = weights.read(path)
    for name, layers in parameters(net, config).items():
        for params, values in zip(layers, stored[name], strict=True):
            for key, param in params.items():
                if param.shape == values[key].shape:
                    param.data[:] = torch.tensor(values[key].astype("f"))
                else:
                    print(f"{name}: {key} of another shape is left out", flush=True)


def export(net: Student, config: Any, path: Path) -> None:
    """Write the parameters."""
    found = {
        name: [{k: v.detach().numpy() for k, v in layer.items()} for layer in layers]
        for name, layers in parameters(net, config).items()
    }
    weights.write(path, found)
