"""Figures about a corpus: its size, what is marked in it, and how varied it is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from ..evaluation import sentences
from ..records import CLAIM_KINDS, ENTITY_LABELS
from ..taxonomy import CATEGORIES
from .markup import AnnotatedText

_COMMON_TAG = 10  # texts; rarer tags are left out of the table

_STRETCH = 100_000  # characters; the share of distinct runs falls with the length of any text

DRAFTED = "claims-drafted"
"""Tag of texts whose claims were drafted by a program and have not been read since.

Texts with the tag ``claims-read``, drafted and then corrected by a reader, count as read.
"""


def stats(items: Sequence[AnnotatedText]) -> dict[str, Any]:
    """Count a corpus.

    Returns
    -------
    dict
        Sizes (``texts``, ``characters``, ``sentences``), counts by ``entities``, ``claims``,
        ``measures``, ``kinds`` and ``tags``; ``linked``, claims with subject, place and date;
        ``relations``; ``variety``, see `variety`.
    """
    read = [x for x in items if DRAFTED not in x.tags]
    claims = [c for x in read for c in x.record.claims]
    drafted = sum(len(x.record.claims) for x in items if DRAFTED in x.tags)
    entities = Counter(e.label for x in items for e in x.record.entities)
    kinds = Counter(c.kind for c in claims)
    measures = Counter(m.category for x in items for m in x.record.measures)
    return {
        "texts": len(items),
        "characters": sum(len(x.text) for x in items),
        "sentences": sum(1 for x in items for _ in _sentences(x)),
        "kinds": dict(Counter(x.kind for x in items).most_common()),
        "tags": dict(Counter(tag for x in items for tag in x.tags).most_common()),
        "entities": {label: entities[label] for label in ENTITY_LABELS},
        "claims": {kind: kinds[kind] for kind in CLAIM_KINDS},
        "linked": {k: sum(getattr(c, k) is not None for c in claims) for k in ("subject", "where", "as_of")},
        "drafted": drafted,
        "measures": {name: measures[name] for name in CATEGORIES},
        "actors": sum(m.actor is not None for x in items for m in x.record.measures),
        "relations": sum(len(x.relations) for x in items),
        "texts_with_relations": sum(bool(x.relations) for x in items),
        "variety": variety(items),
    }


def variety(items: Iterable[AnnotatedText]) -> dict[str, float]:
    """How little a corpus repeats itself, each figure from 0 to 1.

    ``distinct_4grams``: different ones among all runs of four characters in 100,000 characters of text,
    the mean over the stretches of that length in the order of the texts, so that corpora of different
    sizes can be compared (one that is shorter is measured whole, and seems more varied); ``own_entities``:
    sentences with entities of which none occurs in another text, among sentences with entities;
    ``rare_entities``: the same for another sentence.
    """
    grams: list[str] = []
    homes: dict[str, set[str]] = defaultdict(set)
    uses: Counter[str] = Counter()
    rows: list[set[str]] = []
    for item in items:
        text = "".join(item.text.split())
        grams.extend(text[i : i + 4] for i in range(len(text) - 3))
        for start, end in _sentences(item):
            names = {e.text for e in item.record.entities if start <= e.start < end}
            uses.update(names)
            for name in names:
                homes[name].add(item.id)
            if names:
                rows.append(names)
    return {
        "distinct_4grams": _distinct(grams),
        "own_entities": sum(all(len(homes[n]) == 1 for n in names) for names in rows) / max(1, len(rows)),
        "rare_entities": sum(all(uses[n] == 1 for n in names) for names in rows) / max(1, len(rows)),
    }


def _distinct(grams: Sequence[str]) -> float:
    """Share of different ones in a stretch, the mean over stretches; the last ends with the last gram."""
    last = max(0, len(grams) - _STRETCH)
    stretches = [grams[i : i + _STRETCH] for i in (*range(0, last, _STRETCH), last)]
    return sum(len(set(x)) / max(1, len(x)) for x in stretches) / len(stretches)


def _sentences(item: AnnotatedText) -> Iterable[tuple[int, int]]:
    return (s for s in sentences(item.text) if item.text[s[0] : s[1]].strip())


def table(figures: dict[str, dict[str, Any]]) -> str:
    """Figures of several corpora side by side, as a Markdown table."""
    names = list(figures)
    lines = ["| | " + " | ".join(names) + " |", "|---|" + "---:|" * len(names)]

    def row(label: str, values: Iterable[Any]) -> None:
        shown = (f"{v:.3f}" if isinstance(v, float) else f"{v:,}" for v in values)
        lines.append(f"| {label} | {' | '.join(shown)} |")

    for key in figures[names[0]]:
        values = [figures[name][key] for name in names]
        if not isinstance(values[0], dict):
            row(key.replace("_", " "), values)
            continue
        if key not in ("variety", "kinds", "tags", "linked"):
            row(f"**{key}**", [sum(v.values()) for v in values])
        else:
            lines.append(f"| **{key}** |{' |' * len(names)}")
        for label in dict.fromkeys(k for v in values for k in v):
            found = [v.get(label, 0) for v in values]
            if key != "tags" or sum(found) >= _COMMON_TAG:
                row(label, found)
    return "\n".join(lines)
