"""Weights of a trained pipeline, as training starts from them."""

from __future__ import annotations

import warnings
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


def read(path: Path) -> Weights:
    """The weights of a pipeline (its folder), or those that `write` wrote to a file."""
    if not path.is_dir():
        return srsly.msgpack_loads(path.read_bytes())
    return {name: [_parameters(x) for x in layers] for name, layers in _layers(spacy.load(path)).items()}


def write(path: Path, weights: Weights) -> None:
    """Write weights to a file, in half precision."""
    halved = {
        name: [{key: value.astype("f2") for key, value in layer.items()} for layer in layers]
        for name, layers in weights.items()
    }
    path.write_bytes(srsly.msgpack_dumps(halved))


def put(nlp: Language, weights: Weights) -> None:
    """Give the components of a pipeline these weights; one of another shape keeps its own, and warns."""
    layers = _layers(nlp)
    for name in layers.keys() & weights.keys():
        for layer, parameters in zip(layers[name], weights[name], strict=True):
            shapes = {key: value.shape for key, value in _parameters(layer).items()}
            if shapes != {key: value.shape for key, value in parameters.items()}:
                warnings.warn(f"{name}: {layer.name} is of another shape and keeps its weights", stacklevel=2)
                continue
            for key, value in parameters.items():
                layer.set_param(key, layer.ops.asarray(value, dtype="f"))


def load_weights(path: str | None) -> Callable[[Language], Language]:
    """``jucuo.load_weights.v1``: start training from the weights at `path` (see `read`), if there is one."""

    def after_init(nlp: Language) -> Language:
        if path:
            put(nlp, read(Path(path)))
        return nlp

    return after_init


def _layers(nlp: Language) -> dict[str, list[Any]]:
    """The layers of the models, in the order in which they are walked."""
    return {name: list(nlp.get_pipe(name).model.walk()) for name in COMPONENTS if nlp.has_pipe(name)}


def _parameters(layer: Any) -> dict[str, numpy.ndarray]:
    """The parameters of a layer, whose tables are widened to single precision first."""
    for i in tables.numbers(layer):
        tables.table(layer, i)
    return {
        key: layer.ops.to_numpy(layer.get_param(key)) for key in layer.param_names if layer.has_param(key)
    }
