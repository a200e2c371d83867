"""Heads on a shared encoder: scores of tags per token, and votes of tokens for the category of a measure."""

from __future__ import annotations

from typing import Any

from spacy.tokens import Doc
from thinc.api import Dropout, HashEmbed, Linear, Model, Relu, chain, concatenate, with_array
from thinc.types import Floats2d

from .features import extract_features

Head = Model[list[Doc], list[Any]]


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
    model: Head = chain(tok2vec, with_array(layers))
    model.set_ref("output", output)
    return model


def VoteHead(rows: list[int], width: int, dropout: float = 0.5) -> Head:
    """``jucuo.VoteHead.v1``: votes of tokens from hashed n-grams alone, without their context.

    Averaged over a stretch this is a linear classifier over its bag of n-grams: with a few thousand
    examples it generalises better than votes of a deep encoder.

    Parameters
    ----------
    rows
        Rows of the embedding table of each feature (token, pair, triple).
    width
        Width of the embeddings.
    dropout
        Share of the embedding dropped in training.
    """
    tables = [HashEmbed(nO=width, nV=r, column=i, seed=31 + i) for i, r in enumerate(rows)]
    output: Model[Floats2d, Floats2d] = Linear(nI=width * len(rows))
    model: Head = chain(extract_features(), with_array(chain(concatenate(*tables), Dropout(dropout), output)))
    model.set_ref("output", output)
    return model


def MeasureHead(edges: Head, votes: Head) -> Head:
    """``jucuo.MeasureHead.v1``: the scores of `edges` (a `TagHead`) and of `votes` side by side."""
    model: Head = Model(
        "measure_head", _forward, init=_init, layers=[edges, votes], refs={"edges": edges, "votes": votes}
    )
    return model


def _init(model: Head, X: Any = None, Y: Any = None) -> None:
    for layer in model.layers:
        layer.initialize(X=X)


def _forward(model: Head, docs: list[Doc], is_train: bool) -> Any:
    edges, back_edges = model.get_ref("edges")(docs, is_train)
    votes, back_votes = model.get_ref("votes")(docs, is_train)
    xp = model.ops.xp
    cut = [e.shape[1] for e in edges]

    def backprop(grads: list[Any]) -> list[Any]:
        back_votes([xp.ascontiguousarray(g[:, c:]) for g, c in zip(grads, cut, strict=True)])
        back_edges([xp.ascontiguousarray(g[:, :c]) for g, c in zip(grads, cut, strict=True)])
        return []

    return [xp.hstack([e, v]) for e, v in zip(edges, votes, strict=True)], backprop
