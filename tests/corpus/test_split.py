"""The split keeps what it has and shares out the rest evenly."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from jucuo.corpus.split import SHARES, assign, sample

ROOT = Path(__file__).parents[2]
KINDS = {f"r{i}": "report" for i in range(100)} | {f"n{i}": "notice" for i in range(10)}


def test_shares_hold_within_each_kind() -> None:
    split = assign(KINDS)
    for letter, n in (("r", 100), ("n", 10)):
        sizes = {name: sum(id.startswith(letter) for id in ids) for name, ids in split.items()}
        assert all(abs(sizes[name] - share * n) <= 1 for name, share in SHARES.items()), sizes


def test_added_texts_move_nothing() -> None:
    before = assign(KINDS)
    after = assign(KINDS | {f"x{i}": "report" for i in range(57)}, before)
    for name in SHARES:
        assert set(before[name]) <= set(after[name])
    assert sum(map(len, after.values())) == len(KINDS) + 57


def test_order_does_not_matter() -> None:
    assert assign(dict(reversed(KINDS.items()))) == assign(KINDS)


def test_texts_for_training_only() -> None:
    drafted = {f"d{i}": "report" for i in range(40)}
    split = assign(KINDS | drafted, None, train_only=drafted)
    assert drafted.keys() <= set(split["train"])
    rest = {name: [id for id in ids if id not in drafted] for name, ids in split.items()}
    assert rest == assign(KINDS)


def test_a_sample_has_every_kind_and_repeats() -> None:
    ids = sample(KINDS, 0.1, "seed")
    assert Counter(KINDS[id] for id in ids) == {"report": 10, "notice": 1}
    assert ids == sample(KINDS, 0.1, "seed") != sample(KINDS, 0.1, "other")


def test_the_file_places_every_text_once() -> None:
    split = json.loads((ROOT / "assets/split.json").read_text("utf-8"))
    placed = Counter(id for ids in split.values() for id in ids)
    assert list(split) == list(SHARES)
    assert max(placed.values()) == 1
    rows = (ROOT / "assets/news/annotations.jsonl").read_text("utf-8").splitlines()
    texts = {p.stem for p in (ROOT / "assets/articles").glob("*.txt")} | {json.loads(r)["id"] for r in rows}
    assert texts <= placed.keys(), "run `jucuo corpus split` (see assets/README.md)"
