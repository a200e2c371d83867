"""Folders as they are: odd names, rights, links, what Windows puts there, the same name twice."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from jucuo.errors import JucuoError
from jucuo.reading import Document, read_bytes, read_inputs

TEXT = "截至3月8日，青河区已备足化肥2.6万吨。"


def codes(items) -> list[str]:
    return [x.code if isinstance(x, JucuoError) else x.id for x in items]


def test_a_name_that_is_no_utf8(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/2020-03-08" + "青河.txt".encode("gbk")
    try:
        Path(os.fsdecode(name)).write_text(TEXT, "utf-8")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    (doc,) = read_inputs([tmp_path])
    assert isinstance(doc, Document)
    assert (doc.id, doc.published) == ("2020-03-08青河.txt", "2020-03-08")
    assert json.dumps(doc.file).encode() and str(doc.file).encode()


def test_what_windows_puts_into_folders(tmp_path: Path) -> None:
    for name in ("Thumbs.db", "desktop.ini", "~$报告.docx", "a.txt"):
        (tmp_path / name).write_text(TEXT, "utf-8")
    assert codes(read_inputs([tmp_path])) == ["a.txt"]


def test_links(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "other").mkdir()
    (tmp_path / "in" / "a.txt").symlink_to("nowhere.txt")
    (tmp_path / "in" / "b").symlink_to("../other")
    (tmp_path / "in" / "c.txt").write_text(TEXT, "utf-8")
    assert codes(read_inputs([tmp_path / "in"])) == ["J001", "J002", "c.txt"]


@pytest.mark.skipif(os.name == "nt" or os.getuid() == 0, reason="root may read everything")
def test_what_may_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "z.txt").write_text(TEXT, "utf-8")
    (tmp_path / "closed" / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "closed").chmod(0)
    try:
        assert codes(read_inputs([tmp_path])) == ["J002", "z.txt"]
        assert codes(read_inputs([tmp_path / "closed", tmp_path / "closed" / "a.txt"])) == ["J002", "J002"]
    finally:
        (tmp_path / "closed").chmod(0o700)


def test_one_name_in_two_folders(tmp_path: Path) -> None:
    for name in ("d1", "d2"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "1.txt").write_text(TEXT, "utf-8")
        (tmp_path / name / "2.jsonl").write_text(json.dumps({"text": TEXT}), "utf-8")
    other = str(tmp_path / "d2")
    assert codes(read_inputs([tmp_path / "d1", other])) == [
        "1.txt",
        "2.jsonl:1",
        f"{other}/1.txt",
        f"{other}/2.jsonl:1",
    ]
    assert codes(read_inputs([other])) == ["1.txt", "2.jsonl:1"]
    assert len(set(codes(read_inputs([tmp_path / "d1" / "1.txt"] * 3)))) == 3


@pytest.mark.parametrize(
    ("name", "data", "want"),
    [
        ("a.json", b'[\n{"id": 1}\n]', "J002"),
        ("a.json", json.dumps({"id": "x", "text": TEXT}).encode(), "x"),
        ("a.csv", "id,text\n1,复工".encode(), "J002"),
        ("a.mht", b"From: <Saved by Blink>\n", "J002"),
        ("a.log", TEXT.encode(), "a.log"),
        ("a", TEXT.encode(), "a"),
    ],
)
def test_kinds_that_are_no_text(tmp_path: Path, name: str, data: bytes, want: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert codes(read_inputs([tmp_path / name])) == [want]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_kinds_on_standard_input(encoding: str) -> None:
    row = json.dumps({"id": "x", "text": TEXT}, ensure_ascii=False)
    assert codes(read_bytes((row + "\n").encode(encoding))) == ["x"]
    assert codes(read_bytes('{"id": "x", "body": "复工"}\n'.encode(encoding))) == ["J007"]
    (page,) = read_bytes(f"<!DOCTYPE html><html><body><p>{TEXT}</p></body></html>".encode(encoding))
    assert isinstance(page, Document)
    assert page.text == TEXT


ROWS = [  # JSON as it should not be, and what is read of it
    (r'{"id": "1", "text": "备足\ud83d化肥"}', "备足\ufffd化肥"),
    (r'{"id": "1", "text": "备足\ud83d\ude00化肥", "k": "\udc00"}', "备足\U0001f600化肥"),
    ('{"id": "1", "text": "备足化肥", "k": NaN, "published": NaN}', "备足化肥"),
]


@pytest.mark.parametrize(("row", "text"), ROWS)
def test_rows_that_are_mended(row: str, text: str) -> None:
    (doc,) = read_bytes(row.encode(), kind="jsonl")
    assert isinstance(doc, Document)
    assert doc.text == text
    json.dumps(doc.meta, ensure_ascii=False, allow_nan=False).encode()


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"id": True, "text": TEXT}, "J007"),
        ({"id": "1", "text": TEXT, "published": ["2020-03-06"]}, "J008"),
        ({"id": "1", "text": TEXT, "published": "16471206"}, "J008"),
        ({"id": "1", "text": TEXT, "published": "20200306120000"}, "1"),
        ({"id": "1", "text": TEXT, "published": 20200306}, "1"),
    ],
)
def test_rows_with_odd_keys(row: dict, code: str) -> None:
    assert codes(read_bytes(json.dumps(row).encode(), kind="jsonl")) == [code]


def test_an_unknown_encoding_is_told_at_once() -> None:
    with pytest.raises(JucuoError, match="J005"):
        read_inputs(["a.txt"], encoding="nonsense")
