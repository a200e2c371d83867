"""Annotated texts from files: marked-up texts, JSONL in the contract's form, annotations by reference."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..errors import JucuoError
from . import markup, stories
from .faults import Fault, MarkupError
from .formats import jsonl
from .markup import AnnotatedText
from .parser import position


@dataclass(frozen=True)
class Source:
    """A text with the file it comes from.

    Parameters
    ----------
    line
        Its line in a file of several texts, else 0.
    by_reference
        Whether the text itself is not part of the corpus.
    """

    item: AnnotatedText
    file: str
    line: int = 0
    by_reference: bool = False
    marked: str = field(default="", repr=False)
    places: list[int] = field(default_factory=list, repr=False)

    def fault(self, at: int, message: str, warning: bool = False) -> Fault:
        """A fault at an offset of the text, told by the place in the file."""
        if not self.marked:
            return Fault(self.file, self.line, 0, f"{self.item.id} at {at}: {message}", warning)
        place = self.places[at] if at < len(self.places) else len(self.marked)
        return Fault(self.file, *position(self.marked, place), message, warning)


def files(inputs: Iterable[str | Path]) -> list[Path]:
    """The files of a corpus: folders stand for the ``*.txt`` and ``*.jsonl`` in them.

    Raises
    ------
    JucuoError
        J001 if there is no such file or folder, J004 if a folder holds no texts.
    """
    out: list[Path] = []
    for path in map(Path, inputs):
        if path.is_dir():
            found = sorted(p for p in path.iterdir() if p.suffix in (".txt", ".jsonl"))
            if not found:
                raise JucuoError("J004", "no annotated texts here (*.txt, *.jsonl)", str(path))
            out += found
        elif path.exists():
            out.append(path)
        else:
            raise JucuoError("J001", "file or folder not found", str(path))
    return out


def load(inputs: Iterable[str | Path], texts: Path | None = None) -> tuple[list[Source], list[Fault]]:
    """Read annotated texts as far as they can be read.

    Parameters
    ----------
    texts
        Folder with the stories that annotations by reference belong to.

    Returns
    -------
    tuple
        The texts, and the faults met on the way.
    """
    out: list[Source] = []
    faults: list[Fault] = []
    for path in files(inputs):
        if path.suffix == ".jsonl":
            found = list(_rows(path, texts, faults))
        else:
            marked = path.read_text("utf-8")
            item, places, errors = markup.read_all(marked, str(path))
            faults += [e.fault for e in errors]
            found = [Source(item, str(path), marked=marked, places=places)]
        out += found
    return out, faults


def load_strictly(inputs: Iterable[str | Path], texts: Path | None = None) -> list[AnnotatedText]:
    """Read annotated texts.

    Raises
    ------
    JucuoError
        J012 at the first fault.
    """
    found, faults = load(inputs, texts)
    for f in faults:
        raise JucuoError("J012", f.message, f.file, f.line or None)
    return [s.item for s in found]


def _rows(path: Path, texts: Path | None, faults: list[Fault]) -> Iterable[Source]:
    rows: list[tuple[int, dict[str, Any]]] = []
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        try:
            if line.strip():
                rows.append((number, json.loads(line)))
        except ValueError as e:
            faults.append(Fault(str(path), number, 0, f"not JSON: {e}"))
    wanted = {row["id"] for _, row in rows if "sha256" in row}
    if wanted and texts is None:
        raise JucuoError("J007", "annotations by reference need the folder of the stories", str(path))
    known = stories.find_texts(wanted, texts) if texts else {}
    for number, row in rows:
        try:
            if "sha256" not in row:
                yield Source(jsonl.item(row), str(path), number)
            elif row["id"] not in known:
                faults.append(Fault(str(path), number, 0, f"story {row['id']} is not among the texts"))
            else:
                yield Source(stories.attach(row, known[row["id"]]), str(path), number, True)
        except (JucuoError, MarkupError) as e:
            faults.append(Fault(str(path), number, 0, e.message))
        except (KeyError, TypeError) as e:
            faults.append(Fault(str(path), number, 0, f"missing or wrong key: {e}"))
