r"""CoNLL-like columns, a character a line: the character and its BIO labels as entity, claim and measure.

Texts are separated by an empty line and begin with comments (``# text_id = ...``). White space is written
``\n``, ``\s``, ``\t`` or ``\uXXXX``, a backslash ``\\``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from ...records import CLAIM_KINDS, ENTITY_LABELS
from ..faults import Fault
from ..markup import AnnotatedText
from . import layers

HOLDS = "spans and labels, date and kind of the text; no normal forms, links, actors or relations"
_ESCAPES = {"\n": "\\n", " ": "\\s", "\t": "\\t", "\\": "\\\\"}
_PLAIN = {v: k for k, v in _ESCAPES.items()}


def write(items: Sequence[AnnotatedText], path: Path) -> list[Fault]:
    """Write a file; say what is lost. Overlapping spans of one layer cannot be told apart: faults."""
    faults = layers.lost(items, str(path), notes=False)
    lines: list[str] = []
    for item in items:
        data = layers.meta(item)
        tags = ", ".join(item.tags)
        lines += [f"# {k} = {v}" for k, v in {**data, "tags": tags}.items() if v]
        columns = [["O"] * len(item.text) for _ in range(3)]
        for m in layers.marks(item):
            column = columns[_column(m.label)]
            if any(x != "O" for x in column[m.start : m.end]):
                message = f"{item.id}: {m.text!r} at {m.start} left out: it overlaps"
                faults.append(Fault(str(path), 0, 0, message))
                continue
            column[m.start : m.end] = ["B-" + m.label, *["I-" + m.label] * (m.end - m.start - 1)]
        for row in zip(map(_escape, item.text), *columns, strict=True):
            lines.append("\t".join(row))
        lines.append("")
    path.write_bytes("".join(line + "\n" for line in lines).encode("utf-8"))
    return faults


def _column(label: str) -> int:
    return 0 if label in ENTITY_LABELS else 1 if label in CLAIM_KINDS else 2


def _escape(ch: str) -> str:
    if ch in _ESCAPES:
        return _ESCAPES[ch]
    return f"\\u{ord(ch):04x}" if ch.isspace() or (not ch.isprintable() and ord(ch) < 0x10000) else ch


def _plain(token: str) -> str:
    if token in _PLAIN:
        return _PLAIN[token]
    return chr(int(token[2:], 16)) if token.startswith("\\u") else token


def read(path: Path) -> tuple[list[AnnotatedText], list[Fault]]:
    """Read a file; an I- without its B-, or a wrong number of columns, is a fault."""
    out: list[AnnotatedText] = []
    faults: list[Fault] = []
    block: list[tuple[int, str]] = []
    for number, line in enumerate([*path.read_bytes().decode("utf-8").split("\n"), ""], 1):
        if line:
            block.append((number, line))
        elif block:
            item, more = _item(block, str(path))
            out.append(item)
            faults += more
            block = []
    return out, faults


def _item(block: list[tuple[int, str]], file: str) -> tuple[AnnotatedText, list[Fault]]:
    data: dict[str, object] = {}
    chars: list[str] = []
    columns: list[list[tuple[int, str]]] = [[], [], []]
    faults: list[Fault] = []
    for number, line in block:
        if line.startswith("# ") and not chars:
            key, _, value = line[2:].partition(" = ")
            data[key] = value.split(", ") if key == "tags" else value
            continue
        token, *labels = line.split("\t")
        if len(labels) != 3:
            message = f"{len(labels) + 1} columns instead of 4, labels left out: {line!r}"
            faults.append(Fault(file, number, 0, message))
            labels = ["O"] * 3
        chars.append(_plain(token))
        for column, label in zip(columns, labels, strict=True):
            column.append((number, label))
    found = [m for column in columns for m in _marks(column, file, faults)]
    item, more = layers.assemble("".join(chars), data, found, file, block[0][0])
    return item, faults + more


def _marks(column: Iterable[tuple[int, str]], file: str, faults: list[Fault]) -> list[layers.Mark]:
    out: list[layers.Mark] = []
    start, label = 0, ""
    for i, (number, tag) in enumerate([*column, (0, "O")]):
        if tag.startswith("I-") and tag[2:] == label:
            continue
        if label:
            out.append(layers.Mark(start, i, label))
            label = ""
        if tag.startswith("B-"):
            start, label = i, tag[2:]
        elif tag != "O":
            faults.append(Fault(file, number, 0, f"{tag} does not continue a span; left out"))
    return out
