"""Train the weights with which ``jucuo.linking`` chooses subject, place and date of a claim, and who acts.

Learns from the train part of ``assets/split.json`` and reports, for the dev part (with --test, the test
part), the share of links found (as the evaluation counts them) and how many are made where the annotation
has none, for the rules alone (-) and for the weights (+). Texts whose claims are only drafted are left out,
and so are measures without an actor in texts where most have none. The model is log-linear over the
candidates of each link, trained with AdaGrad; while it reads a text, later choices see the choices made, not
the annotated ones.

usage: train_links.py [OUTPUT] [--news FOLDER] [--marked FOLDER] [--epochs N] [--test]
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from jucuo.corpus import sources
from jucuo.corpus.markup import AnnotatedText
from jucuo.corpus.stats import DRAFTED
from jucuo.linking.choice import Candidate, Chooser, Linear, Rules
from jucuo.linking.link import link_with
from jucuo.linking.phrases import Bounds
from jucuo.records import Claim, Entity, Measure, Record, Span

ROOT = Path(__file__).resolve().parent.parent
OUTPUT = ROOT / "src" / "jucuo" / "linking" / "data" / "weights.txt"
LINKS = ("subject", "where", "as_of", "actor")
RATE, DECAY = 0.2, 0.003
LEANING = {"subject": 2.0, "where": 1.0, "as_of": 1.5, "actor": 0.5}
"""What is taken from the score of no link: a missing link is worse than one too many, but not by much."""
TRUST = {"subject": 0.0, "where": 0.5, "as_of": 1.0, "actor": 0.0}
"""What is added for the choice of the rules, which know constructions that are rare in the corpus."""
MISSED, RELABELLED = 0.1, 0.05
MISTAKEN = {"ORG": "FAC", "FAC": "ORG", "GPE": "LOC", "LOC": "GPE"}
"""How every second epoch disturbs the names, so that the choice bears the faults of a tagger."""
SMALLEST = 0.04  # weights below it are left out
FEWEST = 3  # features of fewer claims or measures are not learned


def overlap(a: Span, b: Span | Bounds) -> float:
    """Character F1 of two stretches."""
    start, end = (b.start, b.end) if isinstance(b, Span) else b
    common = min(a.end, end) - max(a.start, start)
    return 2 * common / (a.end - a.start + end - start) if common > 0 else 0.0


def right(link: str, text: str, gold: Any, value: Any) -> bool:
    """Whether a value, a stretch of the `text` or a date, is what the annotation has."""
    if gold is None or value is None:
        return gold is value
    if link == "subject":
        return overlap(gold, value) >= 0.5
    if link == "actor":
        start, end = (value.start, value.end) if isinstance(value, Span) else value
        return gold.text == text[start:end] or overlap(gold, value) >= 0.5
    return gold == value if link == "as_of" else gold.text in value.text or value.text in gold.text


class Learner:
    """Chooses with the weights it has so far, and betters them by the annotation of `gold`."""

    def __init__(self) -> None:
        self.weights: dict[str, dict[str, float]] = {link: {} for link in LINKS}
        self.squares: dict[str, dict[str, float]] = {link: {} for link in LINKS}
        self.met: dict[str, Counter[str]] | None = {link: Counter() for link in LINKS}
        self.text = ""
        self.gold: Gold = {}
        self.rate = RATE

    def choose(self, link: str, item: Span, candidates: Sequence[Candidate]) -> Any:
        get = self.weights[link].get
        scores = [sum(get(f, 0.0) for f in features) for _, features in candidates]
        gold = self.gold[link, item.start, item.end]
        good = [right(link, self.text, gold, value) for value, _ in candidates]
        if link in ("subject", "actor") and gold is not None:  # of overlapping phrases, the closest ones
            shares = [overlap(gold, value) if value else 0.0 for value, _ in candidates]
            good = [g and share > max(shares) - 0.2 for g, share in zip(good, shares, strict=True)]
        if any(good) and not all(good):
            self._learn(link, candidates, scores, good)
        return candidates[max(range(len(scores)), key=scores.__getitem__)][0]

    def _learn(
        self, link: str, candidates: Sequence[Candidate], scores: list[float], good: list[bool]
    ) -> None:
        top = max(scores)
        odds = [math.exp(s - top) for s in scores]
        total = sum(odds)
        of_good = sum(o for o, g in zip(odds, good, strict=True) if g)
        push: dict[str, float] = defaultdict(float)
        for o, g, (_, features) in zip(odds, good, candidates, strict=True):
            d = (o / of_good if g and of_good else 0.0) - o / total
            for f in features:
                push[f] += d
        weights, squares = self.weights[link], self.squares[link]
        if self.met is not None:
            self.met[link].update(push.keys())
        for f, d in push.items():
            if self.met is None and f not in weights:
                continue
            old = weights.get(f, 0.0)
            d -= DECAY * old
            squares[f] = squares.get(f, 1.0) + d * d
            weights[f] = old + self.rate * d / math.sqrt(squares[f])

    def settle(self) -> None:
        """Forget the features met too seldom, and take up no new ones."""
        for link, met in (self.met or {}).items():
            self.weights[link] = {f: w for f, w in self.weights[link].items() if met[f] >= FEWEST}
        self.met = None


Gold = dict[tuple[str, int, int], Any]
"""The annotated value of each link, by link and stretch of its claim or measure."""


def gold_of(record: Record) -> Gold:
    out: Gold = {}
    for link in LINKS:
        for item in acted(record) if link == "actor" else record.claims:
            out[link, item.start, item.end] = getattr(item, link)
    return out


def acted(record: Record) -> tuple[Measure, ...]:
    """The measures whose actors are annotated.

    Some texts have them only now and then; there a measure without one says nothing.
    """
    named = tuple(m for m in record.measures if m.actor)
    return record.measures if 2 * len(named) >= len(record.measures) else named


def bare(claims: Iterable[Claim]) -> list[Claim]:
    return [replace(c, subject=None, where=None, as_of=None) for c in claims]


def run(chooser: Chooser, item: AnnotatedText) -> Gold:
    """The links of a text, made anew."""
    record = item.record
    claims, measures = link_with(chooser, item.text, bare(record.claims), record.entities, (), acted(record))
    out: Gold = {("actor", m.start, m.end): m.actor for m in measures}
    return out | gold_of(replace(record, claims=tuple(claims), measures=()))


def disturbed(entities: Iterable[Entity], order: random.Random) -> list[Entity]:
    """Entities as a tagger might find them: some missed, some under another label."""
    out = []
    for e in entities:
        chance = order.random()
        if chance < MISSED:
            continue
        label = MISTAKEN.get(e.label, e.label) if chance > 1 - RELABELLED else e.label
        out.append(replace(e, label=label))
    return out


def train(items: list[AnnotatedText], epochs: int) -> dict[str, dict[str, float]]:
    """Return weights by link and feature, small ones left out."""
    learner, order = Learner(), random.Random(1)
    items = sorted(items, key=lambda a: a.id)
    for epoch in range(epochs):
        learner.rate = RATE * (1 - 0.8 * epoch / epochs)
        order.shuffle(items)
        for item in items:
            learner.text, learner.gold = item.text, gold_of(item.record)
            if epoch % 2:
                record = replace(item.record, entities=tuple(disturbed(item.record.entities, order)))
                item = replace(item, record=record)
            run(learner, item)
        if epoch == 0:
            learner.settle()
    for link, weights in learner.weights.items():
        weights["N"] = weights.get("N", 0.0) - LEANING[link]
        weights["rule"] = weights.get("rule", 0.0) + TRUST[link]
    return {
        link: {f: w for f, w in weights.items() if abs(w) >= SMALLEST and not {"\n", "\t"} & set(f)}
        for link, weights in learner.weights.items()
    }


def report(name: str, chooser: Chooser, items: list[AnnotatedText]) -> None:
    """Print the share of links found, and of claims without one that got one."""
    counts: Counter[tuple[str, bool, bool]] = Counter()
    for item in items:
        found = run(chooser, item)
        for key, gold in gold_of(item.record).items():
            counts[key[0], gold is not None, right(key[0], item.text, gold, found[key])] += 1
    for link in LINKS:
        hit, miss = counts[link, True, True], counts[link, True, False]
        over, null = counts[link, False, False], counts[link, False, True]
        found = f"{hit / (hit + miss):.3f} of {hit + miss:5}"
        print(f"{name:8} {link:8} {found}, {over:4} made of {over + null:5} null")


def save(weights: dict[str, dict[str, float]], path: Path) -> None:
    """Write weights, in hundredths, one feature a line."""
    lines = ["# Weights of the features of links, in hundredths; made by scripts/train_links.py."]
    for link, row in weights.items():
        lines.append(f"= {link}")
        lines += [f"{f}\t{round(100 * w)}" for f, w in sorted(row.items())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("output", type=Path, nargs="?", default=OUTPUT)
    ap.add_argument("--news", type=Path, help="folder with the stories of part B")
    ap.add_argument("--marked", type=Path, help="folder with more marked-up texts")
    ap.add_argument("--epochs", type=int, default=4)
    ap.add_argument("--test", action="store_true", help="report on the test part")
    args = ap.parse_args()
    inputs = [ROOT / "assets" / "articles", *([args.marked] if args.marked else [])]
    if args.news:
        inputs.append(ROOT / "assets" / "news" / "annotations.jsonl")
    items = [a for a in sources.load_strictly(inputs, args.news) if DRAFTED not in a.tags]
    split = json.loads((ROOT / "assets" / "split.json").read_text("utf-8"))
    weights = train([a for a in items if a.id in split["train"]], args.epochs)
    save(weights, args.output)
    part = split["test" if args.test else "dev"]
    for kind in ("report", "story"):
        held = [a for a in items if a.id in part and (a.kind == "story") == (kind == "story")]
        if held:
            report(f"{kind} -", Rules(), held)
            report(f"{kind} +", Linear(weights), held)


if __name__ == "__main__":
    main()
