"""Files, folders and bytes to documents. What cannot be read is reported and the rest goes on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ..errors import JucuoError
from . import dates
from .documents import Document, make_document
from .encoding import declared_charset, decode, detect

KINDS = {
    ".txt": "text", ".text": "text", ".md": "text", ".html": "html", ".htm": "html", ".xhtml": "html",
    ".shtml": "html", ".jsonl": "jsonl", ".ndjson": "jsonl", ".docx": "docx", ".pdf": "pdf",
}  # fmt: skip
MAX_BYTES = 64_000_000
"""Bytes of the largest file (for JSONL: of the longest line) that is read."""

_ASSETS = {
    ".css", ".js", ".map", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".ico", ".webp", ".bmp",
    ".woff", ".woff2", ".ttf", ".eot", ".mp3", ".mp4", ".swf", ".ds_store",
}  # fmt: skip
_TAG = re.compile(rb"\s*(?:<!doctype html|<html|<head|<\?xml[^>]*>\s*<(?:!doctype )?html)", re.I)


def read_file(
    path: str | Path, encoding: str | None = None, errors: str = "strict", published: str | None = None
) -> list[Document]:
    """Read the texts of one file.

    Parameters
    ----------
    path
        A ``.txt``, ``.md``, ``.html``, ``.jsonl``, ``.docx`` or ``.pdf`` file; others are read as text.
    encoding, errors
        See `jucuo.reading.encoding.decode`.
    published
        The day (``YYYY-MM-DD``) for texts that do not show one.

    Raises
    ------
    JucuoError
        At the first text that cannot be read.
    """
    out: list[Document] = []
    for item in read_inputs([path], encoding, errors, published):
        if isinstance(item, JucuoError):
            raise item
        out.append(item)
    return out


def read_inputs(
    inputs: Iterable[str | Path],
    encoding: str | None = None,
    errors: str = "strict",
    published: str | None = None,
) -> Iterator[Document | JucuoError]:
    """Read files and folders (recursively, sorted by name); yield documents, and errors in their place.

    Hidden files and the images, styles and scripts of saved pages in a folder are passed over; any other
    file that cannot be read gives an error.
    """
    day = _argument(published)
    for given in inputs:
        path = Path(given)
        if path.is_dir():
            yield from _read_folder(path, encoding, errors, day)
        else:
            yield from _read_path(path, path.name, encoding, errors, day)


def read_bytes(
    data: bytes,
    name: str = "-",
    kind: str | None = None,
    encoding: str | None = None,
    errors: str = "strict",
    published: str | None = None,
) -> Iterator[Document | JucuoError]:
    """Read what came without a file, such as standard input; its `kind` is guessed if not given.

    `kind` is one of ``text``, ``html``, ``jsonl``, ``docx``, ``pdf``.
    """
    yield from _guarded(
        data,
        kind or _guess(data),
        name,
        None if name == "-" else name,
        encoding,
        errors,
        _argument(published),
    )


def _argument(published: str | None) -> str | None:
    if published is None:
        return None
    day = dates.to_day(published)
    if day is None:
        raise JucuoError("J008", f"{published!r} is no date; write it as 2020-03-11")
    return day


def _read_folder(
    folder: Path, encoding: str | None, errors: str, published: str | None
) -> Iterator[Document | JucuoError]:
    found = False
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = path.relative_to(folder).as_posix()
        if any(part.startswith(".") for part in Path(name).parts) or path.suffix.lower() in _ASSETS:
            continue
        found = True
        if path.suffix.lower() not in KINDS:
            yield JucuoError(
                "J002", f"{path.suffix or 'a file without a suffix'} is not read in folders", str(path)
            )
        else:
            yield from _read_path(path, name, encoding, errors, published)
    if not found:
        yield JucuoError("J004", "no texts in this folder (.txt .md .html .jsonl .docx .pdf)", str(folder))


def _read_path(
    path: Path, name: str, encoding: str | None, errors: str, published: str | None
) -> Iterator[Document | JucuoError]:
    kind = KINDS.get(path.suffix.lower())
    try:
        if kind == "jsonl":
            yield from _jsonl_file(path, encoding, errors, published)
            return
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise JucuoError(
                "J014", f"{size:,} bytes; files of more than {MAX_BYTES:,} are not read", str(path)
            )
        data = path.read_bytes()
    except FileNotFoundError:
        yield JucuoError("J001", "file or folder not found", str(path))
        return
    except JucuoError as e:
        yield e
        return
    except OSError as e:
        yield JucuoError("J002", f"cannot be read: {e.strerror or e}", str(path))
        return
    yield from _guarded(data, kind or _guess(data), name, str(path), encoding, errors, published)


def _guess(data: bytes) -> str:
    """The kind of data without a known suffix."""
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"PK\x03\x04") and b"word/" in data[:4096] + data[-65536:]:
        return "docx"
    if _TAG.match(data[:512].removeprefix(b"\xef\xbb\xbf")):
        return "html"
    first = data.lstrip(b"\xef\xbb\xbf \r\n").split(b"\n", 1)[0]
    return "jsonl" if first.startswith(b"{") and b'"text"' in first else "text"


def _guarded(
    data: bytes,
    kind: str,
    id: str,
    file: str | None,
    encoding: str | None,
    errors: str,
    published: str | None,
) -> Iterator[Document | JucuoError]:
    """The documents of `data`, or the error in their place."""
    try:
        if kind == "jsonl":
            yield from _jsonl_lines(data.splitlines(), file, encoding, errors, published)
        else:
            yield _one(data, kind, id, file, encoding, errors, published)
    except JucuoError as e:
        yield e
    except MemoryError:
        yield JucuoError("J014", "not enough memory to read this", file)


def _one(
    data: bytes,
    kind: str,
    id: str,
    file: str | None,
    encoding: str | None,
    errors: str,
    published: str | None,
) -> Document:
    if not data.strip():
        raise JucuoError("J003", "the file is empty", file)
    known: dict[str, Any] = {"published": published, "file": file}
    if kind == "docx":
        from .office import read_docx

        return make_document(id, read_docx(data, file), extracted=True, **known)
    if kind == "pdf":
        from .office import read_pdf

        return make_document(id, read_pdf(data, file), extracted=True, **known)
    if kind == "html":
        from .html import MAX_CHARACTERS, read_html

        if len(data) > 4 * MAX_CHARACTERS:
            raise JucuoError("J014", f"HTML of {len(data):,} bytes; split it", file)
        if encoding is None and (declared := declared_charset(data)):
            encoding = detect(data, declared)
        text, used = decode(data, encoding, errors, file)
        page = read_html(text, file)
        return make_document(
            id,
            page.text,
            meta_day=page.published,
            name_day=page.url_day,
            source=page.source,
            title=page.title,
            encoding=used,
            extracted=True,
            **known,
        )
    text, used = decode(data, encoding, errors, file)
    return make_document(id, text, encoding=used, **known)


def _jsonl_file(
    path: Path, encoding: str | None, errors: str, published: str | None
) -> Iterator[Document | JucuoError]:
    with path.open("rb") as f:
        head = f.read(4)
        f.seek(0)
        if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
            text, encoding = decode(f.read(MAX_BYTES), encoding, errors, str(path))
            yield from _jsonl_lines(
                (x.encode() for x in text.split("\n")), str(path), "utf-8", errors, published
            )
            return
        yield from _jsonl_lines(
            iter(lambda: f.readline(MAX_BYTES + 1), b""), str(path), encoding, errors, published
        )


def _jsonl_lines(
    rows: Iterable[bytes], file: str | None, encoding: str | None, errors: str, published: str | None
) -> Iterator[Document | JucuoError]:
    found = False
    for number, row in enumerate(rows, 1):
        if not row.strip().removeprefix(b"\xef\xbb\xbf"):
            continue
        found = True
        try:
            if len(row) > MAX_BYTES:
                raise JucuoError("J014", f"a line of more than {MAX_BYTES:,} bytes", file, number)
            text, used = decode(row, encoding, errors, file)
            yield _from_row(text, file, number, published, used)
        except JucuoError as e:
            yield e if e.line else JucuoError(e.code, e.message, file, number)
    if not found:
        yield JucuoError("J003", "the file is empty", file)


def _from_row(row: str, file: str | None, number: int, published: str | None, encoding: str) -> Document:
    try:
        data = json.loads(row)
    except (ValueError, RecursionError) as e:
        raise JucuoError("J006", f"not JSON: {e}", file, number) from None
    if not isinstance(data, dict):
        raise JucuoError("J007", 'a line must be an object {"id": ..., "text": ...}', file, number)
    text = data.pop("text", None)
    if not isinstance(text, str):
        raise JucuoError("J007", 'the key "text" is missing or no string', file, number)
    id = data.pop("id", None)
    if id is None:
        id = f"{Path(file).name if file else '-'}:{number}"
    if not isinstance(id, str | int):
        raise JucuoError("J007", 'the key "id" is no string', file, number)
    given = data.pop("published", None)
    day = dates.to_day(given) if given else None
    if given and day is None:
        raise JucuoError("J008", f'"published" is no date: {given!r}; write it as 2020-03-11', file, number)
    source = data.get("source")
    title = data.get("title")
    return make_document(
        str(id),
        text,
        meta_day=day,
        published=published,
        file=file,
        line=number,
        encoding=encoding,
        source=source if isinstance(source, str) else None,
        title=title if isinstance(title, str) else None,
        meta=data,
    )
