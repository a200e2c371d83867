"""Text of Word and PDF files, through the extra ``jucuo[office]``."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from ..errors import JucuoError

MAX_UNPACKED = 200_000_000
MAX_PAGES = 2000


def read_docx(data: bytes, file: str | None = None) -> str:
    """The paragraphs and table rows of a ``.docx`` file in order, one a line.

    Raises
    ------
    JucuoError
        J011 without python-docx, J002 if the file is broken, J014 if it unpacks to more than 200 MB.
    """
    try:
        import docx
        from docx.table import Table
        from docx.text.paragraph import Paragraph
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
    lines: list[str] = []
    for item in document.iter_inner_content():
        if isinstance(item, Paragraph):
            lines.append(item.text)
        elif isinstance(item, Table):
            lines += ["\t".join(cell.text.replace("\n", " ") for cell in row.cells) for row in item.rows]
    return "\n".join(lines)


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
