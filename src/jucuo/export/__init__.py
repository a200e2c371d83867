"""Records as JSONL, as a flat table (CSV, Parquet) and as a page to read (HTML)."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from ..errors import JucuoError
from ..records import Record
from .codes import codes_of

if TYPE_CHECKING:
    from ..reading import Document

FORMATS = ("jsonl", "csv", "parquet", "html")
Row = tuple["Document", Record]


def to_json(document: Document, record: Record) -> dict[str, Any]:
    """A record in the form of the output contract.

    The text goes along where it was extracted from a page (HTML, Word, PDF), because offsets refer to it.
    Measures have, as ``crosswalk``, the codes of other schemes that their category may fall under.
    """
    out = record.to_dict()
    for row, measure in zip(out["measures"], record.measures, strict=True):
        row["crosswalk"] = codes_of(measure)
    out["published_origin"] = document.published_origin
    if document.extracted:
        out["text"] = document.text
    return out


def write(rows: Iterable[Row], out: Path | None, format: str, stdout: IO[str]) -> int:
    """Write records to a file, or to `stdout` if `out` is None; return how many.

    A file is written beside its place (`part_of`) and put there at the end: what stood there before stays
    until all is done, and if there are no records at all. A run that breaks off leaves the part it has done.

    Raises
    ------
    JucuoError
        J009 if the file cannot be written or Parquet is to go to `stdout`, J011 if pyarrow is not installed.
    """
    if format == "parquet":
        from .table import check_parquet

        check_parquet(out)
    counted = _Counted(rows)
    if out is None:
        _write_text(counted, format, stdout)
        return counted.number
    try:
        if out.exists() and not out.is_file():  # a device or a pipe
            _write_file(counted, format, out)
            return counted.number
        part = part_of(out)
        part.touch()
        if out.exists():
            shutil.copymode(out, part)
        try:
            _write_file(counted, format, part)
        finally:
            if not counted.number:
                part.unlink(missing_ok=True)
        if counted.number:
            os.replace(part, os.path.realpath(out))
    except OSError as e:
        raise JucuoError("J009", f"cannot be written: {e.strerror or e}", str(out)) from None
    return counted.number


def part_of(out: Path) -> Path:
    """Where the records for `out` stand until all are written."""
    real = Path(os.path.realpath(out))
    return real.with_name(real.name + ".part")


class _Counted:
    """Rows, and how many of them have been taken."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows, self.number = rows, 0

    def __iter__(self) -> Iterator[Row]:
        for row in self.rows:
            self.number += 1
            yield row


def _write_file(rows: Iterable[Row], format: str, path: Path) -> None:
    if format == "parquet":
        from .table import write_parquet

        write_parquet(rows, path)
        return
    with open(path, "w", encoding="utf-8", newline="") as f:
        _write_text(rows, format, f)


def _write_text(rows: Iterable[Row], format: str, f: IO[str]) -> None:
    if format == "csv":
        from .table import write_csv

        write_csv(rows, f)
    elif format == "html":
        from .html import write_html

        write_html(rows, f)
    else:
        for line in jsonl(rows):
            f.write(line)


def jsonl(rows: Iterable[Row]) -> Iterator[str]:
    """One line of JSON a record."""
    for document, record in rows:
        yield json.dumps(to_json(document, record), ensure_ascii=False) + "\n"
