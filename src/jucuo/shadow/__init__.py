"""The shadow of a text: what it would look like in simplified characters and regular width.

Every later step looks for patterns in the shadow and reports what it finds in the user's text. The shadow
has exactly as many characters as the text, and each stands for the one at the same place, so an offset in
the one is the offset in the other; there is no offset map to keep. For the same reason nothing that needs
more or fewer characters is changed here.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from ..tables import lines

_SIZE = 0x32000  # past the last ideograph; code points beyond are left as they are
_BLOCK, _MARGIN = 1 << 20, 128  # characters worked on at a time, and how far a change may look around
_WIDE, _PUNCT, _MARK, _DIGIT, _PERCENT, _NUMERAL, _ROUND, _BLANK = (1 << i for i in range(8))
_KEPT = (100, 20_000)  # length of texts whose shadow is kept a while, as all parts of a pipeline ask for it
_EDGE = "\n" * 4  # put around a block so that every character has neighbours
_HALF = dict(zip(",:;!?()", "，：；！？（）", strict=True))
_WIDE_RANGES = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0x20000, _SIZE), (0x3001, 0x3020))
_WIDE_MARKS = "，：；！？（）“”‘’—…·〇"
_WIDE_CLASS = _WIDE_MARKS + "".join(f"{chr(first)}-{chr(end - 1)}" for first, end in _WIDE_RANGES)
_SPACES = "\t\v\x1c\x1d\x1e\x1f\xa0\xad\u1680\u180e\u202f\u205f\u2060\u3000\ufeff\x00\x7f"
_SIGNS = {  # pairs of a sign and its shadow
    pair[0]: pair[1]
    for line in (
        "\f\n \x85\n \u2028\n \u2029\n 「“ 」” 『‘ 』’ ﹁“ ﹂” ﹃‘ ﹄’ 〝“ 〞” ｡。 ､、 ﹐， ﹑、 ﹒.",
        "﹔； ﹕： ﹖？ ﹗！ ﹙（ ﹚） ︰： ․. •· ‧· ∙· ・· ･· ⋅· ‐- ‑- −- ﹣- –- ―— ─— ━— ∼~ 〜~ ˜~ ﹪%",
        "￥¥ ￡£ ￠¢ ￦₩",
    )
    for pair in line.split(" ")
}
_ZEROS = re.compile("[○◯oO0](?<=[一二三四五六七八九〇零].)[○◯oO0]*(?=[一二三四五六七八九〇零年])")


def normalise(text: str) -> str:
    """Return the shadow of `text`, of the same length, character by character.

    Full-width digits, letters and signs become ASCII; the marks ``，：；！？（）`` stay full-width, except
    ``：`` and a thousands ``，`` between digits. Traditional characters become simplified ones, quotation
    marks ``「」`` become ``“”``. Half-width ``, : ; ! ? ( ) "`` next to a Chinese character or mark (or in
    pair with such a one) become full-width, and so does a full stop at the end of a Chinese sentence;
    numbers (1,200), times (9:30) and Latin text keep theirs. Odd spaces and control characters become a
    space, odd line breaks ``\\n``.

    Examples
    --------
    >>> normalise("截至３月５日,複工企業1,200家")
    '截至3月5日，复工企业1,200家'
    """
    return _kept(text) if _KEPT[0] <= len(text) <= _KEPT[1] else _normalised(text)


def _normalised(text: str) -> str:
    if text.isascii() and not any(c in text for c in "\t\v\f\x00\x7f\r"):
        return text
    if not _suspect().search(text) and not any(p.search(text) for char, p, _ in _words() if char in text):
        return text
    if "\r" in text:
        text = text.replace("\r\n", " \n").replace("\r", "\n")
    stops = "。" in text or "｡" in text
    if len(text) <= _BLOCK + _MARGIN:
        return _block(text, stops)
    out = []
    for start in range(0, len(text), _BLOCK):
        left = min(_MARGIN, start)
        piece = _block(text[start - left : start + _BLOCK + _MARGIN], stops)
        out.append(piece[left : left + _BLOCK])
    return "".join(out)


_kept = lru_cache(maxsize=128)(_normalised)


def _block(text: str, stops: bool) -> str:
    table, classes = _tables()
    if '"' in text or "＂" in text:
        text = "\n".join(_direct_quotes(line) for line in text.replace("＂", '"').split("\n"))
    codes = np.frombuffer((_EDGE + text + _EDGE).encode("utf-32-le", "surrogatepass"), dtype="<u4")
    if codes.max() >= _SIZE:
        out = np.where(codes < _SIZE, table[np.minimum(codes, _SIZE - 1)], codes)
        kind = np.where(codes < _SIZE, classes[np.minimum(out, _SIZE - 1)], np.uint8(0))
    else:
        out = table[codes]
        kind = classes[out]
    _widen(out, kind)
    _narrow(out, kind)
    _full_stops(out, kind, stops)
    shadow = out[len(_EDGE) : -len(_EDGE)].tobytes().decode("utf-32-le", "surrogatepass")
    for char, pattern, replacement in _words():
        if char in shadow:
            shadow = pattern.sub(replacement, shadow)
    round_signs = np.flatnonzero(kind & _ROUND)
    if (kind[round_signs - 1] & _NUMERAL).any():  # 二○二○年, 二OO八年, 二0二0年
        shadow = _ZEROS.sub(lambda m: "〇" * len(m[0]), shadow)
    return shadow


def _widen(out: NDArray[np.uint32], kind: NDArray[np.uint8]) -> None:
    """Give half-width marks beside Chinese their full-width form, in place."""
    at = np.flatnonzero(kind & _PUNCT)
    if not at.size:
        return
    before, after = kind[at - 1], kind[at + 1]
    change = ((before | after) & _WIDE).astype(bool)
    change |= ((before & _PERCENT) > 0) & ((after & _DIGIT) > 0)
    touching = np.flatnonzero(np.diff(at) == 1)
    for _ in range(3 if touching.size else 0):
        change[touching + 1] |= change[touching]
        change[touching] |= change[touching + 1]
    brackets = np.flatnonzero((out[at] == ord("(")) | (out[at] == ord(")")))
    left, right = brackets[:-1], brackets[1:]
    pairs = (out[at[left]] == ord("(")) & (out[at[right]] == ord(")")) & (at[right] - at[left] < _MARGIN)
    either = change[left[pairs]] | change[right[pairs]]
    change[left[pairs]], change[right[pairs]] = either, either
    chosen = at[change]
    out[chosen] = _wide_marks()[out[chosen]]


def _narrow(out: NDArray[np.uint32], kind: NDArray[np.uint8]) -> None:
    """Make ``：`` and ``，`` half-width inside numbers, in place: 9：30, 1，200 (but 15，20 are two)."""
    at = np.flatnonzero((kind & _MARK) > 0)
    at = at[(kind[at - 1] & kind[at + 1] & _DIGIT) > 0]
    if not at.size:
        return
    digit = (kind & _DIGIT) > 0
    colon = out[at] == ord("：")
    three = digit[at + 2] & digit[at + 3] & ~digit[at + 4]
    four = digit[at - 2] & digit[at - 3] & digit[at - 4]
    out[at[colon]] = ord(":")
    out[at[~colon & three & ~four]] = ord(",")


def _full_stops(out: NDArray[np.uint32], kind: NDArray[np.uint8], stops: bool) -> None:
    """``.`` after Chinese ends a sentence at the end of a line, and anywhere where no ``。`` is used."""
    at = np.flatnonzero(out == ord("."))
    at = at[((kind[at - 1] & _WIDE) > 0) & (out[at - 1] != ord("·"))]
    if at.size and stops:
        at = at[((kind[at + 1] & _BLANK) > 0) | (out[at + 1] == ord("”"))]
    elif at.size:
        at = at[(kind[at + 1] & (_WIDE | _BLANK)) > 0]
    out[at] = ord("。")


def _direct_quotes(line: str) -> str:
    """Give straight quotation marks of a line a direction, if they are paired and touch Chinese."""
    parts = line.split('"')
    if len(parts) == 1 or len(parts) % 2 == 0:
        return line
    out = [parts[0]]
    for i in range(1, len(parts), 2):
        edges = parts[i - 1][-1:] + parts[i][:1] + parts[i][-1:] + parts[i + 1][:1]
        wide = any(_is_wide(c) for c in edges)
        out += ["“" if wide else '"', parts[i], "”" if wide else '"', parts[i + 1]]
    return "".join(out)


def _is_wide(char: str) -> bool:
    code = ord(char)
    return code < _SIZE and bool(_tables()[1][code] & _WIDE)


def character_rows() -> list[tuple[str, str]]:
    """Every traditional character with its simplified one, as in ``characters.tsv``."""
    return [(row[0], row[2]) for row in lines(__package__, "characters.tsv")]


@cache
def _suspect() -> re.Pattern[str]:
    """What a text must hold to differ from its shadow: most news does not, and this is far quicker to see."""
    changed = np.flatnonzero(_tables()[0] != np.arange(_SIZE))
    chars = "".join(map(chr, changed[changed < 0x10000])) + "".join(_HALF) + '"\r'
    return re.compile(  # past the BMP, classes of many characters are slow: all of them are suspect
        f"[{re.escape(chars)}\U00010000-\U0010ffff：，.○◯oO0](?:(?<![：，.○◯oO0])|(?<=[0-9][：，])(?=[0-9])"
        f"|(?<=[{_WIDE_CLASS}][.])|(?<=[一二三四五六七八九〇零][○◯oO0]))"
    )


@cache
def _words() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    rows = (row.split("\t") for row in lines(__package__, "words.tsv"))
    return tuple((char, re.compile(pattern), to) for char, to, pattern in rows)


@cache
def _tables() -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
    """The shadow of every character by itself, and the class of every character of the shadow."""
    table = np.arange(_SIZE, dtype=np.uint32)
    for old, new in character_rows():
        table[ord(old)] = ord(new)
    for code in (*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20)):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1:
            table[code] = table[ord(plain)]
    for code in range(0xFF01, 0xFF5F):
        if chr(code) not in _HALF.values():
            table[code] = code - 0xFEE0
    for char in _SPACES + "".join(map(chr, (*range(0x2000, 0x2010), *range(1, 9), *range(14, 32)))):
        if char not in "\n\r\f‐‑‒–—―":
            table[ord(char)] = ord(" ")
    for char, to in _SIGNS.items():
        table[ord(char)] = ord(to)
    classes = np.zeros(_SIZE, dtype=np.uint8)
    for first, end in _WIDE_RANGES:
        classes[first:end] = _WIDE
    for flag, chars in (
        (_WIDE, _WIDE_MARKS),
        (_PUNCT, "".join(_HALF)),
        (_MARK, "，："),
        (_DIGIT, "0123456789"),
        (_PERCENT, "%‰℃"),
        (_NUMERAL, "一二三四五六七八九〇零"),
        (_ROUND, "○◯oO0"),
        (_BLANK, " \n\r"),
    ):
        for char in chars:
            classes[ord(char)] |= flag
    return table, classes


@cache
def _wide_marks() -> NDArray[np.uint32]:
    table = np.arange(0x80, dtype=np.uint32)
    for half, full in _HALF.items():
        table[ord(half)] = ord(full)
    return table
