"""``jucuo.TagHead.v1``: scores of tags per token, on top of a shared encoder."""

from __future__ import annotations

from typing import Any

from spacy.tokens import Doc
from thinc.api import Dropout, Linear, Model, Relu, chain, with_array


def TagHead(
    tok2vec: Model[list[Doc], list[Any]], hidden: int, dropout: float = 0.2
) -> Model[list[Doc], list[Any]]:
    """Score the tags of every token: encoder, one hidden layer, linear output (sizes set by the component).

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
    output: Model = Linear(nI=hidden)
    layers = chain(Dropout(dropout), Relu(hidden, width, dropout=dropout), output)
    model: Model = chain(tok2vec, with_array(layers))
    model.set_ref("output", output)
    model.set_ref("tok2vec", tok2vec)
    return model
