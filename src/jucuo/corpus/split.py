"""The split of the corpus into train, dev and test, and samples, drawn evenly from each kind of text.

What has a place in the file keeps it; a new text goes, within its kind and in the order of a hash of its
id, to the part that lies farthest below its share. So the split needs no seed, does not depend on the order
of the files, and texts that are added later move nothing.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

SHARES = {"train": 0.8, "dev": 0.1, "test": 0.1}


def assign(
    kinds: Mapping[str, str],
    before: Mapping[str, Iterable[str]] | None = None,
    train_only: Collection[str] = (),
) -> dict[str, list[str]]:
    """Give every text a part.

    Parameters
    ----------
    kinds
        Kind of text by id.
    before
        The split so far; its ids stay where they are, also those that are not in `kinds`.

    train_only
        Ids whose annotation is not fit to measure by; they do not count when others are placed.

    Returns
    -------
    dict
        Sorted ids by part.

    Examples
    --------
    >>> assign({"a": "report", "b": "report"}, {"train": [], "dev": ["a"], "test": []})
    {'train': ['b'], 'dev': ['a'], 'test': []}
    """
    out: dict[str, list[str]] = {name: sorted((before or {}).get(name, ())) for name in SHARES}
    home = {id: name for name, ids in out.items() for id in ids}
    counts: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(SHARES, 0))
    for id, kind in kinds.items():
        if id in train_only and id not in home:
            out["train"].append(id)
            home[id] = "train"
        elif id in home and id not in train_only:
            counts[kind][home[id]] += 1
    for id in sorted(kinds.keys() - home.keys(), key=rank):
        have = counts[kinds[id]]
        n = sum(have.values()) + 1
        name = max(SHARES, key=lambda part: SHARES[part] * n - have[part])
        have[name] += 1
        out[name].append(id)
    return {name: sorted(ids) for name, ids in out.items()}


def sample(kinds: Mapping[str, str], share: float, seed: str) -> list[str]:
    """Sorted ids of a share (0 to 1) of the texts of each kind, at least one; equal for equal seeds."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for id in sorted(kinds, key=lambda id: rank(seed + id)):
        by_kind[kinds[id]].append(id)
    return sorted(id for ids in by_kind.values() for id in ids[: max(1, round(share * len(ids)))])


def rank(id: str) -> str:
    """A fixed, arbitrary place for an id."""
    return hashlib.sha256(id.encode("utf-8")).hexdigest()
