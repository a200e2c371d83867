"""``jucuo.CharEncoder.v1``: hashed n-grams, words of a dictionary, and a stack of dilated convolutions.

Built for one CPU core: plain matrix products, ReLU, no recurrence. Texts are put end to end with empty rows
between them and encoded in blocks with a margin as wide as the receptive field, so the result does not
depend on how texts are batched, and memory for the inner layers stays bounded.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate
from typing import Any

import numpy
from spacy.tokens import Doc
from thinc.api import Model, glorot_uniform_init

from . import lexicon, tables
from .features import Keys, mix, token_keys

BLOCK = 1024  # tokens encoded at a time in prediction: what fits the cache of a core


def CharEncoder(
    width: int,
    dilations: list[int],
    rows: list[int],
    dims: list[int],
    dropout: float = 0.1,
    words: bool = False,
    ngram_dropout: float = 0.0,
) -> Model[list[Doc], list[Any]]:
    """Encode tokens in context: per dilation d, ``x = norm(x + relu(W [x[-d], x, x[+d]] + b))``.

    Parameters
    ----------
    width
        Size of the output vectors.
    dilations
        One convolution over (i - d, i, i + d) per entry d.
    rows, dims
        Rows and width of the embedding table of each feature (token, pair, triple).
    dropout
        Share of activations dropped in training.
    words
        Whether the words of a dictionary (`lexicon`) that tokens begin, continue or end are features too.
    ngram_dropout
        Share of pairs, and of triples, dropped whole in training, so that less is learnt by heart.
    """
    return Model(
        "char_encoder",
        _forward,
        init=_init,
        params={"P": None, "W": None, "b": None, **{f"E{i}": None for i in range(len(rows))}},
        dims={"nO": width},
        attrs={
            "dilations": list(dilations),
            "rows": list(rows),
            "dims": list(dims),
            "dropout_rate": dropout,
            "ngram_dropout": ngram_dropout,
            "words": words,
        },
    )


def _init(model: Model, X: Any = None, Y: Any = None) -> None:
    w, depth = model.get_dim("nO"), len(model.attrs["dilations"])
    ops = model.ops
    for i, (rows, dim) in enumerate(zip(model.attrs["rows"], model.attrs["dims"], strict=True)):
        tables.put(model, i, numpy.random.uniform(-0.1, 0.1, (rows, dim)))
    model.set_param("P", glorot_uniform_init(ops, (w, _n_embedded(model))))
    model.set_param("W", ops.xp.stack([glorot_uniform_init(ops, (w, 3 * w)) for _ in range(depth)]))
    model.set_param("b", ops.alloc2f(depth, w))


def _columns(model: Model) -> list[slice]:
    """Where the numbers from each table stand among those of a token by itself."""
    dims = model.attrs["dims"]
    return [slice(end - dim, end) for dim, end in zip(dims, accumulate(dims), strict=True)]


def _n_embedded(model: Model) -> int:
    """How many numbers the convolutions know of a token by itself."""
    return sum(model.attrs["dims"]) + lexicon.N_FLAGS * model.attrs["words"]


def _forward(model: Model, docs: list[Doc], is_train: bool) -> tuple[list[Any], Callable]:
    chars, empty, places = _line_up(docs, model.attrs["dilations"])
    backprop_rows = None
    if is_train:
        Y, backprop_rows = _train(model, chars, numpy.nonzero(empty)[0])
    else:
        Y = _predict(model, chars, empty)

    def backprop(grads: list[Any]) -> list[Any]:
        dY = model.ops.xp.zeros_like(Y)
        for place, d in zip(places, grads, strict=True):
            dY[place] = d
        backprop_rows(dY)
        return []

    return [Y[place] for place in places], backprop


def _line_up(docs: list[Doc], dilations: list[int]) -> tuple[Keys, numpy.ndarray, list[slice]]:
    """Put texts end to end: keys of the tokens, which rows are empty, and the rows of each text.

    Between texts stand as many empty rows as a convolution looks far, at either end as many as all of
    them do together. The keys have one more row at either end, for `mix`.
    """
    margin, gap = sum(dilations), max(dilations)
    places, at = [], margin
    for doc in docs:
        places.append(slice(at, at + len(doc)))
        at += len(doc) + gap
    n = at - gap + margin if docs else 2 * margin
    chars, empty = numpy.zeros(n + 2, dtype="uint64"), numpy.ones(n, dtype=bool)
    for place, keys in zip(places, token_keys(docs), strict=True):
        chars[place.start + 1 : place.stop + 1] = keys
        empty[place] = False
    return chars, empty, places


def _embed(model: Model, chars: numpy.ndarray, lo: int, hi: int) -> tuple[Any, list[numpy.ndarray]]:
    """What is known of rows `lo` to `hi` by themselves, and the rows of the tables it was read from."""
    xp = model.ops.xp
    keys = mix(chars[lo : hi + 2])
    out = xp.empty((len(keys), _n_embedded(model)), dtype="f")
    used, columns = [], _columns(model)
    for i, (rows, own) in enumerate(zip(model.attrs["rows"], columns, strict=True)):
        picked = tables.rows_of(keys[:, i], rows)
        tables.embed(model, i, picked, out[:, own])
        used.append(picked)
    if model.attrs["words"]:
        start = max(0, lo + 1 - lexicon.REACH)
        flags = lexicon.flags(chars[start : hi + 1 + lexicon.REACH])
        out[:, columns[-1].stop :] = model.ops.asarray(flags[lo + 1 - start :][: hi - lo])
    return out, used


def _predict(model: Model, chars: numpy.ndarray, empty: numpy.ndarray) -> Any:
    """Encode block by block: each layer gives as many rows fewer than it takes as it looks far."""
    xp = model.ops.xp
    dilations = model.attrs["dilations"]
    P, W, b = (model.get_param(k) for k in "PWb")
    width, margin = model.get_dim("nO"), sum(dilations)
    n = len(empty) - 2 * margin
    size = min(n, BLOCK) + 2 * margin
    bias = xp.repeat(b[:, None], size, axis=1)
    zeros = xp.zeros((size, width), dtype="f")
    buffers, product = xp.empty((2, size, width), dtype="f"), xp.empty((size, width), dtype="f")
    out = xp.zeros((len(empty), width), dtype="f")
    for start in range(0, n, BLOCK):
        lo, hi = start, min(n, start + BLOCK) + 2 * margin
        X = _embed(model, chars, lo, hi)[0] @ P.T
        X[empty[lo:hi]] = 0
        for i, d in enumerate(dilations):
            lo, hi = lo + d, hi - d
            rows = hi - lo
            H, part = buffers[i % 2][:rows], product[:rows]
            xp.matmul(X[:rows], W[i, :, :width].T, out=H)
            for tap in (1, 2):
                xp.matmul(X[tap * d :][:rows], W[i, :, tap * width :][:, :width].T, out=part)
                H += part
            H += bias[i, :rows]
            xp.maximum(H, zeros[:rows], out=H)
            H += X[d:-d]
            inverse = _inverse_norm(xp, H)
            inverse[empty[lo:hi]] = 0
            X = xp.multiply(H, inverse, out=H if i + 1 < len(dilations) else out[lo:hi])
    return out


def _train(model: Model, chars: numpy.ndarray, gaps: numpy.ndarray) -> tuple[Any, Callable[[Any], None]]:
    """Encode, keeping what the gradient needs."""
    xp = model.ops.xp
    P, W, b = (model.get_param(k) for k in "PWb")
    rate, width = model.attrs["dropout_rate"], model.get_dim("nO")
    embedded, used = _embed(model, chars, 0, len(chars) - 2)
    kept = _mask(xp, embedded.shape, rate)
    columns = _columns(model)
    for ngram in columns[1:]:
        kept[:, ngram] *= _mask(xp, (len(kept), 1), model.attrs["ngram_dropout"])
    embedded *= kept
    X = embedded @ P.T
    X[gaps] = 0
    saved = []
    for i, d in enumerate(model.attrs["dilations"]):
        window = xp.empty((len(X), 3 * width), dtype="f")
        _fill_window(window, X, d)
        H = window @ W[i].T
        H += b[i]
        passed = (H > 0) * _mask(xp, H.shape, rate)
        H *= passed
        H += X
        inv = _inverse_norm(xp, H)
        X = H * inv
        X[gaps] = 0
        saved.append((window, passed, X, inv))

    def backprop(dX: Any) -> None:
        dW, db = xp.zeros_like(W), xp.zeros_like(b)
        for i in reversed(range(len(saved))):
            window, passed, Y, inv = saved.pop()
            dX[gaps] = 0
            dX = (dX - Y * (xp.einsum("ij,ij->i", dX, Y)[:, None] / width)) * inv
            dH = dX * passed
            dW[i], db[i] = dH.T @ window, dH.sum(axis=0)
            _add_window_gradient(dX, dH @ W[i], model.attrs["dilations"][i])
        dX[gaps] = 0
        model.inc_grad("W", dW)
        model.inc_grad("b", db)
        model.inc_grad("P", dX.T @ embedded)
        d_embedded = (dX @ P) * kept
        for i, (picked, own) in enumerate(zip(used, columns, strict=True)):
            tables.add_gradient(model, i, picked, xp.ascontiguousarray(d_embedded[:, own]))

    return X, backprop


def _mask(xp: Any, shape: tuple[int, ...], rate: float) -> Any:
    """Dropout mask, scaled."""
    return (xp.random.uniform(size=shape) >= rate).astype("f") / (1 - rate)


def _inverse_norm(xp: Any, H: Any) -> Any:
    """One over the root mean square of each row, shape (n, 1)."""
    square = xp.einsum("ij,ij->i", H, H)
    square /= H.shape[1]
    square += 1e-5
    xp.sqrt(square, out=square)
    return xp.reciprocal(square, out=square)[:, None]


def _fill_window(window: Any, X: Any, d: int) -> None:
    """Write rows i - d, i and i + d of `X` side by side."""
    w = X.shape[1]
    window[:d, :w] = 0
    window[d:, :w] = X[:-d]
    window[:, w : 2 * w] = X
    window[:-d, 2 * w :] = X[d:]
    window[-d:, 2 * w :] = 0


def _add_window_gradient(dX: Any, dwindow: Any, d: int) -> None:
    w = dX.shape[1]
    dX[:-d] += dwindow[d:, :w]
    dX += dwindow[:, w : 2 * w]
    dX[d:] += dwindow[:-d, 2 * w :]
