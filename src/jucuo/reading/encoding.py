"""Bytes to text: UTF-8, GB18030, Big5 and UTF-16, checked by whether the outcome looks Chinese."""

from __future__ import annotations

import codecs
import re
from functools import cache
from importlib.resources import files

from ..errors import JucuoError
from ..shadow import normalise

_SAMPLE = 1 << 16
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY = {
    b"PK\x03\x04": "a zip archive or an Office file (name it .docx if it is one)",
    b"%PDF-": "a PDF file (name it .pdf)",
    b"\xd0\xcf\x11\xe0": "an old Office file (save it as .docx or .txt)",
    b"{\\rtf": "an RTF file (save it as .docx or .txt)",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"\x1f\x8b": "a gzip archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a rar archive",
    b"SQLite format": "a database",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
}
_CANDIDATES = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
_ALIASES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
}
_LIKELY = 0.25  # share of frequent characters from which a text counts as Chinese


def decode(
    data: bytes, encoding: str | None = None, errors: str = "strict", file: str | None = None
) -> tuple[str, str]:
    """Return the text of `data` and the encoding it was read with.

    Parameters
    ----------
    encoding
        Force this encoding; by default it is found out.
    errors
        ``"strict"``, or ``"replace"`` to put U+FFFD for bytes that cannot be read.

    Raises
    ------
    JucuoError
        J005, with the position, if bytes cannot be read or are no text at all.

    Examples
    --------
    >>> decode("全区复工企业62家。".encode("gb18030"))
    ('全区复工企业62家。', 'gb18030')
    """
    if encoding is not None:
        return _decode(data, known_encoding(encoding, file), errors, file), encoding
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _decode(data, name, errors, file), name
    for magic, what in _BINARY.items():
        if data.startswith(magic):
            raise JucuoError("J005", f"this is {what}, not text", file)
    found = detect(data)
    if found is None:
        raise JucuoError("J005", "cannot tell the encoding of these bytes; name it with --encoding", file)
    text = _decode(data, found, errors, file)
    if text.count("\0", 0, _SAMPLE) > len(text[:_SAMPLE]) // 100:
        raise JucuoError("J005", "binary data, not text", file)
    return text, found


def detect(data: bytes, declared: str | None = None) -> str | None:
    """The encoding of bytes without a byte order mark, or None if nothing makes them Chinese text.

    `declared` is what the file says of itself; it is believed if the outcome looks no worse than others.
    """
    sample = data[:_SAMPLE]
    if _utf8(data):
        return "utf-8"
    names = [_ALIASES.get(n, n) for n in (declared,) if n] + [*_CANDIDATES]
    scores = {name: likeness(_loose(sample, name)) for name in names}
    if (guess := _library_guess(sample)) and guess not in scores:
        scores[guess] = likeness(_loose(sample, guess))
    scores["utf-8"] = likeness(_loose(sample, "utf-8"))
    best = max(scores, key=lambda n: scores[n])
    if scores[best] >= _LIKELY:
        return best
    if sum(b > 127 for b in sample) < 40:
        return next((n for n in names if _strict(data, n) is not None), None)
    latin = guess and sum(b < 128 for b in sample) > 0.7 * len(sample) and b"\0" not in sample
    return guess if latin else None


def likeness(text: str) -> float:
    """How Chinese a text looks: the share of frequent characters and marks among all beyond ASCII."""
    wide = [c for c in normalise(text[:8000]) if c > "\x7f"]
    if not wide:
        return 0.0
    frequent = _frequent()
    good = sum(c in frequent for c in wide)
    bad = sum(c == "\ufffd" or "\ue000" <= c < "\uf900" or "\x80" <= c < "\xa0" for c in wide)
    return max(0.0, (good - 3 * bad) / len(wide))


def declared_charset(data: bytes) -> str | None:
    """The encoding that the head of an HTML file names."""
    m = re.search(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]{3,20})""", data[:4096])
    if not m:
        return None
    try:
        return codecs.lookup(m[1].decode("ascii")).name
    except LookupError:
        return None


def _utf8(data: bytes) -> bool:
    """Whether bytes are UTF-8, apart from a character cut off at the end."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as e:
        if e.start < len(data) - 3 or e.start == 0:
            return False
        text = data[: e.start].decode("utf-8")
    return "\0" not in text[:_SAMPLE]


def _library_guess(sample: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(sample[:8192]).best()
    return _ALIASES.get(best.encoding, best.encoding) if best else None


def _loose(sample: bytes, name: str) -> str:
    return sample[: len(sample) & ~1].decode(_ALIASES.get(name, name), "replace")


def _strict(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return None


def known_encoding(encoding: str, file: str | None = None) -> str:
    """The name under which an encoding that a user named is used; J005 if there is none."""
    try:
        name = codecs.lookup(encoding).name
    except LookupError:
        raise JucuoError("J005", f"unknown encoding {encoding!r}; try utf-8, gb18030 or big5", file) from None
    return "utf-8-sig" if name == "utf-8" else _ALIASES.get(name, name)


def _decode(data: bytes, name: str, errors: str, file: str | None) -> str:
    try:
        return data.decode(name, errors).removeprefix("\ufeff")
    except UnicodeDecodeError as e:
        line = data.count(b"\n", 0, e.start) + 1
        raise JucuoError(
            "J005",
            f"byte {e.start} (0x{data[e.start]:02x}) is not {name}; name the encoding with --encoding, "
            "or use --errors replace",
            file,
            line,
        ) from None


@cache
def _frequent() -> frozenset[str]:
    return frozenset(files(__package__).joinpath("frequent.txt").read_text("utf-8").split("\n", 1)[1])
