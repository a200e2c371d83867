"""Our own inline markup, a file a text (see ``markup``): holds everything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from .. import markup
from ..faults import Fault
from ..markup import AnnotatedText

HOLDS = "everything; a claim without a normal form, or spans that cross, cannot be written"


def write(items: Sequence[AnnotatedText], folder: Path) -> list[Fault]:
    """Write a file a text; what cannot be written is a fault."""
    folder.mkdir(parents=True, exist_ok=True)
    faults: list[Fault] = []
    for item in items:
        path = folder / f"{item.id}.txt"
        whole = tuple(c for c in item.record.claims if c.timex or c.value is not None or c.low is not None)
        left = len(item.record.claims) - len(whole)
        if left:
            faults.append(Fault(str(path), 0, 0, f"{left} claims without a normal form left out"))
            item = replace(item, record=replace(item.record, claims=whole), relations=(), claim_ids={})
        try:
            source = markup.write(item)
            same = markup.read(source).record == item.record
        except ValueError:
            same = False
        if same:
            path.write_text(source, "utf-8")
        else:
            faults.append(Fault(str(path), 0, 0, "text left out: the markup cannot hold these spans"))
    return faults


def read(path: Path) -> tuple[list[AnnotatedText], list[Fault]]:
    """Read a file, or the ``*.txt`` of a folder."""
    out: list[AnnotatedText] = []
    faults: list[Fault] = []
    for file in sorted(path.glob("*.txt")) if path.is_dir() else [path]:
        item, _, errors = markup.read_all(file.read_text("utf-8"), str(file))
        out.append(item)
        faults += [e.fault for e in errors]
    return out, faults
