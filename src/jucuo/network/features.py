"""Lexical features of tokens, as 64-bit keys for hashed embeddings.

Column 0 is the token itself (width and script normalised, figures and Latin words reduced to their
shape), column 1 the pair with the token after it, column 2 the triple around it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy
from spacy.attrs import IDX, LENGTH
from spacy.strings import hash_string
from spacy.tokens import Doc
from thinc.api import Model

from ..shadow import normalise
from .text import text_of

N_FEATURES = 3
_FIGURE = re.compile(r"\d")
_MIX = numpy.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], dtype="uint64")


def shape(token: str) -> str:
    """Reduce a normalised token to what the network sees of it."""
    if token.isspace():
        return "\n" if "\n" in token else " "
    if _FIGURE.search(token):
        return _FIGURE.sub("0", token)[:6]
    return token.lower()[:4]


class _Keys(dict[str, int]):
    """Token text to feature key; filled as tokens are met."""

    def __missing__(self, token: str) -> int:
        key = hash_string(shape(token))
        if len(self) < 100_000:
            self[token] = key
        return key


_KEY = _Keys().__getitem__


def extract_features() -> Model[list[Doc], list]:
    """A layer from docs to arrays of shape (n_tokens, 3), dtype uint64."""
    return Model("extract_features", _forward)


def _forward(model: Model, docs: list[Doc], is_train: bool) -> tuple[list, Callable]:
    return [model.ops.asarray(token_features(doc)) for doc in docs], lambda d_out: []


def token_features(doc: Doc) -> numpy.ndarray:
    """Features of one doc, shape (n_tokens, 3). Width and script are seen through the shadow of the text."""
    text = normalise(text_of(doc))
    n = len(doc)
    chars = numpy.zeros(n + 2, dtype="uint64")
    if n:
        spans = doc.to_array([IDX, LENGTH]).astype("int64")
        ends = (spans[:, 0] + spans[:, 1]).tolist()
        chars[1:-1] = [_KEY(text[i:j]) for i, j in zip(spans[:, 0].tolist(), ends, strict=True)]
    return mix(chars)


def mix(chars: numpy.ndarray) -> numpy.ndarray:
    """Keys of tokens, pairs and triples, from the keys of tokens with a zero at either end."""
    feats = numpy.empty((len(chars) - 2, N_FEATURES), dtype="uint64")
    feats[:, 0] = chars[1:-1]
    numpy.add(chars[1:-1] * _MIX[0], chars[2:] * _MIX[1], out=feats[:, 1])
    numpy.add(feats[:, 1], chars[:-2] * _MIX[2], out=feats[:, 2])
    return feats
