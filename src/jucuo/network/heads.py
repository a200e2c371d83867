"""Heads: scores of tags per token on a shared encoder, and categories of spans from their n-grams."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy
from numpy.typing import NDArray
from spacy.tokens import Doc
from thinc.api import Dropout, Linear, Model, Relu, chain
from thinc.layers.with_array import forward as flat_forward
from thinc.layers.with_array import init as flat_init
from thinc.types import Floats2d

from . import tables
from .encoder import BLOCK
from .features import Keys, token_features

Head = Model[list[Doc], list[Any]]
SpanHead = Model[list[tuple[Doc, list[tuple[int, int]]]], Any]
STRETCH = 16384  # tokens whose embeddings are summed at a time


def TagHead(tok2vec: Head, hidden: int, dropout: float = 0.2) -> Head:
    """``jucuo.TagHead.v1``: encoder, one hidden layer, linear output (its size is set by the component).

    Parameters
    ----------
    tok2vec
        The encoder, or a listener to one.
    hidden
        Width of the hidden layer.
    dropout
        Share of activations dropped in training.
    """
    width = tok2vec.get_dim("nO") if tok2vec.has_dim("nO") else None
    output: Model[Floats2d, Floats2d] = Linear(nI=hidden)
    layers: Model = chain(Dropout(dropout), Relu(hidden, width, dropout=dropout), output)
    scores: Model = Model(
        "tag_scores",
        _tag_scores,
        init=flat_init,
        layers=[layers],
        attrs={"pad": 0},
        dims={name: layers.maybe_get_dim(name) for name in layers.dim_names},
    )
    model: Head = chain(tok2vec, scores)
    model.set_ref("output", output)
    return model


def _tag_scores(model: Model, Xs: list[Any], is_train: bool) -> tuple[list[Any], Callable]:
    """The inner layers over each of `Xs`; in prediction block by block, with plain matrix products."""
    if is_train:
        return flat_forward(model, Xs, is_train)
    xp = model.ops.xp
    dense = [layer for layer in model.walk(order="dfs_pre") if layer.has_param("W")]
    (W1, b1), (W2, b2) = [(layer.get_param("W"), layer.get_param("b")) for layer in dense]
    out, buffer = [], xp.empty((min(BLOCK, max(map(len, Xs), default=0)), len(b1)), dtype="f")
    for X in Xs:
        scores = xp.empty((len(X), len(b2)), dtype="f")
        for start in range(0, len(X), BLOCK):
            part = X[start : start + BLOCK]
            hidden = xp.matmul(part, W1.T, out=buffer[: len(part)])
            hidden += b1
            xp.maximum(hidden, 0, out=hidden)
            xp.matmul(hidden, W2.T, out=scores[start : start + BLOCK])
        scores += b2
        out.append(scores)
    return out, lambda grads: []


def BagHead(
    rows: list[int], width: int, context: int, far: int = 0, ends: int = 0, dropout: float = 0.5
) -> SpanHead:
    """``jucuo.BagHead.v1``: scores of spans from the n-grams in them, before, behind and further away.

    A linear classifier of summed n-gram embeddings, over the root of how many they are. Each n-gram has a
    weight of its own in the sum, whose logarithm is the last number of its row. With some thousands of
    examples this generalises better than the vectors of a deep encoder. Input: docs with their spans
    (first token, token after the last); output: one row of scores for each span, in order.

    Parameters
    ----------
    rows
        Rows of the embedding table of each feature (token, pair, triple).
    width
        Width of the embeddings.
    context
        Tokens before a span, and behind it, that are summed by themselves.
    far
        How far the tokens beyond these are looked at, on either side of the span; 0: not at all.
    ends
        Tokens at the beginning of a span (where its verb is), and at its end, that are summed by themselves
        as well; 0: none.
    dropout
        Share of the summed embedding dropped in training.
    """
    n_bags = 3 + (far > context) + 2 * (ends > 0)
    output: Model[Floats2d, Floats2d] = Linear(nI=n_bags * width * len(rows))
    bag: Model = Model(
        "bag",
        _bag_forward,
        init=_bag_init,
        params={f"E{i}": None for i in range(len(rows))},
        attrs={"rows": list(rows), "width": width, "context": context, "far": far, "ends": ends},
    )
    model: SpanHead = chain(bag, Dropout(dropout), output)
    model.set_ref("output", output)
    return model


def _bag_init(model: Model, X: Any = None, Y: Any = None) -> None:
    for i, rows in enumerate(model.attrs["rows"]):
        table = numpy.random.uniform(-0.1, 0.1, (rows, model.attrs["width"] + 1))
        table[:, -1] = 0
        tables.put(model, i, table)


def _bag_forward(model: Model, inputs: list, is_train: bool) -> tuple[Any, Callable]:
    xp, width, n_tables = model.ops.xp, model.attrs["width"], len(model.attrs["rows"])
    keys, pieces = _bags(inputs, *(model.attrs[k] for k in ("context", "far", "ends")))
    sizes = (pieces[..., 1] - pieces[..., 0]).sum(axis=2)
    weights = xp.asarray(1 / numpy.sqrt(numpy.maximum(sizes, 1)), dtype="f")[:, :, None]
    out = xp.empty((*sizes.shape, width * n_tables), dtype="f")
    blocks = pieces[:, -1, 0, 0] // STRETCH
    for block in numpy.unique(blocks):
        own = numpy.flatnonzero(blocks == block)
        bags = pieces[own]
        edges, places = numpy.unique(bags, return_inverse=True)
        sums = xp.zeros((len(edges), out.shape[2]), dtype="d")  # of all tokens before each edge
        between = xp.asarray(edges[:-1] - edges[0])
        for i, rows in enumerate(model.attrs["rows"]):
            values, weight = _weighted(model, i, tables.rows_of(keys[edges[0] : edges[-1], i], rows))
            sums[1:, i * width : (i + 1) * width] = xp.add.reduceat(values * weight, between, axis=0)
        sums = sums.cumsum(axis=0)
        places = xp.asarray(places.reshape(bags.shape))
        out[own] = (sums[places[..., 1]] - sums[places[..., 0]]).sum(axis=2)
    out *= weights

    def backprop(d_out: Any) -> list:
        changes = xp.zeros((len(keys) + 1, out.shape[2]), dtype="f")  # of the gradient from token to token
        d_bags = (d_out.reshape(out.shape) * weights)[:, :, None]
        for edge, sign in ((0, 1), (1, -1)):
            at = xp.asarray(pieces[..., edge])
            d_edges = xp.ascontiguousarray(xp.broadcast_to(sign * d_bags, (*at.shape, out.shape[2])))
            model.ops.scatter_add(changes, at.ravel().astype("i"), d_edges.reshape(-1, out.shape[2]))
        d_tokens = changes.cumsum(axis=0)[:-1]
        for i, rows in enumerate(model.attrs["rows"]):
            picked = tables.rows_of(keys[:, i], rows)
            values, weight = _weighted(model, i, picked)
            d_values = d_tokens[:, i * width : (i + 1) * width] * weight
            part = xp.hstack([d_values, (d_values * values).sum(axis=1, keepdims=True)])
            tables.add_gradient(model, i, picked, part)
        return []

    return out.reshape(len(out), -1), backprop


def _weighted(model: Model, i: int, picked: NDArray[numpy.int64]) -> tuple[Any, Any]:
    """The embeddings of n-grams from the two rows of each, and what they weigh, shape (n, 1)."""
    found = tables.embed(model, i, picked)
    return found[:, :-1], model.ops.xp.exp(found[:, -1:])


def _bags(inputs: list, context: int, far: int, ends: int) -> tuple[Keys, NDArray[numpy.int64]]:
    """Keys of all tokens, and where among them the bags of every span lie, shape (spans, bags, 2, 2).

    A bag has two pieces (first token, token after the last), of which one may be empty: the span; what is
    before it; what is behind it; what is further away on either side; how the span begins; how it ends.
    """
    feats = token_features([doc for doc, _ in inputs])
    low, rows = 0, []
    for (_, spans), own in zip(inputs, feats, strict=True):
        high = low + len(own)
        for start, end in ((low + s, low + e) for s, e in spans):
            before, beyond = (max(low, start - n) for n in (context, far))
            behind, further = (min(high, end + n) for n in (context, far))
            nothing = (end, end)
            bags = [((start, end), nothing), ((before, start), nothing), ((end, behind), nothing)]
            if far > context:
                bags.append(((beyond, before), (behind, further)))
            if ends:
                bags.append(((start, min(start + ends, end)), nothing))
                bags.append(((max(end - ends, start), end), nothing))
            rows.append(bags)
        low = high
    return numpy.concatenate(feats), numpy.array(rows, dtype="int64")


def MeasureHead(edges: Head, category: SpanHead) -> Head:
    """``jucuo.MeasureHead.v1``: `edges` (a `TagHead`) finds measures, `category` (a `BagHead`) sorts them."""
    return Model(
        "measure_head",
        _edges,
        init=_init,
        layers=[edges, category],
        refs={"edges": edges, "category": category},
    )


def _edges(model: Head, docs: list[Doc], is_train: bool) -> Any:
    return model.get_ref("edges")(docs, is_train)


def _init(model: Head, X: Any = None, Y: Any = None) -> None:
    model.get_ref("edges").initialize(X=X)
    model.get_ref("category").initialize(X=[(doc, [(0, len(doc))]) for doc in X or () if len(doc)])
