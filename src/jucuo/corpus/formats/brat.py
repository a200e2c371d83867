"""brat's standoff: a folder with ``<id>.txt`` and ``<id>.ann``; further fields are annotators' notes.

A span that runs over a line break is written in fragments, as brat wants it, and read as one span.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from ..faults import Fault
from ..markup import AnnotatedText
from . import layers

HOLDS = "spans, labels and their fields (as notes); no date and kind of the text, no relations"
_LINE = re.compile(r"(T\S+)\t(\S+) ([0-9]+ [0-9]+(?:;[0-9]+ [0-9]+)*)\t(.*)")
_NOTE = re.compile(r"#\S*\tAnnotatorNotes (T\S+)\t(.*)")


def write(items: Sequence[AnnotatedText], folder: Path) -> list[Fault]:
    """Write two files a text; say what is lost."""
    folder.mkdir(parents=True, exist_ok=True)
    faults = layers.lost(items, str(folder), notes=True)
    if any(x.record.published or x.kind != "?" for x in items):
        faults.append(Fault(str(folder), 0, 0, "dates and kinds of texts are not held by this format", True))
    for item in items:
        if not re.fullmatch(r"[\w.-]+", item.id):
            faults.append(Fault(str(folder), 0, 0, f"{item.id!r} left out: it cannot name a file"))
            continue
        lines = []
        for n, m in enumerate(layers.marks(item), 1):
            parts = _fragments(item.text, m.start, m.end)
            places = ";".join(f"{s} {e}" for s, e in parts)
            lines.append(f"T{n}\t{m.label} {places}\t{' '.join(item.text[s:e] for s, e in parts)}\n")
            if m.note:
                lines.append(f"#{n}\tAnnotatorNotes T{n}\t{m.note}\n")
        (folder / f"{item.id}.txt").write_bytes(item.text.encode("utf-8"))
        (folder / f"{item.id}.ann").write_bytes("".join(lines).encode("utf-8"))
    return faults


def _fragments(text: str, start: int, end: int) -> list[tuple[int, int]]:
    return [(start + m.start(), start + m.end()) for m in re.finditer(r"[^\n]+", text[start:end])]


def read(path: Path) -> tuple[list[AnnotatedText], list[Fault]]:
    """Read a folder of ``.txt`` and ``.ann``, or one ``.ann`` beside its ``.txt``."""
    out: list[AnnotatedText] = []
    faults: list[Fault] = []
    for ann in sorted(path.glob("*.ann")) if path.is_dir() else [path]:
        source = ann.with_suffix(".txt")
        if not source.exists():
            faults.append(Fault(str(ann), 0, 0, f"{source.name} is missing"))
            continue
        item, more = _item(source.read_bytes().decode("utf-8"), ann)
        out.append(item)
        faults += more
    return out, faults


def _item(text: str, ann: Path) -> tuple[AnnotatedText, list[Fault]]:
    spans: dict[str, tuple[int, int, str, str]] = {}
    notes: dict[str, str] = {}
    faults: list[Fault] = []
    for number, line in enumerate(ann.read_bytes().decode("utf-8").split("\n"), 1):
        if m := _LINE.fullmatch(line):
            ends = [int(x) for x in re.findall(r"[0-9]+", m[3])]
            parts = list(zip(ends[::2], ends[1::2], strict=True))
            start, end = ends[0], ends[-1]
            if [x for x in _fragments(text, start, end) if start <= x[0]] != parts:
                message = f"{m[1]} left out: it is in pieces, or outside the text"
                faults.append(Fault(str(ann), number, 0, message))
            elif " ".join(text[s:e] for s, e in parts) != m[4]:
                message = f"{m[1]} left out: misaligned, it should read {m[4]!r}"
                faults.append(Fault(str(ann), number, 0, message))
            else:
                spans[m[1]] = (start, end, m[2], text[start:end])
        elif m := _NOTE.fullmatch(line):
            notes[m[1]] = m[2]
        elif line.strip():
            faults.append(Fault(str(ann), number, 0, f"line left out: {line[:40]!r}"))
    found = [layers.Mark(s, e, label, notes.get(t, ""), own) for t, (s, e, label, own) in spans.items()]
    item, more = layers.assemble(text, {"text_id": ann.stem}, found, str(ann))
    return item, faults + more
