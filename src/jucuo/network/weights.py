"""Weights of a trained pipeline, as training starts from them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy
import spacy
import srsly
from spacy.language import Language

from . import tables

COMPONENTS = ("tok2vec", "jucuo_entities", "jucuo_measures")
Weights = dict[str, list[dict[str, numpy.ndarray]]]
"""Per component the parameters of the layers of its model, in the order in which it is walked."""


def layers_of(nlp: Language) -> dict[str, list[Any]]:
    """The layers of the models, in the order in which they are walked."""
    return {name: list(nlp.get_pipe(name).model.walk()) for name in COMPONENTS}


def read(path: Path) -> Weights:
    """The weights of a pipeline (its folder), or of a student (a file of ``scripts/distil/student.py``)."""
    if not path.is_dir():
        return srsly.msgpack_loads(path.read_bytes())
    return {name: [_parameters(x) for x in layers] for name, layers in layers_of(spacy.load(path)).items()}


def put(nlp: Language, weights: Weights) -> None:
    """Give a pipeline of the same shape these weights; ValueError if it is of another."""
    for name, layers in layers_of(nlp).items():
        for layer, parameters in zip(layers, weights[name], strict=True):
            shapes = {key: value.shape for key, value in _parameters(layer).items()}
            if shapes != {key: value.shape for key, value in parameters.items()}:
                raise ValueError(f"{name}: the weights do not have the shape of {layer.name}, {shapes}")
            for key, value in parameters.items():
                layer.set_param(key, value.astype("f"))


def load_weights(path: str | None) -> Callable[[Language], Language]:
    """``jucuo.load_weights.v1``: start training from the weights at `path` (see `read`), if there is one."""

    def after_init(nlp: Language) -> Language:
        if path:
            put(nlp, read(Path(path)))
        return nlp

    return after_init


def _parameters(layer: Any) -> dict[str, numpy.ndarray]:
    """The parameters of a layer, tables in single precision."""
    for i in range(len(layer.attrs.get("rows", ()))):
        tables.table(layer, i)
    return {key: layer.get_param(key) for key in layer.param_names if layer.has_param(key)}
