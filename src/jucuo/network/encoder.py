"""``jucuo.CharEncoder.v1``: hashed n-gram embeddings and a stack of dilated convolutions.

Built for one CPU core: plain matrix products (numpy's, about twice as fast here as thinc's default on
CPUs with AVX-512), ReLU, and no recurrence. Long inputs are encoded in blocks with a margin as wide as
the receptive field, so the result does not depend on how texts are batched and memory stays bounded.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import HashEmbed, Model, chain, concatenate, glorot_uniform_init, with_array

from .features import extract_features

BLOCK = 1024  # tokens encoded at a time in prediction: what fits the cache of a core


def CharEncoder(
    width: int,
    dilations: list[int],
    rows: list[int],
    dims: list[int],
    dropout: float = 0.1,
) -> Model[list[Doc], list[Any]]:
    """Encode tokens in context.

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
    tables = [
        HashEmbed(nO=d, nV=r, column=i, seed=17 + i, dropout=dropout)
        for i, (r, d) in enumerate(zip(rows, dims, strict=True))
    ]
    embed = tables[0] if len(tables) == 1 else concatenate(*tables)
    model: Model = chain(
        extract_features(), with_array(embed), conv_stack(width, sum(dims), dilations, dropout)
    )
    model.set_dim("nO", width)
    return model


def conv_stack(width: int, n_in: int, dilations: list[int], dropout: float) -> Model:
    """Project `n_in` to `width`, then ``x = norm(x + drop(relu(W [x[-d], x, x[+d]] + b)))`` per dilation."""
    return Model(
        "conv_stack",
        _forward,
        init=_init,
        params={"P": None, "p": None, "W": None, "b": None, "G": None, "c": None},
        dims={"nO": width, "nI": n_in},
        attrs={"dilations": list(dilations), "dropout_rate": dropout},
    )


def _init(model: Model, X: Any = None, Y: Any = None) -> None:
    w, n_in, depth = model.get_dim("nO"), model.get_dim("nI"), len(model.attrs["dilations"])
    ops = model.ops
    model.set_param("P", glorot_uniform_init(ops, (w, n_in)))
    model.set_param("p", ops.alloc1f(w))
    model.set_param("W", ops.xp.stack([glorot_uniform_init(ops, (w, 3 * w)) for _ in range(depth)]))
    model.set_param("b", ops.alloc2f(depth, w))
    model.set_param("G", ops.alloc2f(depth, w) + 1)
    model.set_param("c", ops.alloc2f(depth, w))


def _forward(model: Model, Xs: list[Any], is_train: bool) -> tuple[list[Any], Callable]:
    xp = model.ops.xp
    dilations = model.attrs["dilations"]
    pad, margin = max(dilations), sum(dilations)
    lengths = [len(x) for x in Xs]
    flat, gaps, starts = _flatten(xp, Xs, pad)
    if is_train:
        Y, backprop_stack = _stack(model, flat, gaps, True)
    else:
        Y = _predict_in_blocks(model, flat, gaps, margin)

    def backprop(dYs: list[Any]) -> list[Any]:
        dY = xp.zeros_like(Y)
        for s, n, d in zip(starts, lengths, dYs, strict=True):
            dY[s : s + n] = d
        dX = backprop_stack(dY)
        return [dX[s : s + n] for s, n in zip(starts, lengths, strict=True)]

    return [Y[s : s + n] for s, n in zip(starts, lengths, strict=True)], backprop


def _flatten(xp: Any, Xs: list[Any], pad: int) -> tuple[Any, Any, list[int]]:
    """Put sequences end to end with `pad` empty rows around each; return them, the empty rows, the starts."""
    starts, at = [], pad
    for x in Xs:
        starts.append(at)
        at += len(x) + pad
    flat = xp.zeros((at, Xs[0].shape[1]), dtype="f")
    gap = xp.ones(at, dtype=bool)
    for s, x in zip(starts, Xs, strict=True):
        flat[s : s + len(x)] = x
        gap[s : s + len(x)] = False
    return flat, xp.nonzero(gap)[0], starts


def _predict_in_blocks(model: Model, flat: Any, gaps: Any, margin: int) -> Any:
    n = len(flat)
    if n <= BLOCK + 2 * margin:
        return _stack(model, flat, gaps, False)[0]
    xp = model.ops.xp
    out = xp.empty((n, model.get_dim("nO")), dtype="f")
    for s in range(0, n, BLOCK):
        lo, hi = max(0, s - margin), min(n, s + BLOCK + margin)
        a, b = xp.searchsorted(gaps, xp.asarray([lo, hi])).tolist()
        part, _ = _stack(model, flat[lo:hi], gaps[a:b] - lo, False)
        out[s : s + BLOCK] = part[s - lo : s - lo + min(BLOCK, n - s)]
    return out


def _stack(model: Model, X0: Any, gaps: Any, is_train: bool) -> tuple[Any, Callable]:
    xp = model.ops.xp
    P, p = model.get_param("P"), model.get_param("p")
    W, b, G, c = (model.get_param(k) for k in "WbGc")
    rate = model.attrs["dropout_rate"]
    X = X0 @ P.T
    X += p
    X[gaps] = 0
    saved = []
    for i, d in enumerate(model.attrs["dilations"]):
        window = _window(xp, X, d)
        H = window @ W[i].T
        H += b[i]
        xp.maximum(H, 0, out=H)
        if is_train:
            keep = (H > 0).astype("f")
            if rate:
                mask = (xp.random.uniform(size=H.shape) >= rate).astype("f") / (1 - rate)
                keep *= mask
                H *= mask
        H += X
        H -= H.mean(axis=1, keepdims=True)
        inv = xp.einsum("ij,ij->i", H, H)[:, None]
        inv /= H.shape[1]
        inv += 1e-5
        inv = 1 / xp.sqrt(inv)
        H *= inv
        X = H * G[i]
        X += c[i]
        X[gaps] = 0
        if is_train:
            saved.append((window, keep, H, inv))

    def backprop(dX: Any) -> Any:
        dW, db, dG, dc = (xp.zeros_like(x) for x in (W, b, G, c))
        for i in reversed(range(len(saved))):
            window, keep, H, inv = saved.pop()
            dX[gaps] = 0
            dG[i] = xp.einsum("ij,ij->j", dX, H)
            dc[i] = dX.sum(axis=0)
            dH = dX * G[i]
            mean = dH.mean(axis=1, keepdims=True)
            dot = xp.einsum("ij,ij->i", dH, H)[:, None] / H.shape[1]
            dH -= mean
            dH -= H * dot
            dH *= inv
            dX = dH.copy()
            dH *= keep
            dW[i] = dH.T @ window
            db[i] = dH.sum(axis=0)
            _add_window_gradient(dX, dH @ W[i], model.attrs["dilations"][i])
        dX[gaps] = 0
        model.inc_grad("P", dX.T @ X0)
        model.inc_grad("p", dX.sum(axis=0))
        for key, grad in zip("WbGc", (dW, db, dG, dc), strict=True):
            model.inc_grad(key, grad)
        return dX @ P

    return X, backprop


def _window(xp: Any, X: Any, d: int) -> Any:
    n, w = X.shape
    out = xp.zeros((n, 3 * w), dtype="f")
    out[d:, :w] = X[:-d]
    out[:, w : 2 * w] = X
    out[:-d, 2 * w :] = X[d:]
    return out


def _add_window_gradient(dX: Any, dwindow: Any, d: int) -> None:
    w = dX.shape[1]
    dX[:-d] += dwindow[d:, :w]
    dX += dwindow[:, w : 2 * w]
    dX[d:] += dwindow[:-d, 2 * w :]


def load_encoder(path: str | None) -> Callable[[Language], Language]:
    """``jucuo.load_encoder.v1``: start training from encoder weights made by ``scripts/pretrain.py``."""

    def after_init(nlp: Language) -> Language:
        if path:
            nlp.get_pipe("tok2vec").model.from_bytes(Path(path).read_bytes())
        return nlp

    return after_init
