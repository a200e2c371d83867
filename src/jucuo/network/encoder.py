"""``jucuo.CharEncoder.v1``: hashed n-gram embeddings and a stack of dilated convolutions.

Built for one CPU core: plain matrix products, ReLU, no recurrence. Texts are put end to end with empty rows
between them and encoded in blocks with a margin as wide as the receptive field, so the result does not
depend on how texts are batched, and memory for the inner layers stays bounded.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy
import srsly
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import Model, glorot_uniform_init

from .features import token_features

BLOCK = 1024  # tokens encoded at a time in prediction: what fits the cache of a core
MIX = numpy.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F], dtype="uint64")


def CharEncoder(
    width: int, dilations: list[int], rows: list[int], dims: list[int], dropout: float = 0.1
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
        },
    )


def _init(model: Model, X: Any = None, Y: Any = None) -> None:
    w, depth = model.get_dim("nO"), len(model.attrs["dilations"])
    ops = model.ops
    for i, (rows, dim) in enumerate(zip(model.attrs["rows"], model.attrs["dims"], strict=True)):
        model.set_param(f"E{i}", ops.asarray(numpy.random.uniform(-0.1, 0.1, (rows, dim)), dtype="f"))
    model.set_param("P", glorot_uniform_init(ops, (w, sum(model.attrs["dims"]))))
    model.set_param("W", ops.xp.stack([glorot_uniform_init(ops, (w, 3 * w)) for _ in range(depth)]))
    model.set_param("b", ops.alloc2f(depth, w))


def table_rows(keys: numpy.ndarray, rows: int) -> numpy.ndarray:
    """The two rows of a table that each key is the sum of, shape (2, n)."""
    return ((keys * MIX[:, None] >> numpy.uint64(33)) % numpy.uint64(rows)).astype("int64")


def _forward(model: Model, docs: list[Doc], is_train: bool) -> tuple[list[Any], Callable]:
    pad = max(model.attrs["dilations"])
    lengths = [len(doc) for doc in docs]
    starts, at = [], pad
    for n in lengths:
        starts.append(at)
        at += n + pad
    keys = numpy.zeros((at, len(model.attrs["rows"])), dtype="uint64")
    gap = numpy.ones(at, dtype=bool)
    for s, feats in zip(starts, token_features(docs), strict=True):
        keys[s : s + len(feats)] = feats
        gap[s : s + len(feats)] = False
    gaps = numpy.nonzero(gap)[0]
    backprop_rows = None
    if is_train:
        Y, backprop_rows = _train(model, keys, gaps)
    else:
        Y = _predict(model, keys, gaps)

    def backprop(grads: list[Any]) -> list[Any]:
        dY = model.ops.xp.zeros_like(Y)
        for s, n, d in zip(starts, lengths, grads, strict=True):
            dY[s : s + n] = d
        backprop_rows(dY)
        return []

    return [Y[s : s + n] for s, n in zip(starts, lengths, strict=True)], backprop


def _embed(model: Model, keys: numpy.ndarray) -> tuple[Any, list[numpy.ndarray]]:
    """Embeddings of `keys`, shape (n, sum of dims), and the rows they were read from."""
    xp = model.ops.xp
    out = xp.empty((len(keys), sum(model.attrs["dims"])), dtype="f")
    used, at = [], 0
    for i, (rows, dim) in enumerate(zip(model.attrs["rows"], model.attrs["dims"], strict=True)):
        table, picked = model.get_param(f"E{i}"), table_rows(keys[:, i], rows)
        xp.add(table[picked[0]], table[picked[1]], out=out[:, at : at + dim])
        used.append(picked)
        at += dim
    return out, used


def _predict(model: Model, keys: numpy.ndarray, gaps: numpy.ndarray) -> Any:
    """Encode block by block."""
    xp = model.ops.xp
    dilations = model.attrs["dilations"]
    P, W, b = (model.get_param(k) for k in "PWb")
    n, width, margin = len(keys), model.get_dim("nO"), sum(dilations)
    out = xp.empty((n, width), dtype="f")
    size = min(n, BLOCK + 2 * margin)
    window, hidden = xp.empty((size, 3 * width), dtype="f"), xp.empty((size, width), dtype="f")
    for start in range(0, n, BLOCK):
        lo, hi = max(0, start - margin), min(n, start + BLOCK + margin)
        X = _embed(model, keys[lo:hi])[0] @ P.T
        empty = gaps[slice(*numpy.searchsorted(gaps, (lo, hi)))] - lo
        X[empty] = 0
        part, H = window[: hi - lo], hidden[: hi - lo]
        for i, d in enumerate(dilations):
            _fill_window(part, X, d)
            xp.matmul(part, W[i].T, out=H)
            H += b[i]
            xp.maximum(H, 0, out=H)
            H += X
            xp.multiply(H, _inverse_norm(xp, H), out=X)
            X[empty] = 0
        out[start : start + BLOCK] = X[start - lo : start - lo + BLOCK]
    return out


def _train(model: Model, keys: numpy.ndarray, gaps: numpy.ndarray) -> tuple[Any, Callable[[Any], None]]:
    """Encode, keeping what the gradient needs."""
    xp = model.ops.xp
    P, W, b = (model.get_param(k) for k in "PWb")
    rate, width = model.attrs["dropout_rate"], model.get_dim("nO")
    embedded, used = _embed(model, keys)
    kept = _mask(xp, embedded.shape, rate)
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
        at = 0
        for i, picked in enumerate(used):
            table = model.get_param(f"E{i}")
            grad = xp.zeros_like(table)
            part = xp.ascontiguousarray(d_embedded[:, at : at + table.shape[1]])
            for rows in picked:
                model.ops.scatter_add(grad, rows.astype("i"), part)
            model.inc_grad(f"E{i}", grad)
            at += table.shape[1]

    return X, backprop


def _mask(xp: Any, shape: tuple[int, ...], rate: float) -> Any:
    """Dropout mask, scaled."""
    return (xp.random.uniform(size=shape) >= rate).astype("f") / (1 - rate)


def _inverse_norm(xp: Any, H: Any) -> Any:
    """One over the root mean square of each row, shape (n, 1)."""
    square = xp.einsum("ij,ij->i", H, H)
    square /= H.shape[1]
    square += 1e-5
    return (1 / xp.sqrt(square))[:, None]


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


def load_weights(path: str | None) -> Callable[[Language], Language]:
    """``jucuo.load_weights.v1``: start training from weights made by ``scripts/distil/student.py``.

    The file is a msgpack mapping of component names to the parameters of the layers of their models, in the
    order in which a model is walked; layers without parameters are empty.
    """

    def after_init(nlp: Language) -> Language:
        if path:
            for name, layers in srsly.msgpack_loads(Path(path).read_bytes()).items():
                for layer, params in zip(nlp.get_pipe(name).model.walk(), layers, strict=True):
                    for key, value in params.items():
                        layer.set_param(key, value.astype("f"))
        return nlp

    return after_init
