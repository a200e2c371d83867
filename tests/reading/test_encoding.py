"""Bytes of several encodings to text, and clear errors for bytes that are no text."""

from __future__ import annotations

import codecs
import random
import zipfile
from pathlib import Path

import pytest

from jucuo.errors import JucuoError
from jucuo.reading import decode

SIMPLIFIED = "截至3月5日，青河区规模以上企业62家已全部复工，返岗工人1.2万人，复工率达100%。"
TRADITIONAL = "截至3月5日，東港市規模以上企業62家已全部復工，返崗員工1.2萬人，復工率達100%。"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "gbk", "gb2312", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("length", [12, 30, len(SIMPLIFIED) * 50])
def test_simplified(encoding: str, length: int) -> None:
    text = (SIMPLIFIED * 50)[:length]
    assert decode(text.encode(encoding))[0] == text


@pytest.mark.parametrize("encoding", ["utf-8", "big5", "gb18030", "utf-16-le"])
@pytest.mark.parametrize("length", [12, 30, len(TRADITIONAL) * 50])
def test_traditional(encoding: str, length: int) -> None:
    text = (TRADITIONAL * 50)[:length]
    assert decode(text.encode(encoding))[0] == text


@pytest.mark.parametrize("text", ["复工", "青河区", "2020年3月", "abc 123", "中国，加油"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_short(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding))[0] == text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_mark_goes(encoding: str) -> None:
    text, used = decode(SIMPLIFIED.encode(encoding))
    assert text == SIMPLIFIED
    assert used == encoding


def test_rare_characters_of_gb18030() -> None:
    text = SIMPLIFIED + "䶮㙍𠮷" + SIMPLIFIED
    assert decode(text.encode("gb18030")) == (text, "gb18030")


def test_forced_encoding() -> None:
    data = SIMPLIFIED.encode("gb18030")
    assert decode(data, "gbk") == (SIMPLIFIED, "gbk")
    with pytest.raises(JucuoError, match=r"J005.*byte 0"):
        decode(data, "utf-8")
    with pytest.raises(JucuoError, match="unknown encoding 'klingon'"):
        decode(data, "klingon")


def test_bad_bytes_are_named_with_their_place() -> None:
    data = (SIMPLIFIED + "\n" + SIMPLIFIED).encode() + b"\xff\xfe\xff" + SIMPLIFIED.encode() * 3
    with pytest.raises(JucuoError) as caught:
        decode(data, file="a.txt")
    place = len((SIMPLIFIED + "\n" + SIMPLIFIED).encode())
    assert f"byte {place} (0xff)" in str(caught.value)
    assert str(caught.value).startswith("J005 a.txt:2: ")
    text, used = decode(data, errors="replace")
    assert used == "utf-8"
    assert text == SIMPLIFIED + "\n" + SIMPLIFIED + "\ufffd" * 3 + SIMPLIFIED * 3


def test_character_cut_off_at_the_end() -> None:
    data = (SIMPLIFIED * 3).encode()[:-1]
    with pytest.raises(JucuoError, match="J005"):
        decode(data)
    assert decode(data, errors="replace")[0][:-1] == (SIMPLIFIED * 3)[:-1]


BINARY = [
    (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "an image"),
    (b"%PDF-1.7\n%\xe2\xe3", "a PDF file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "old Office"),
    (b"\x1f\x8b\x08\x00abc", "gzip"),
    (random.Random(1).randbytes(5000), "cannot tell the encoding"),
    (b"abc\0\0\0" * 100, "binary data"),
]


@pytest.mark.parametrize(("data", "message"), BINARY, ids=[m for _, m in BINARY])
def test_binary(data: bytes, message: str) -> None:
    with pytest.raises(JucuoError, match=f"J005.*{message}"):
        decode(data)


def test_zip_named_txt(tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", SIMPLIFIED * 100)
    with pytest.raises(JucuoError, match="zip archive"):
        decode(path.read_bytes())


def test_every_codec_name_is_known() -> None:
    for name in ("utf-8", "gb18030", "big5", "utf-16"):
        assert codecs.lookup(name)
