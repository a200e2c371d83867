"""What the components that tag tokens and read spans off share."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import numpy
from spacy.language import Language
from spacy.pipeline import TrainablePipe
from spacy.tokens import Doc
from spacy.training import Example
from spacy.vocab import Vocab
from thinc.api import Model

from ..network.biluo import softmax
from .batching import Bounded

Arrays = list[Any]


class SpanTagger(Bounded, TrainablePipe):
    """What both taggers share: sizes, initialisation, the loss over a batch, and the step after it."""

    def __init__(
        self,
        vocab: Vocab,
        model: Model,
        name: str,
        *,
        labels: list[str],
        sizes: dict[str, int],
        rate: float,
        threshold: float,
        temperature: float,
        shift: float,
        scorer: Callable | None,
    ):
        self.vocab, self.model, self.name = vocab, model, name
        self.scorer, self.rate = scorer, rate
        self.threshold, self.temperature, self.shift = threshold, temperature, shift
        self.cfg: dict[str, Any] = {"labels": list(labels)}
        self.n_out = sum(sizes.values())
        for ref, size in sizes.items():
            output = (model.get_ref(ref) if ref else model).get_ref("output")
            if not output.has_dim("nO"):
                output.set_dim("nO", size)

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(self.cfg["labels"])

    @property
    def label_data(self) -> list[str]:
        return list(self.labels)

    def initialize(
        self, get_examples: Callable[[], Iterable[Example]], *, nlp: Language | None = None
    ) -> None:
        """Allocate the weights, with a few of the examples to infer sizes from."""
        docs = []
        for example in get_examples():
            docs.append(example.x)
            if len(docs) >= 5:
                break
        self.model.initialize(X=docs)

    def predict(self, docs: Iterable[Doc]) -> Arrays:
        """Scores per doc, shape (n_tokens, n_out); those of what is outside less `shift`."""
        docs = list(docs)
        if not any(len(doc) for doc in docs):
            return [numpy.zeros((0, self.n_out), dtype="f") for _ in docs]
        scores = [self.model.ops.to_numpy(s) for s in self.model.predict(docs)]
        for s in scores:
            s[:, 0] -= self.shift
        return scores

    def get_loss(self, examples: Iterable[Example], scores: Arrays) -> tuple[float, Arrays]:
        """Cross-entropy summed over tokens, and its gradient."""
        ops = self.model.ops
        loss, grads = 0.0, []
        total = sum(len(s) for s in scores) or 1
        for example, s in zip(examples, scores, strict=True):
            part, grad = self.token_loss(example, ops.to_numpy(s))
            loss += part
            grads.append(ops.asarray(grad / total, dtype="f"))
        return loss / total, grads

    def warn_of(self, label: str) -> None:
        """Tell that the annotation has a label that the component was not made for."""
        message = (
            f"{self.name} has no label {label!r} and learns that nothing is there; its labels are a setting"
        )
        warnings.warn(message, stacklevel=2)

    def finish_update(self, sgd: Callable) -> None:
        """Change the weights, `rate` times as fast as the optimizer says."""
        self.model.finish_update(partial(sgd, lr_scale=self.rate))

    def token_loss(self, example: Example, scores: numpy.ndarray) -> tuple[float, numpy.ndarray]:
        raise NotImplementedError


def cross_entropy(scores: numpy.ndarray, allowed: numpy.ndarray) -> tuple[float, numpy.ndarray]:
    """Loss and gradient where any of several tags may be right.

    `allowed` (n_tokens, n_tags) is true for every tag the annotation leaves possible.
    """
    probs = softmax(scores)
    target = probs * allowed
    mass = target.sum(axis=1, keepdims=True) + 1e-9
    target /= mass
    return float(-numpy.log(mass).sum()), probs - target


def token_spans(doc: Doc, spans: Iterable[Any]) -> list[tuple[int, int, str]]:
    """(first token, token after the last, label) of spans of another doc over the same text."""
    out = []
    for span in spans:
        here = doc.char_span(span.start_char, span.end_char)
        if here is not None:
            out.append((here.start, here.end, span.label_))
    return out
