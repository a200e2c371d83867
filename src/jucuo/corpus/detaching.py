"""Marked-up stories as annotations by reference, checked against the stories themselves."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from . import stories
from .faults import Fault
from .sources import Source


def detach(sources: Iterable[Source], texts: Path) -> tuple[str, list[Fault]]:
    """Turn marked stories into lines of ``annotations.jsonl``, sorted by id.

    Parameters
    ----------
    texts
        Folder with the stories as ``*.jsonl``.

    Returns
    -------
    tuple
        The lines, and a fault for each story that is not among the texts, differs from its text or
        stands twice; these are left out.
    """
    found = list(sources)
    known = stories.find_texts({s.item.id for s in found}, texts)
    lines: dict[str, str] = {}
    faults: list[Fault] = []
    for source in found:
        id, text = source.item.id, source.item.text
        if id in lines:
            faults.append(source.fault(0, f"story {id} stands twice"))
        elif id not in known:
            faults.append(source.fault(0, f"story {id} is not among the texts"))
        elif text != known[id]:
            at = _first_difference(text, known[id])
            there = known[id][at : at + 10]
            message = f"the text is not the story's: {text[at : at + 10]!r}, there {there!r}"
            faults.append(source.fault(at, message))
        else:
            row = json.dumps(stories.detach(source.item), ensure_ascii=False, separators=(",", ":"))
            lines[id] = row + "\n"
    return "".join(lines[id] for id in sorted(lines)), faults


def _first_difference(a: str, b: str) -> int:
    for i, (x, y) in enumerate(zip(a, b, strict=False)):
        if x != y:
            return i
    return min(len(a), len(b))
