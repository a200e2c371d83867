"""Text of Word and PDF files, through the extra ``jucuo[office]``."""

from __future__ import annotations

import io
import logging
import zipfile
from collections.abc import Iterator
from typing import Any

from ..errors import JucuoError

MAX_UNPACKED = 200_000_000
MAX_PAGES = 2000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEFT_OUT = {  # what was deleted or moved, the reading of characters, settings, a copy for old programs
    *(_W + x for x in ("del", "moveFrom", "rt", "pPr", "rPr", "tblPr", "tcPr", "sdtPr", "sectPr")),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
_SIGNS = {_W + "tab": "\t", _W + "ptab": "\t", _W + "noBreakHyphen": "-"}


def read_docx(data: bytes, file: str | None = None) -> str:
    """The paragraphs and table rows of a ``.docx`` file in order, one a line.

    Raises
    ------
    JucuoError
        J011 without python-docx, J002 if the file is broken, J014 if it unpacks to more than 200 MB.
    """
    try:
        import docx
    except ImportError:
        raise JucuoError(
            "J011", "reading .docx needs python-docx: pip install 'jucuo[office]'", file
        ) from None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(x.file_size for x in archive.infolist())
        if unpacked > MAX_UNPACKED:
            raise JucuoError("J014", f"the file unpacks to {unpacked // 1_000_000} MB", file)
        document = docx.Document(io.BytesIO(data))
    except (zipfile.BadZipFile, KeyError, ValueError) as e:
        if isinstance(e, JucuoError):
            raise
        raise JucuoError("J002", f"not a Word file that can be read ({e})", file) from None
    try:
        return "\n".join(_lines(document.element.body))
    except RecursionError:
        raise JucuoError("J014", "elements are nested too deeply", file) from None


def _lines(container: Any) -> Iterator[str]:
    """The paragraphs and table rows in an element, with what content controls and changes hold."""
    for e in container:
        if e.tag == _W + "p":
            boxes: list[Any] = []
            yield "".join(_pieces(e, boxes))
            for box in boxes:
                yield from _lines(box)
        elif e.tag == _W + "tbl":
            yield from ("\t".join(_cells(row)) for row in e.iter(_W + "tr") if _owner(row, "tbl") is e)
        elif e.tag not in _LEFT_OUT:
            yield from _lines(e)


def _cells(row: Any) -> Iterator[str]:
    """The cells of a row; one merged with others stands once, the others being empty or not there."""
    for cell in row.iter(_W + "tc"):
        if _owner(cell, "tr") is row:
            yield " ".join(line.replace("\n", " ").replace("\t", " ") for line in _lines(cell)).strip()


def _owner(e: Any, name: str) -> Any:
    return next(e.iterancestors(_W + name), None)


def _pieces(e: Any, boxes: list[Any]) -> Iterator[str]:
    """The text of a paragraph: runs, links, inserted words, fields; text boxes in it go into `boxes`."""
    for child in e:
        if child.tag == _W + "t":
            yield child.text or ""
        elif child.tag == _W + "txbxContent":
            boxes.append(child)
        elif child.tag in (_W + "br", _W + "cr"):
            yield "\n" if child.get(_W + "type") in (None, "textWrapping") else ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag not in _LEFT_OUT:
            yield from _pieces(child, boxes)


def read_pdf(data: bytes, file: str | None = None) -> str:
    """The text of a ``.pdf`` file, its pages parted by a form feed.

    Raises
    ------
    JucuoError
        J011 without pypdf, J002 if the file is broken or locked, J014 if it has more than 2,000 pages,
        J003 if its pages are mere pictures.
    """
    try:
        import pypdf
        from pypdf.errors import PyPdfError
    except ImportError:
        raise JucuoError("J011", "reading .pdf needs pypdf: pip install 'jucuo[office]'", file) from None
    logging.getLogger("pypdf").addHandler(logging.NullHandler())  # its remarks name no file
    try:
        reader: Any = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise JucuoError("J002", "the file is locked with a password", file)
        if len(reader.pages) > MAX_PAGES:
            raise JucuoError("J014", f"more than {MAX_PAGES} pages; split the file", file)
        pages = [page.extract_text() for page in reader.pages]
    except (PyPdfError, ValueError, KeyError, RecursionError) as e:
        if isinstance(e, JucuoError):
            raise
        raise JucuoError("J002", f"not a PDF file that can be read ({e})", file) from None
    if not any(p.strip() for p in pages):
        raise JucuoError("J003", "no text in this file; its pages may be pictures that need OCR", file)
    return "\f".join(pages)
