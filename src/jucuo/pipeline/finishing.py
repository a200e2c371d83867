"""``jucuo.finish.v1``: what a pipeline is given before ``spacy train`` saves it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from spacy.language import Language
from spacy.util import get_minor_version_range

from .. import __version__


def finish(meta: dict[str, Any]) -> Callable[[Language], Language]:
    """Registered as ``jucuo.finish.v1``: `finish_training`, as ``training.before_to_disk``."""
    return lambda nlp: finish_training(nlp, meta)


def finish_training(nlp: Language, meta: dict[str, Any]) -> Language:
    """Make a trained pipeline fit to be packaged and trained on.

    Its package needs this one. And a schedule of the learning rate is stepped by ``spacy train`` alone: a
    loop around ``nlp.update`` would stay at its first step, which in a warm-up is 0. So ``resume_training``
    gets the rate that the schedule is about.

    Parameters
    ----------
    meta
        What ``meta.json`` is to say, such as ``license``.
    """
    nlp.meta.update(requirements=[f"jucuo{get_minor_version_range(__version__)}"], **meta)
    optimizer = nlp.config["training"]["optimizer"]
    rate = optimizer["learn_rate"]
    if isinstance(rate, dict) and "initial_rate" in rate:
        optimizer["learn_rate"] = rate["initial_rate"]
    return nlp
