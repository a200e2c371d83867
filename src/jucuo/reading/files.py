"""Files, folders and bytes to documents. What cannot be read is reported and the rest goes on."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ..errors import JucuoError
from . import dates
from .documents import Document, make_document
from .encoding import declared_charset, decode, detect, known_encoding
from .folders import KINDS, listing, printable, unread

MAX_BYTES = 64_000_000
"""Bytes of the largest file (for JSONL: of the longest line) that is read."""

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_ESCAPED_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_LOOK = 1 << 16  # bytes that are looked at to tell the kind
_TAG = re.compile(rb"\s*(?:<!doctype html|<html|<head|<\?xml[^>]*>\s*<(?:!doctype )?html)", re.I)
_OURS = re.compile(rb"<title>jucuo</title>")  # of `jucuo.export.html`


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
    ours: Iterable[Path] = (),
) -> Iterator[Document | JucuoError]:
    """Read files and folders (recursively, sorted by name); yield documents, and errors in their place.

    Hidden files and the images, styles and scripts of saved pages in a folder are passed over, and so is
    `ours`, the files that are being written; any other file that cannot be read gives an error. A text is
    named by its file below the folder given, and by the whole path where that name is taken already.

    Raises
    ------
    JucuoError
        J008 or J005 at once, if `published` is no date or `encoding` is not known.
    """
    left_out = frozenset(map(os.path.realpath, ours))
    return _read_all(map(Path, inputs), left_out, _Reader(encoding, errors, published))


def _read_all(
    inputs: Iterable[Path], left_out: frozenset[str], reader: _Reader
) -> Iterator[Document | JucuoError]:
    taken: set[str] = set()
    for given in inputs:
        folder = os.path.isdir(given)
        for path in listing(given, left_out) if folder else [given]:
            if isinstance(path, JucuoError):
                yield path
                continue
            name = _free_name(printable(path.relative_to(given) if folder else path.name), path, taken)
            taken.add(name)
            yield from reader.path(path, name)


def _free_name(name: str, path: Path, taken: set[str]) -> str:
    """The name of a text; another if texts of other inputs have it."""
    if name in taken:
        name = printable(path)
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}~{number}"
    return free


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
    reader = _Reader(encoding, errors, published)
    return reader.data(data, kind or _guess(data), name, None if name == "-" else name)


class _Reader:
    """Reads texts with the options of `read_inputs`; J008 or J005 at once if one of these is wrong."""

    def __init__(self, encoding: str | None, errors: str, published: str | None):
        self.encoding, self.errors = encoding, errors
        self.published = None if published is None else dates.to_day(published)
        if published is not None and self.published is None:
            raise JucuoError("J008", f"{published!r} is no date; write it as 2020-03-11")
        if encoding is not None:
            known_encoding(encoding)

    def path(self, path: Path, name: str) -> Iterator[Document | JucuoError]:
        """The documents of a file, or the error in their place."""
        kind, file = KINDS.get(path.suffix.lower()), printable(path)
        try:
            if kind == "jsonl":
                yield from self.jsonl_file(path, name, file)
                return
            size = path.stat().st_size
            if size > MAX_BYTES:
                raise JucuoError(
                    "J014", f"{size:,} bytes; files of more than {MAX_BYTES:,} are not read", file
                )
            data = path.read_bytes()
        except FileNotFoundError:
            yield JucuoError("J001", "file or folder not found", file)
            return
        except JucuoError as e:
            yield e
            return
        except OSError as e:
            yield JucuoError("J002", f"cannot be read: {e.strerror or e}", file)
            return
        kind = kind or _guess(data)
        if kind == "text" and (why := unread(path)):
            yield JucuoError("J002", why, file)
            return
        yield from self.data(data, kind, name, file)

    def data(self, data: bytes, kind: str, id: str, file: str | None) -> Iterator[Document | JucuoError]:
        """The documents of `data`, or the error in their place."""
        try:
            if kind == "jsonl":
                rows: Iterable[bytes] = data.splitlines()
                encoding = self.encoding
                if data.startswith(_UTF16):
                    text, _ = decode(data, encoding, self.errors, file)
                    rows, encoding = (x.encode() for x in text.split("\n")), "utf-8"
                yield from self.jsonl_lines(rows, id, file, encoding)
            else:
                yield self.one(data, kind, id, file)
        except JucuoError as e:
            yield e
        except MemoryError:
            yield JucuoError("J014", "not enough memory to read this", file)

    def one(self, data: bytes, kind: str, id: str, file: str | None) -> Document:
        """The document of a file that holds one text."""
        if not data.strip():
            raise JucuoError("J003", "the file is empty", file)
        known: dict[str, Any] = {"published": self.published, "file": file}
        if kind in ("docx", "pdf"):
            from .office import read_docx, read_pdf

            read = read_docx if kind == "docx" else read_pdf
            return make_document(id, read(data, file), extracted=True, **known)
        if kind != "html":
            text, used = decode(data, self.encoding, self.errors, file)
            return make_document(id, text, encoding=used, **known)
        from .html import MAX_CHARACTERS, read_html

        if len(data) > 4 * MAX_CHARACTERS:
            raise JucuoError("J014", f"HTML of {len(data):,} bytes; split it", file)
        if _OURS.search(data, 0, 200):
            raise JucuoError("J002", "this page was written by jucuo; it is no text to read", file)
        encoding = self.encoding
        if encoding is None and (declared := declared_charset(data)):
            encoding = detect(data, declared)
        text, used = decode(data, encoding, self.errors, file)
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

    def jsonl_file(self, path: Path, name: str, file: str) -> Iterator[Document | JucuoError]:
        """The documents of the lines of a file, which is not read as a whole."""
        with path.open("rb") as f:
            head = f.read(4)
            f.seek(0)
            if head.startswith(_UTF16):
                yield from self.data(f.read(MAX_BYTES), "jsonl", name, file)
                return
            rows = iter(lambda: f.readline(MAX_BYTES + 1), b"")
            yield from self.jsonl_lines(rows, name, file, self.encoding)

    def jsonl_lines(
        self, rows: Iterable[bytes], name: str, file: str | None, encoding: str | None
    ) -> Iterator[Document | JucuoError]:
        found = False
        for number, row in enumerate(rows, 1):
            if not row.strip().removeprefix(b"\xef\xbb\xbf"):
                continue
            found = True
            try:
                if len(row) > MAX_BYTES:
                    raise JucuoError("J014", f"a line of more than {MAX_BYTES:,} bytes", file, number)
                text, used = decode(row, encoding, self.errors, file)
                yield _from_row(text, name, file, number, self.published, used)
            except JucuoError as e:
                yield e if e.line else JucuoError(e.code, e.message, file, number)
        if not found:
            yield JucuoError("J003", "the file is empty", file)


def _guess(data: bytes) -> str:
    """The kind of data without a known suffix."""
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"PK\x03\x04") and b"word/" in data[:4096] + data[-65536:]:
        return "docx"
    if data.startswith(_UTF16):
        data = data[:_LOOK].decode("utf-16", "replace").encode()
    if _TAG.match(data[:512].removeprefix(b"\xef\xbb\xbf")):
        return "html"
    first = data.lstrip(b"\xef\xbb\xbf \r\n").split(b"\n", 1)[0]
    return "jsonl" if first.startswith(b"{") and (b'"text"' in first or _is_object(first)) else "text"


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _from_row(
    row: str, name: str, file: str | None, number: int, published: str | None, encoding: str
) -> Document:
    try:
        data = _loads(row)
    except (ValueError, RecursionError) as e:
        raise JucuoError("J006", f"not JSON: {e}", file, number) from None
    if not isinstance(data, dict):
        raise JucuoError("J007", 'a line must be an object {"id": ..., "text": ...}', file, number)
    text = data.pop("text", None)
    if not isinstance(text, str):
        raise JucuoError("J007", 'the key "text" is missing or no string', file, number)
    id = data.pop("id", None)
    if id is None:
        id = f"{name}:{number}"
    if not isinstance(id, str | int) or isinstance(id, bool):
        raise JucuoError("J007", 'the key "id" is no string', file, number)
    given = data.pop("published", None)
    day = dates.to_day(given) if isinstance(given, str | int) else None
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


def _loads(row: str) -> Any:
    """The data of a line. What no JSON may hold is mended: NaN is null, half a surrogate pair is U+FFFD."""
    data = json.loads(row, parse_constant=lambda _: None)
    if _ESCAPED_SURROGATE.search(row):
        units = json.dumps(data, ensure_ascii=False).encode("utf-16", "surrogatepass")
        data = json.loads(units.decode("utf-16", "replace"))
    return data
