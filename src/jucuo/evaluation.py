"""Compare predicted records with gold ones.

The measures (all over whole records, offsets in characters):

=============== ===========================================================================================
entities        same span and label, F
claims_found    a claim of the same kind overlaps, one to one, F
claims_exact    same kind and span, F
claims_value    same kind and normal form, overlapping, F (``XXXX`` in the gold accepts a resolved year)
measures        same category and intersection over union of at least 0.5, one to one, F
measures_sent   set of categories per sentence, micro F
claims_trend    share equal among claims with the right value where either has one
claims_subject  share whose subject overlaps the gold one with character F >= 0.5
claims_where    share whose place contains the gold one or is contained in it
claims_as_of    share with an equal timex
=============== ===========================================================================================

The last three count only claims whose gold has the link. `Evaluation.given` counts the other way round, the
links that were given: ``subject_given``, ``where_given`` and ``as_of_given`` are the share of them that are
right, wrong being those of a claim that has none in the gold as well.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from .records import ENTITY_LABELS, TEMPORAL_KINDS

Item = dict[str, Any]
_SENTENCE = re.compile(r"[。！？!?；;\n]+[”’」』）)\"]*")
F_MEASURES = ("entities", "claims_found", "claims_exact", "claims_value", "measures", "measures_sent")
SHARES = ("claims_trend", "claims_subject", "claims_where", "claims_as_of")
GIVEN = ("subject_given", "where_given", "as_of_given")


@dataclass
class Tally:
    """Hits, predictions and gold items of one measure."""

    hits: int = 0
    predicted: int = 0
    gold: int = 0

    def add(self, hits: int, predicted: int, gold: int) -> None:
        self.hits += hits
        self.predicted += predicted
        self.gold += gold

    @property
    def p(self) -> float:
        return self.hits / self.predicted if self.predicted else 0.0

    @property
    def r(self) -> float:
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f(self) -> float:
        return 2 * self.p * self.r / (self.p + self.r) if self.p + self.r else 0.0


@dataclass
class Evaluation:
    """Figures and errors of a comparison, filled by `add` text by text.

    Of the entities predicted only those with one of `entity_labels` count.
    """

    tallies: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    labels: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    shares: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    errors: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    entity_labels: Collection[str] = ENTITY_LABELS

    def add(self, text: str, gold: Item, pred: Item) -> None:
        """Compare one text. Both are records as plain data (see `Record.to_dict`)."""
        self.entities(text, gold, pred)
        self.claims(gold, pred)
        self.measures(text, gold, pred)

    def entities(self, text: str, gold: Item, pred: Item) -> None:
        g = {(e["start"], e["end"], e["label"]) for e in gold["entities"]}
        p = {(e["start"], e["end"], e["label"]) for e in pred["entities"] if e["label"] in self.entity_labels}
        self._sets("entities", "entity ", g, p, lambda x: x[2])
        self.errors["entity missed"] += [f"{text[s:e]} {label}" for s, e, label in sorted(g - p)]
        self.errors["entity wrong"] += [f"{text[s:e]} {label}" for s, e, label in sorted(p - g)]

    def claims(self, gold: Item, pred: Item) -> None:
        g, p = gold["claims"], pred["claims"]
        found = pair(g, p, lambda a, b: a["kind"] == b["kind"])
        self.tallies["claims_found"].add(len(found), len(p), len(g))
        exact = sum(a["start"] == b["start"] and a["end"] == b["end"] for a, b in found)
        self.tallies["claims_exact"].add(exact, len(p), len(g))
        good = pair(g, p, lambda a, b: a["kind"] == b["kind"] and same_normal_form(a, b))
        self.tallies["claims_value"].add(len(good), len(p), len(g))
        for items, column in ((g, "gold"), (p, "predicted"), ([a for a, _ in good], "hits")):
            for kind, n in Counter(x["kind"] for x in items).items():
                tally = self.labels["claim " + kind]
                setattr(tally, column, getattr(tally, column) + n)
        hit_g, hit_p = {id(a) for a, _ in good}, {id(b) for _, b in good}
        self.errors["claim missed"] += [_show(x) for x in g if id(x) not in hit_g]
        self.errors["claim wrong"] += [_show(x) for x in p if id(x) not in hit_p]
        for a, b in good:
            self._links(a, b)

    def _links(self, g: Item, p: Item) -> None:
        def wrong(heading: str, key: str) -> None:
            self.errors[heading].append(f"{g['text']}: {_surface(g, key)} / {_surface(p, key)}")

        if g.get("trend") or p.get("trend"):
            ok = g.get("trend") == p.get("trend")
            self.shares["claims_trend"].add(ok, 1, 1)
            if not ok:
                wrong("trend", "trend")
        for key, right in _RIGHT.items():
            own, found = g.get(key), p.get(key)
            ok = bool(own and found) and right(own, found)
            if own:
                self.shares[f"claims_{key}"].add(ok, 1, 1)
                if not ok:
                    wrong(key, key)
            if found:
                self.shares[f"{key}_given"].add(ok, 1, 1)
                if not own:
                    wrong(f"{key} not in the gold", key)

    def measures(self, text: str, gold: Item, pred: Item) -> None:
        g, p = gold["measures"], pred["measures"]
        hit = pair(g, p, lambda a, b: a["category"] == b["category"] and iou(a, b) >= 0.5)
        self.tallies["measures"].add(len(hit), len(p), len(g))
        hit_g, hit_p = {id(a) for a, _ in hit}, {id(b) for _, b in hit}
        self.errors["measure missed"] += [f"{x['category']} {x['text']}" for x in g if id(x) not in hit_g]
        self.errors["measure wrong"] += [f"{x['category']} {x['text']}" for x in p if id(x) not in hit_p]
        for start, end in sentences(text):
            self._sets(
                "measures_sent",
                "measure ",
                _categories(g, start, end),
                _categories(p, start, end),
                lambda x: x,
            )

    def _sets(self, name: str, prefix: str, g: set, p: set, label: Callable[[Any], str]) -> None:
        self.tallies[name].add(len(g & p), len(p), len(g))
        for items, column in ((g, "gold"), (p, "predicted"), (g & p, "hits")):
            for x in items:
                tally = self.labels[prefix + label(x)]
                setattr(tally, column, getattr(tally, column) + 1)

    def to_dict(self) -> dict[str, Any]:
        """All figures as plain data, as the project's judge names them."""

        def plain(t: Tally) -> dict[str, float]:
            return {"p": t.p, "r": t.r, "f": t.f, "tp": t.hits, "pred": t.predicted, "gold": t.gold}

        out: dict[str, Any] = {name: plain(self.tallies[name]) for name in F_MEASURES}
        out.update((name, self._share(name)) for name in SHARES)
        out["by_label"] = {k: plain(t) for k, t in sorted(self.labels.items())}
        return out

    def given(self) -> dict[str, Any]:
        """Of the links that were given, the share that is right."""
        return {name: self._share(name) for name in GIVEN}

    def _share(self, name: str) -> dict[str, Any]:
        t = self.shares[name]
        return {"share": t.hits / t.gold if t.gold else None, "n": t.hits, "of": t.gold}

    def table(self, errors: int = 0) -> str:
        """All figures as text, with up to `errors` errors of each sort."""
        lines = []
        for name in F_MEASURES:
            t = self.tallies[name]
            counts = f"({t.hits} of {t.gold} gold, {t.predicted} predicted)"
            lines.append(f"{name:15} F {t.f:.3f}  P {t.p:.3f}  R {t.r:.3f}  {counts}")
        for names, of in ((SHARES, ""), (GIVEN, " given")):
            for name in names:
                t = self.shares[name]
                if t.gold:
                    lines.append(f"{name:15} {t.hits / t.gold:.3f}  ({t.hits} of {t.gold}{of})")
        for name, t in sorted(self.labels.items()):
            lines.append(f"  {name:30} F {t.f:.3f}  P {t.p:.3f}  R {t.r:.3f}  ({t.gold})")
        for kind, found in self.errors.items():
            if found and errors:
                lines.append(f"-- {kind}: {len(found)}")
                lines += [f"    {x}" for x in found[:errors]]
        return "\n".join(lines)


def overlap(a: Item, b: Item) -> int:
    """Characters two spans share."""
    return max(0, min(a["end"], b["end"]) - max(a["start"], b["start"]))


def same_place(a: Item, b: Item) -> bool:
    """Whether the surface of one place contains the other."""
    x, y = a.get("text") or "", b.get("text") or ""
    return bool(x and y) and (x in y or y in x)


def iou(a: Item, b: Item) -> float:
    """Intersection over union of two spans, in characters."""
    shared = overlap(a, b)
    return shared / ((a["end"] - a["start"]) + (b["end"] - b["start"]) - shared)


def char_f(a: Item, b: Item) -> float:
    """F of the characters two spans share."""
    shared = overlap(a, b)
    return 2 * shared / ((a["end"] - a["start"]) + (b["end"] - b["start"])) if shared else 0.0


def pair(gold: list[Item], pred: list[Item], fits: Callable[[Item, Item], bool]) -> list[tuple[Item, Item]]:
    """Match one to one, largest overlap first, among pairs that overlap and fit."""
    order = sorted(range(len(pred)), key=lambda j: pred[j]["start"])
    options = []
    for i, g in enumerate(gold):
        for j in order:
            p = pred[j]
            if p["start"] >= g["end"]:
                break
            shared = overlap(g, p)
            if shared and fits(g, p):
                options.append((-shared, abs((g["end"] - g["start"]) - (p["end"] - p["start"])), i, j))
    used_g: set[int] = set()
    used_p: set[int] = set()
    out = []
    for _, _, i, j in sorted(options):
        if i not in used_g and j not in used_p:
            used_g.add(i)
            used_p.add(j)
            out.append((gold[i], pred[j]))
    return out


def same_number(a: float | None, b: float | None) -> bool:
    """Equal to one in a thousand; None only equals None."""
    if a is None or b is None:
        return a is None and b is None
    return abs(a - b) <= 1e-3 * max(1e-9, abs(a), abs(b))


def same_timex(gold: str | None, pred: str | None) -> bool:
    """Equal after dropping zero minutes and seconds; X in the gold stands for any character."""
    g, p = _norm_timex(gold), _norm_timex(pred)
    if g == p:
        return True
    if g is None or p is None or len(g) != len(p):
        return False
    return "XX" in g and all(x in (y, "X") for x, y in zip(g, p, strict=True))


def same_normal_form(g: Item, p: Item) -> bool:
    """Whether two claims of one kind state the same."""
    if g["kind"] in TEMPORAL_KINDS:
        return same_timex(g.get("timex"), p.get("timex"))
    if g["kind"] == "frequency":
        return same_number(g.get("value"), p.get("value")) and same_timex(g.get("timex"), p.get("timex"))
    if not all(same_number(g.get(k), p.get(k)) for k in ("value", "low", "high")):
        return False
    if g["kind"] == "ordinal":
        return True
    same_unit = (g.get("unit") or "") == (p.get("unit") or "")
    return same_unit and (g.get("bound") or "exact") == (p.get("bound") or "exact")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The plain sentences by which ``measures_sent`` counts."""
    start = 0
    for m in _SENTENCE.finditer(text):
        yield start, m.end()
        start = m.end()
    if start < len(text):
        yield start, len(text)


_RIGHT: dict[str, Callable[[Any, Any], bool]] = {
    "subject": lambda a, b: char_f(a, b) >= 0.5,
    "where": same_place,
    "as_of": same_timex,
}
"""Whether a link of a claim, as found, is that of the gold."""


def evaluate(rows: Iterable[tuple[str, Item, Item]]) -> Evaluation:
    """Compare (text, gold record, predicted record) rows."""
    result = Evaluation()
    for text, gold, pred in rows:
        result.add(text, gold, pred)
    return result


def _categories(measures: list[Item], start: int, end: int) -> set[str]:
    return {x["category"] for x in measures if start <= (x["start"] + x["end"]) / 2 < end}


def _norm_timex(value: str | None) -> str | None:
    if value is None:
        return None
    value = value.strip().rstrip("/")
    value = re.sub(r"T(\d\d):00(:00)?$", r"T\1", value)
    return re.sub(r"T(\d\d:\d\d):\d\d$", r"T\1", value)


def _surface(claim: Item, key: str) -> Any:
    value = claim.get(key)
    return value["text"] if isinstance(value, dict) else value


def _show(claim: Item) -> str:
    keys = ("text", "kind", "value", "low", "high", "unit", "bound", "timex")
    return str({k: claim[k] for k in keys if claim.get(k) is not None})
