"""Heads: scores of tags per token on a shared encoder, and categories of spans from their n-grams."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy
from spacy.tokens import Doc
from thinc.api import Dropout, Linear, Model, Relu, chain
from thinc.layers.with_array import forward as flat_forward
from thinc.layers.with_array import init as flat_init
from thinc.types import Floats2d

from .encoder import BLOCK, table, table_rows
from .features import Keys, token_features

Head = Model[list[Doc], list[Any]]
SpanHead = Model[list[tuple[Doc, list[tuple[int, int]]]], Any]


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


def BagHead(rows: list[int], width: int, context: int, dropout: float = 0.5) -> SpanHead:
    """``jucuo.BagHead.v1``: scores of spans from the n-grams in them and around them.

    A linear classifier of summed n-gram embeddings, over the root of how many they are. With some thousands
    of examples it generalises better than the vectors of a deep encoder. Input: docs with their spans (first
    token, token after the last); output: one row of scores for each span, in order.

    Parameters
    ----------
    rows
        Rows of the embedding table of each feature (token, pair, triple).
    width
        Width of the embeddings.
    context
        Tokens on either side of a span that are looked at.
    dropout
        Share of the summed embedding dropped in training.
    """
    output: Model[Floats2d, Floats2d] = Linear(nI=2 * width * len(rows))
    bag: Model = Model(
        "bag",
        _bag_forward,
        init=_bag_init,
        params={f"E{i}": None for i in range(len(rows))},
        attrs={"rows": list(rows), "width": width, "context": context},
    )
    model: SpanHead = chain(bag, Dropout(dropout), output)
    model.set_ref("output", output)
    return model


def _bag_init(model: Model, X: Any = None, Y: Any = None) -> None:
    for i, rows in enumerate(model.attrs["rows"]):
        table = numpy.random.uniform(-0.1, 0.1, (rows, model.attrs["width"]))
        model.set_param(f"E{i}", model.ops.asarray(table, dtype="f"))


def _bag_forward(model: Model, inputs: list, is_train: bool) -> tuple[Any, Callable]:
    keys, bags = _gather(inputs, model.attrs["context"])
    ops, width = model.ops, model.attrs["width"]
    sizes = numpy.bincount(bags[1], minlength=bags[0]).astype("f")
    weights = ops.asarray((1 / numpy.sqrt(numpy.maximum(sizes, 1)))[bags[1]][:, None])
    out = ops.alloc2f(bags[0], width * len(model.attrs["rows"]))
    picked = [ops.asarray(table_rows(keys[:, i], rows)) for i, rows in enumerate(model.attrs["rows"])]
    bag = ops.asarray(bags[1])
    for i, rows in enumerate(picked):
        embeddings = table(model, i)
        part = ops.alloc2f(bags[0], width)
        ops.scatter_add(part, bag, (embeddings[rows[0]] + embeddings[rows[1]]) * weights)
        out[:, i * width : (i + 1) * width] = part

    def backprop(d_out: Any) -> list:
        d_bags = d_out.reshape(out.shape)
        for i, rows in enumerate(picked):
            grad = ops.xp.zeros_like(table(model, i))
            part = d_bags[bag, i * width : (i + 1) * width] * weights
            for at in rows:
                ops.scatter_add(grad, at.astype("i"), ops.xp.ascontiguousarray(part))
            model.inc_grad(f"E{i}", grad)
        return []

    return out.reshape(len(out) // 2, -1), backprop


def _gather(inputs: list, context: int) -> tuple[Keys, tuple[int, Any]]:
    """Keys of all tokens in and around all spans, how many bags there are, and the bag of each token.

    The bag of the tokens in span number k is 2k, of those around it 2k + 1.
    """
    keys, bags, n = [numpy.zeros((0, 3), dtype="uint64")], [numpy.zeros(0, dtype="i")], 0
    for (_, spans), feats in zip(inputs, token_features([doc for doc, _ in inputs]), strict=True):
        for start, end in spans:
            lo, hi = max(0, start - context), min(len(feats), end + context)
            bag = numpy.full(hi - lo, n + 1, dtype="i")
            bag[start - lo : end - lo] = n
            keys.append(feats[lo:hi])
            bags.append(bag)
            n += 2
    return numpy.concatenate(keys), (n, numpy.concatenate(bags))


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
