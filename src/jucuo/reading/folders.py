"""What stands in a folder: the files to read, what is passed over, and what cannot be read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from ..errors import JucuoError

KINDS = {
    ".txt": "text", ".text": "text", ".md": "text", ".html": "html", ".htm": "html", ".xhtml": "html",
    ".shtml": "html", ".jsonl": "jsonl", ".ndjson": "jsonl", ".docx": "docx", ".pdf": "pdf",
}  # fmt: skip

_ASSETS = {
    ".css", ".js", ".map", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".ico", ".webp", ".bmp",
    ".woff", ".woff2", ".ttf", ".eot", ".mp3", ".mp4", ".swf", ".ds_store",
}  # fmt: skip
_SYSTEM = {"thumbs.db", "desktop.ini"}  # what Windows puts into its folders
_LOCK = "~$"  # how Word's files for what is open begin
_WORD, _PAGE = "save it as .docx or .txt", "save the page as .html"
_ROWS = "write its texts as .jsonl, one object a line"
_ADVICE = {
    ".doc": _WORD, ".wps": _WORD, ".rtf": _WORD, ".odt": _WORD, ".mht": _PAGE, ".mhtml": _PAGE,
    ".csv": _ROWS, ".tsv": _ROWS, ".xls": _ROWS, ".xlsx": _ROWS, ".json": _ROWS, ".xml": _ROWS,
    ".zip": "unpack it", ".rar": "unpack it", ".7z": "unpack it", ".part": "it is what a broken run left",
}  # fmt: skip


def is_read(path: Path) -> bool:
    """Whether files named so are read in folders."""
    return path.suffix.lower() in KINDS and not _passed_over(path.name)


def unread(path: Path) -> str | None:
    """What to do with a file of a kind that is never read as text; None for other kinds."""
    advice = _ADVICE.get(path.suffix.lower())
    return f"{path.suffix} is not read; {advice}" if advice else None


def listing(folder: Path, left_out: frozenset[str] = frozenset()) -> list[Path | JucuoError]:
    """The files to read in a folder and below, sorted by name, with errors in their places.

    Hidden files, the images, styles and scripts of saved pages and what Windows adds are passed over, and so
    are the files `left_out` (their real paths).
    """
    found = sorted(_walk(folder), key=lambda x: x[0])
    kept = [item for path, item in found if os.path.realpath(path) not in left_out]
    if not kept:
        return [JucuoError("J004", "no texts in this folder (.txt .md .html .jsonl .docx .pdf)", str(folder))]
    return kept


def _walk(folder: Path) -> Iterator[tuple[Path, Path | JucuoError]]:
    closed: list[OSError] = []
    for top, folders, names in os.walk(folder, onerror=closed.append):
        folders[:] = [f for f in folders if not f.startswith(".")]
        for name in folders:
            path = Path(top, name)
            if path.is_symlink():
                yield path, JucuoError("J002", "a link to a folder is not followed; name it", printable(path))
        for name in names:
            path = Path(top, name)
            if not _passed_over(name):
                yield path, path if is_read(path) else _unreadable(path)
    for e in closed:
        path = Path(e.filename)
        yield path, JucuoError("J002", f"cannot be read: {e.strerror}", printable(path))


def _passed_over(name: str) -> bool:
    return name.startswith((".", _LOCK)) or name.lower() in _SYSTEM or Path(name).suffix.lower() in _ASSETS


def _unreadable(path: Path) -> JucuoError:
    if not path.exists():
        return JucuoError("J001", "a link to a file that is not there", printable(path))
    what = unread(path) or f"{path.suffix or 'a file without a suffix'} is not read in folders"
    return JucuoError("J002", what, printable(path))


def printable(path: str | Path) -> str:
    """A path as text. A name that is no UTF-8 is taken for GBK, as archives made on Windows leave them."""
    return "/".join(_name(part) for part in Path(path).as_posix().split("/"))


def _name(part: str) -> str:
    try:
        part.encode()
    except UnicodeEncodeError:
        return os.fsencode(part).decode("gb18030", "replace")
    return part
