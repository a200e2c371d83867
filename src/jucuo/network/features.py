"""Lexical features of tokens, as 64-bit keys for hashed embeddings.

Column 0 is the token itself (width and script normalised, figures and Latin words reduced to their
shape), column 1 the pair with the token after it, column 2 the triple around it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy
from numpy.typing import NDArray
from spacy.attrs import ORTH
from spacy.strings import StringStore, hash_string
from spacy.tokens import Doc

from ..shadow import normalise

N_FEATURES = 3
Keys = NDArray[numpy.uint64]
_FIGURE = re.compile(r"\d")
_MIX = numpy.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], dtype="uint64")


def shape(token: str) -> str:
    """Reduce a token to what the network sees of it."""
    token = normalise(f"一{token}一")[1:-1]  # marks as they are next to Chinese characters
    if token.isspace():
        return "\n" if "\n" in token else " "
    if _FIGURE.search(token):
        return _FIGURE.sub("0", token)[:6]
    return token.lower()[:4]


def token_key(token: str) -> int:
    """Key of a token by itself."""
    return hash_string(shape(token))


_KEYS: dict[int, int] = {}  # token hash to feature key; filled as tokens are met, by any thread


def _key(orth: int, strings: StringStore) -> int:
    key = token_key(strings[orth])
    if len(_KEYS) < 100_000:
        _KEYS[orth] = key
    return key


def token_keys(docs: Sequence[Doc]) -> list[Keys]:
    """Key of every token by itself, for each doc."""
    sizes = [len(doc) for doc in docs]
    if not sum(sizes):
        return [numpy.zeros(0, dtype="uint64") for _ in docs]
    orths, places = numpy.unique(
        numpy.concatenate([doc.to_array(ORTH) for doc in docs if len(doc)]), return_inverse=True
    )
    strings = next(doc.vocab.strings for doc in docs if len(doc))
    found = [_KEYS.get(orth) or _key(orth, strings) for orth in orths.tolist()]
    keys = numpy.array(found, dtype="uint64")[places.ravel()]
    ends = numpy.cumsum(sizes).tolist()
    return [keys[end - n : end] for end, n in zip(ends, sizes, strict=True)]


def token_features(docs: Sequence[Doc]) -> list[Keys]:
    """Features of each doc, shape (n_tokens, 3)."""
    return [mix(numpy.pad(keys, 1)) for keys in token_keys(docs)]


def mix(chars: Keys) -> Keys:
    """Keys of tokens, pairs and triples, from the keys of tokens with a zero at either end."""
    feats = numpy.empty((N_FEATURES, len(chars) - 2), dtype="uint64")
    feats[0] = chars[1:-1]
    numpy.add(chars[1:-1] * _MIX[0], chars[2:] * _MIX[1], out=feats[1])
    numpy.add(feats[1], chars[:-2] * _MIX[2], out=feats[2])
    return feats.T
