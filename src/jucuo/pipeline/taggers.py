"""``jucuo_entities`` and ``jucuo_measures``: trainable components that tag tokens and read spans off."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example
from thinc.api import Model, set_dropout_rate

from ..network import biluo
from ..network.biluo import Spans, softmax
from ..records import ENTITY_LABELS
from ..taxonomy import CATEGORIES, OURS, Naming
from . import extensions
from .own_taxonomy import OwnTaxonomy
from .span_tagger import Arrays, SpanTagger, cross_entropy, token_spans

SPAN_WEIGHT = 8.0  # what the category of a measure counts in the loss, against one token
SCHEME = "jucuo_scheme"  # user_data of a training text: whose labels it carries (ours if absent)

TAG_MODEL = {
    "@architectures": "jucuo.TagHead.v1",
    "hidden": 128,
    "dropout": 0.2,
    "tok2vec": {
        "@architectures": "jucuo.CharEncoder.v1",
        "width": 128,
        "dilations": [1, 2, 4, 8],
        "rows": [6000, 60000, 48000],
        "dims": [64, 32, 24],
        "dropout": 0.1,
        "words": True,
        "ngram_dropout": 0.3,
    },
}


MEASURE_MODEL = {
    "@architectures": "jucuo.MeasureHead.v1",
    "edges": TAG_MODEL,
    "category": {
        "@architectures": "jucuo.BagHead.v1",
        "rows": [12000, 60000, 60000],
        "width": 48,
        "context": 16,
        "far": 120,
        "ends": 3,
        "dropout": 0.5,
    },
}


class EntityTagger(SpanTagger):
    """Named entities, read off BILUO tags.

    Entities that a doc already has (of an ``entity_ruler``, say) stay and win over those found here, only
    numbers make way. What a text leaves open (``doc.set_ents(..., default="missing")``, or no entities
    annotated at all) is not learnt from.

    `schemes` says how to learn from texts annotated with other labels: per scheme, the labels of ours that
    each of theirs may stand for (``""`` among them: or nothing), and under ``O`` those it does not annotate.
    """

    def __init__(self, *args: Any, schemes: dict[str, dict[str, list[str]]], **kwargs: Any):
        super().__init__(*args, sizes={"": biluo.n_tags(len(kwargs["labels"]))}, **kwargs)
        self.cfg["schemes"] = schemes

    def token_loss(self, example: Example, scores: numpy.ndarray) -> tuple[float, numpy.ndarray]:
        scheme = self.cfg["schemes"].get(example.reference.user_data.get(SCHEME))
        return cross_entropy(scores, self.allowed(example, scheme))

    def allowed(self, example: Example, scheme: dict[str, list[str]] | None) -> numpy.ndarray:
        """The tags that the annotation of an example leaves possible, shape (n_tokens, n_tags)."""
        numbers = {label: i for i, label in enumerate(self.labels)}
        n = len(example.predicted)
        out = numpy.zeros((n, biluo.n_tags(len(numbers))), dtype=bool)
        out[:, 0] = True
        if not example.reference.has_annotation("ENT_IOB", require_complete=True):
            out[[not iob for iob in example.get_aligned("ENT_IOB")]] = True  # 0 or None: not annotated
        for label in (scheme or {}).get("O", ()):
            out[:, 1 + 4 * numbers[label] : 5 + 4 * numbers[label]] = True
        for start, end, label in token_spans(example.predicted, example.reference.ents):
            ours = [label] if scheme is None else scheme.get(label, [""])
            out[start:end] = False
            for name in ours:
                if name in numbers:
                    out[numpy.arange(start, end), biluo.tags_of(start, end, numbers[name])] = True
                else:
                    out[start:end, 0] = True
                    if scheme is None:
                        self.warn_of(name)
        return out

    def set_annotations(self, docs: Iterable[Doc], scores: Arrays) -> None:
        for doc, found in zip(docs, biluo.read(scores, self.temperature), strict=True):
            ents, numbers = there(doc)
            taken = {i for e in ents for i in range(e.start, e.end)}
            sure = {}
            for start, end, label, p in found:
                if p >= self.threshold and taken.isdisjoint(range(start, end)):
                    span = Span(doc, start, end, label=self.labels[label])
                    ents.append(span)
                    sure[f"{span.start_char}:{span.end_char}"] = round(p, 4)
            if numbers:
                taken.update(i for e in ents for i in range(e.start, e.end))
                ents += [e for e in numbers if taken.isdisjoint(range(e.start, e.end))]
            doc.set_ents(ents)
            doc.user_data[extensions.SCORES] = sure


def there(doc: Doc) -> tuple[list[Span], list[Span]]:
    """Names and numbers among the entities that a doc already has; those found by us before are left out."""
    found = doc.user_data.get(extensions.SCORES, {})
    ents = [e for e in doc.ents if f"{e.start_char}:{e.end_char}" not in found]
    numbers = [e for e in ents if e.label_ in extensions.NUMBERS]
    return [e for e in ents if e.label_ not in extensions.NUMBERS], numbers


class MeasureTagger(SpanTagger):
    """Measures: span edges from five boundary tags, then the category of each span.

    A taxonomy of one's own (`OwnTaxonomy`) renames what is found; the network and its labels stay.
    """

    def __init__(self, *args: Any, taxonomy: str | None = None, **kwargs: Any):
        super().__init__(*args, sizes={"edges": biluo.n_tags(1), "category": len(kwargs["labels"])}, **kwargs)
        self.taxonomy = OwnTaxonomy(taxonomy)
        if self.taxonomy.data:
            self.taxonomy.namings(self.labels)  # a taxonomy that does not fit is told now
        self.cfg["taxonomy"] = self.taxonomy.stored

    def from_disk(self, path: Any, *, exclude: Iterable[str] = ()) -> MeasureTagger:
        super().from_disk(path, exclude=exclude)
        self._settle()
        return self

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> MeasureTagger:
        super().from_bytes(data, exclude=exclude)
        self._settle()
        return self

    def _settle(self) -> None:
        self.taxonomy.settle(self.cfg.get("taxonomy"))
        self.cfg["taxonomy"] = self.taxonomy.stored

    def predict(self, docs: Iterable[Doc]) -> list[tuple[Spans, numpy.ndarray]]:
        """Per doc: the spans found, and the confidence in each category, shape (n_spans, n_labels)."""
        docs = list(docs)
        read = biluo.read(super().predict(docs), self.temperature)
        found = [[x[:3] for x in spans] for spans in read]
        scores = self.category_scores(docs, found)
        if len(scores):
            scores = softmax(scores / self.temperature)
            scores *= numpy.array([x[3] for spans in read for x in spans], dtype="f")[:, None]
        parts = numpy.split(scores, numpy.cumsum([len(spans) for spans in found])[:-1])
        return list(zip(found, parts, strict=True))

    def category_scores(self, docs: list[Doc], found: list[Spans]) -> numpy.ndarray:
        """Scores of the categories, a row for each span of all docs."""
        inputs = [
            (doc, [(start, end) for start, end, _ in spans])
            for doc, spans in zip(docs, found, strict=True)
            if spans
        ]
        if not inputs:
            return numpy.zeros((0, len(self.labels)), dtype="f")
        return self.model.ops.to_numpy(self.model.get_ref("category").predict(inputs))

    def update(
        self,
        examples: Iterable[Example],
        *,
        drop: float = 0.0,
        sgd: Any = None,
        losses: dict[str, float] | None = None,
    ) -> dict[str, float]:
        """Learn edges from whole texts, categories from the spans as annotated."""
        losses = {} if losses is None else losses
        losses.setdefault(self.name, 0.0)
        examples = list(examples)  # empty texts too: a listener answers for the whole batch
        if not any(len(e.predicted) for e in examples):
            return losses
        set_dropout_rate(self.model.get_ref("edges"), drop)
        scores, backprop = self.model.begin_update([e.predicted for e in examples])
        loss, grads = self.get_loss(examples, scores)
        backprop(grads)
        losses[self.name] += loss + self.update_category(examples, SPAN_WEIGHT / sum(map(len, scores)))
        if sgd is not None:
            self.finish_update(sgd)
        return losses

    def update_category(self, examples: list[Example], weight: float) -> float:
        """One step of the classifier of spans; its loss, times `weight` a span."""
        marked = [(e.predicted, self.gold_spans(e)) for e in examples]
        inputs = [(doc, [(s, e) for s, e, _ in spans]) for doc, spans in marked if spans]
        if not inputs:
            return 0.0
        model = self.model.get_ref("category")
        scores, backprop = model.begin_update(inputs)
        labels = numpy.array([label for _, spans in marked for _, _, label in spans])
        wanted = labels[:, None] == numpy.arange(len(self.labels))
        loss, grad = cross_entropy(model.ops.to_numpy(scores), wanted)
        backprop(model.ops.asarray(grad * weight, dtype="f"))
        return loss * weight

    def gold_spans(self, example: Example) -> Spans:
        """(first token, token after the last, label) of the measures as annotated, on our labels."""
        reference = example.reference
        if reference.user_data.get(SCHEME) or extensions.MEASURES not in reference.spans:
            return []
        numbers = {label: i for i, label in enumerate(self.labels)}
        out = []
        for start, end, label in token_spans(example.predicted, reference.spans[extensions.MEASURES]):
            if label in numbers:
                out.append((start, end, numbers[label]))
            else:
                self.warn_of(label)
        return out

    def token_loss(self, example: Example, scores: numpy.ndarray) -> tuple[float, numpy.ndarray]:
        reference = example.reference
        if reference.user_data.get(SCHEME) or extensions.MEASURES not in reference.spans:
            return 0.0, numpy.zeros_like(scores)
        tags = biluo.encode(len(scores), [(s, e, 0) for s, e, _ in self.gold_spans(example)])
        return cross_entropy(scores, tags[:, None] == numpy.arange(biluo.n_tags(1)))

    def set_annotations(self, docs: Iterable[Doc], found: list[tuple[Spans, numpy.ndarray]]) -> None:
        namings = self.taxonomy.namings(self.labels)
        for doc, (spans, probs) in zip(docs, found, strict=True):
            facts = []
            for (start, end, _), p in zip(spans, probs, strict=True):
                best = int(p.argmax())
                if p[best] >= self.threshold:
                    span = doc[start:end]
                    facts.append(
                        {
                            "start": span.start_char,
                            "end": span.end_char,
                            "text": span.text,
                            "category": self.labels[best],
                            "actor": None,
                            "score": round(float(p[best]), 4),
                        }
                    )
            if namings is not None:
                facts = [f for f in facts if rename(f, namings)]
            extensions.store(doc, extensions.MEASURES, facts, "category")


def rename(fact: dict[str, Any], namings: dict[str, Naming | None]) -> bool:
    """Give a measure its category and crosswalk in a user's taxonomy; False if it has no place there."""
    naming = namings[fact["category"]]
    if naming is None:
        return False
    fact["category"], fact["crosswalk"] = naming
    if OURS in fact["crosswalk"]:
        (fact["base_category"],) = fact["crosswalk"][OURS]
    return True


@Language.factory(
    "jucuo_entities",
    assigns=["doc.ents"],
    default_config={
        "model": TAG_MODEL,
        "labels": list(ENTITY_LABELS),
        "rate": 1.0,
        "schemes": {},
        "threshold": 0.5,
        "temperature": 1.0,
        "shift": 0.0,
        "scorer": {"@scorers": "jucuo.entity_scorer.v1"},
    },
    default_score_weights={"entities_f": 1.0, "entities_p": 0.0, "entities_r": 0.0},
)
def make_entity_tagger(
    nlp: Language,
    name: str,
    model: Model,
    labels: list[str],
    rate: float,
    schemes: dict[str, dict[str, list[str]]],
    threshold: float,
    temperature: float,
    shift: float,
    scorer: Callable | None,
) -> EntityTagger:
    """Factory ``jucuo_entities``: named entities into ``doc.ents``.

    `threshold` is on the confidence, which comes of scores over `temperature`; the score of what is outside
    is less by `shift`, so that more is found. The head learns `rate` times as fast as the optimizer says:
    more than 1 where its learning rate was chosen for a pretrained encoder.
    """
    extensions.register()
    return EntityTagger(
        nlp.vocab,
        model,
        name,
        labels=labels,
        rate=rate,
        schemes=schemes,
        threshold=threshold,
        temperature=temperature,
        shift=shift,
        scorer=scorer,
    )


@Language.factory(
    "jucuo_measures",
    assigns=["doc.spans"],
    default_config={
        "model": MEASURE_MODEL,
        "labels": list(CATEGORIES),
        "rate": 1.0,
        "threshold": 0.18,
        "temperature": 1.0,
        "shift": 0.0,
        "taxonomy": None,
        "scorer": {"@scorers": "jucuo.measure_scorer.v1"},
    },
    default_score_weights={"measures_f": 0.5, "measures_sent_f": 0.5},
)
def make_measure_tagger(
    nlp: Language,
    name: str,
    model: Model,
    labels: list[str],
    rate: float,
    threshold: float,
    temperature: float,
    shift: float,
    taxonomy: str | None,
    scorer: Callable | None,
) -> MeasureTagger:
    """Factory ``jucuo_measures``: measures into ``doc.spans["measures"]``, the category as label.

    `threshold`, `temperature`, `shift` and `rate` are as for `jucuo_entities`. `taxonomy` is the path of a
    taxonomy of one's own (form: `jucuo.taxonomy`); its content is saved with the component.
    """
    extensions.register()
    return MeasureTagger(
        nlp.vocab,
        model,
        name,
        labels=labels,
        rate=rate,
        threshold=threshold,
        temperature=temperature,
        shift=shift,
        taxonomy=taxonomy,
        scorer=scorer,
    )
