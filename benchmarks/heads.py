"""Our heads beside spaCy's own on the same encoder, from the same start, on the same texts.

=====  ==================  =========================================================================
name   entities            measures
=====  ==================  =========================================================================
tags   ``jucuo_entities``  ``jucuo_measures``
spans  ``ner``             ``spancat``: a sigmoid per category over the ends of clauses
one    ``ner``             ``spancat_singlelabel``: one softmax with "none" over the same candidates
ner    ``ner``             none: whether spancat beside it costs ``ner`` anything
=====  ==================  =========================================================================

All start from the encoder of the shipped pipeline with heads of random weights, and train together with it
under the settings of ``configs/sm.cfg``. The confidence from which measures are reported is chosen on the dev
texts. Candidates of spancat run from any token to the end of its clause (`suggest_clauses`).

usage: heads.py train NAME CORPUS OUTPUT [--steps N] [--rate R]
       heads.py compare CORPUS OUTPUT ...     accuracy on the test texts, and speed, in one run
       heads.py recall CORPUS                 share of the measures that are among the candidates

CORPUS is a folder made by ``scripts/build_corpus.py``.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy
import spacy
from spacy import util
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as train_loop
from thinc.api import Config, Ops
from thinc.types import Ragged

from jucuo.evaluation import Evaluation
from jucuo.network import weights
from jucuo.pipeline import extensions

ROOT = Path(__file__).resolve().parent.parent
STOPS = frozenset("，。；！？：,;!?:…\n")
LONGEST = 40  # tokens of a candidate
LEAST = 0.02  # least confidence of a measure that is looked at
NAMES = ("tags", "spans", "one", "ner")
LISTENER = {"@architectures": "spacy.Tok2VecListener.v1", "width": 128}
NER = {
    "factory": "ner",
    "moves": None,
    "update_with_oracle_cut_size": 100,
    "scorer": {"@scorers": "jucuo.entity_scorer.v1"},
    "model": {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "ner",
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "nO": None,
        "tok2vec": LISTENER,
    },
}
SPANCAT = {
    "spans_key": extensions.MEASURES,
    "suggester": {"@misc": "jucuo_benchmark.clauses"},
    "scorer": {"@scorers": "jucuo.measure_scorer.v1"},
    "model": {
        "@architectures": "spacy.SpanCategorizer.v1",
        "reducer": {"@layers": "spacy.mean_max_reducer.v1", "hidden_size": 128},
        "tok2vec": LISTENER,
    },
}
SCORERS = {
    "spans": {"factory": "spancat", "threshold": LEAST, "max_positive": 1},
    "one": {"factory": "spancat_singlelabel", "negative_weight": 1.0, "allow_overlap": True},
}
LAYERS = {
    "spans": {"@layers": "spacy.LinearLogistic.v1", "nO": None, "nI": None},
    "one": {"@layers": "Softmax.v2"},
}


@spacy.registry.misc("jucuo_benchmark.clauses")
def suggest_clauses() -> Callable[..., Ragged]:
    """Candidates of spancat: from each token to the end of its clause, up to `LONGEST` tokens."""

    def suggest(docs: Iterable[Doc], *, ops: Ops | None = None) -> Ragged:
        ops = ops or util.get_current_ops()
        found = [clause_ends(doc) for doc in docs]
        data = numpy.concatenate([*found, numpy.zeros((0, 2), dtype="i")])
        return Ragged(ops.asarray(data, dtype="i"), ops.asarray([len(f) for f in found], dtype="i"))

    return suggest


def clause_ends(doc: Doc) -> numpy.ndarray:
    """(first token, token after the last) of the candidates of a doc."""
    out = []
    end = len(doc)
    for i in range(len(doc) - 1, -1, -1):
        if STOPS.intersection(doc[i].text):
            end = i
        elif end - i <= LONGEST:
            out.append((i, end))
    return numpy.array(out[::-1], dtype="i").reshape(-1, 2)


@Language.component("jucuo_benchmark_facts")
def store_facts(doc: Doc) -> Doc:
    """The spans of spancat as measures, the surer of two that overlap, so that the scorer reads them."""
    group = doc.spans[extensions.MEASURES]
    scores = group.attrs.get("scores", [1.0] * len(group))
    taken, facts = numpy.zeros(len(doc), dtype=bool), []
    for span, score in sorted(zip(group, scores, strict=True), key=lambda pair: -pair[1]):
        if not taken[span.start : span.end].any():
            taken[span.start : span.end] = True
            place = {"start": span.start_char, "end": span.end_char, "text": span.text}
            facts.append(
                {**place, "category": span.label_, "actor": None, "score": numpy.asarray(score).item()}
            )
    facts.sort(key=lambda f: f["start"])
    extensions.store(doc, extensions.MEASURES, facts, "category")
    return doc


def config_of(name: str, corpus: Path, steps: int, rate: float) -> Config:
    """``configs/sm.cfg`` with the heads of `name` in the place of ours, and without claims and words."""
    overrides = {
        "paths.train": str(corpus / "train.spacy"),
        "paths.dev": str(corpus / "dev.spacy"),
        "training.max_steps": steps,
        "training.eval_frequency": max(1, steps // 6),
        "training.optimizer.learn_rate.initial_rate": rate,
    }
    config = util.load_config(ROOT / "configs" / "sm.cfg", overrides)
    config["initialize"].pop("after_init")
    parts = config["components"]
    del parts["jucuo_claims"], parts["jucuo_words"], parts["jucuo_sentences"]
    config["training"]["frozen_components"] = []
    pipeline = ["tok2vec", "jucuo_entities", "jucuo_measures"]
    if name == "tags":
        parts["jucuo_measures"]["threshold"] = LEAST
    else:
        del parts["jucuo_entities"], parts["jucuo_measures"]
        parts["ner"], pipeline = NER, ["tok2vec", "ner"]
    if name in LAYERS:
        model = {**SPANCAT["model"], "scorer": LAYERS[name]}
        parts["spancat"] = {**SPANCAT, **SCORERS[name], "model": model}
        parts["jucuo_benchmark_facts"] = {"factory": "jucuo_benchmark_facts"}
        pipeline += ["spancat", "jucuo_benchmark_facts"]
    config["nlp"].update(pipeline=pipeline, disabled=[])
    return config.interpolate()


def train(name: str, corpus: Path, output: Path, steps: int, rate: float) -> None:
    """Train one set of heads with the encoder; write the last pipeline to `output`."""
    config = config_of(name, corpus, steps, rate)
    nlp = init_nlp(config)
    encoder = weights.read(ROOT / "src" / "jucuo" / "model")["tok2vec"]
    weights.put(nlp, {"tok2vec": encoder})
    start = time.perf_counter()
    output.mkdir(parents=True, exist_ok=True)
    train_loop(nlp, output)
    print(f"{name}: {steps} steps in {time.perf_counter() - start:.0f} s")


Records = list[tuple[str, dict[str, Any], dict[str, Any]]]  # text, gold, predicted


def annotate(nlp: Language, path: Path) -> Records:
    """Texts of a corpus file with their gold records and those of a pipeline."""
    gold = list(DocBin().from_disk(path).get_docs(nlp.vocab))
    found = nlp.pipe([nlp.make_doc(doc.text) for doc in gold])
    return [(g.text, record(g), record(f)) for g, f in zip(gold, found, strict=True)]


def record(doc: Doc) -> dict[str, Any]:
    """What is compared of a doc: no claims."""
    return {**extensions.record_of(doc).to_dict(), "claims": []}


def judge(records: Records, threshold: float) -> Evaluation:
    """Figures with the measures whose score is at least `threshold`."""
    result = Evaluation()
    for text, gold, found in records:
        sure = [m for m in found["measures"] if (m["score"] or 0) >= threshold]
        result.add(text, gold, {**found, "measures": sure})
    return result


def compare(corpus: Path, outputs: list[Path], rounds: int) -> None:
    """Print accuracy and speed of trained pipelines."""
    pipelines = {path.name: spacy.load(path / "model-last") for path in outputs}
    for name, nlp in pipelines.items():
        dev = annotate(nlp, corpus / "dev.spacy")
        best = max(numpy.arange(LEAST, 0.9, 0.02), key=lambda t: judge(dev, t).tallies["measures"].f)
        result = judge(annotate(nlp, corpus / "test.spacy"), best)
        set_threshold(nlp, float(best))
        names = ("entities", "measures", "measures_sent")
        figures = "  ".join(f"{n} {result.tallies[n].f:.3f}" for n in names)
        print(f"{name:12} {figures}  (measures from {best:.2f})", flush=True)
    first = next(iter(pipelines.values()))
    boxes = (DocBin().from_disk(corpus / f"{part}.spacy") for part in ("dev", "test"))
    texts = [doc.text for box in boxes for doc in box.get_docs(first.vocab)]
    size, best_time = sum(map(len, texts)), dict.fromkeys(pipelines, float("inf"))
    for _ in range(rounds):
        for name, nlp in pipelines.items():
            start = time.process_time()
            for _ in nlp.pipe(texts, batch_size=64):
                pass
            best_time[name] = min(best_time[name], time.process_time() - start)
    for name, seconds in best_time.items():
        print(f"{name:12} {size / seconds:9,.0f} characters/s")


def set_threshold(nlp: Language, threshold: float) -> None:
    """Report measures from `threshold`."""
    if "spancat" in nlp.pipe_names:
        nlp.get_pipe("spancat").cfg["threshold"] = threshold
    elif "jucuo_measures" in nlp.pipe_names:
        nlp.get_pipe("jucuo_measures").threshold = threshold


def recall(corpus: Path) -> None:
    """Print how many of the measures of the training texts are among the candidates."""
    nlp = spacy.blank("zh")
    hits = total = candidates = tokens = 0
    for doc in DocBin().from_disk(corpus / "train.spacy").get_docs(nlp.vocab):
        suggested = {tuple(x) for x in clause_ends(doc).tolist()}
        gold = [(s.start, s.end) for s in doc.spans.get(extensions.MEASURES, ())]
        hits, total = hits + len(suggested.intersection(gold)), total + len(gold)
        candidates, tokens = candidates + len(suggested), tokens + len(doc)
    print(f"{hits} of {total} measures ({hits / total:.3f}), {candidates / tokens:.2f} candidates a token")


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = ap.add_subparsers(dest="command", required=True)
    one = commands.add_parser("train")
    one.add_argument("name", choices=NAMES)
    one.add_argument("corpus", type=Path), one.add_argument("output", type=Path)
    one.add_argument("--steps", type=int, default=2400)
    one.add_argument("--rate", type=float, default=0.0007)
    two = commands.add_parser("compare")
    two.add_argument("corpus", type=Path), two.add_argument("outputs", type=Path, nargs="+")
    two.add_argument("--rounds", type=int, default=3)
    commands.add_parser("recall").add_argument("corpus", type=Path)
    args = ap.parse_args()
    if args.command == "train":
        train(args.name, args.corpus, args.output, args.steps, args.rate)
    elif args.command == "compare":
        compare(args.corpus, args.outputs, args.rounds)
    else:
        recall(args.corpus)


if __name__ == "__main__":
    main()
