"""Records as JSONL, as a flat table (CSV, Parquet) and as a page to read (HTML)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from ..records import Record

if TYPE_CHECKING:
    from ..reading import Document

FORMATS = ("jsonl", "csv", "parquet", "html")
Row = tuple["Document", Record]


def to_json(document: Document, record: Record) -> dict[str, Any]:
    """A record in the form of the output contract.

    The text goes along where it was extracted from a page (HTML, Word, PDF), because offsets refer to it.
    """
    out = record.to_dict()
    out["published_origin"] = document.published_origin
    if document.extracted:
        out["text"] = document.text
    return out


def write(rows: Iterable[Row], out: Path | None, format: str, stdout: IO[str]) -> None:
    """Write records to a file, or to `stdout` if `out` is None.

    Raises
    ------
    JucuoError
        J009 if Parquet is to go to `stdout`, J011 if pyarrow is not installed.
    """
    if format == "parquet":
        from .table import write_parquet

        write_parquet(rows, out)
        return
    if out is None:
        _write_text(rows, format, stdout)
        return
    with open(out, "w", encoding="utf-8", newline="") as f:
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
