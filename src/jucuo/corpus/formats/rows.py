"""JSONL files of other tools, row by row."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from ..faults import Fault
from ..markup import AnnotatedText

Reader = Callable[[dict[str, Any], str, int], tuple[AnnotatedText, list[Fault]]]


def write(rows: Iterable[dict[str, Any]], path: Path) -> None:
    """Write one object a line."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")


def read(path: Path, reader: Reader) -> tuple[list[AnnotatedText], list[Fault]]:
    """Read one object a line; what cannot be read is a fault with its line."""
    out: list[AnnotatedText] = []
    faults: list[Fault] = []
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        if not line.strip():
            continue
        try:
            item, more = reader(json.loads(line), str(path), number)
        except (ValueError, KeyError, TypeError, AttributeError) as e:
            faults.append(Fault(str(path), number, 0, f"cannot be read: {e!r}"))
        else:
            out.append(item)
            faults += more
    return out, faults
