"""The command ``jucuo read``, as text and as JSON."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from jucuo.cli import main

PAGE = Path(__file__).parent / "pages" / "34-run-in-teaser.txt"


def call(*words: str) -> int:
    return main(["read", *words])


def test_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(str(PAGE)) == 0
    out = capsys.readouterr().out
    for words in (
        "34-run-in-teaser.txt",
        "2020-02-21 (shown on the page)",
        "永安都市报",
        "背着药箱翻山的人",
        "新闻推荐",
    ):
        assert words in out


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(str(PAGE), "--json") == 0
    (line,) = capsys.readouterr().out.splitlines()
    data = json.loads(line)
    first, second = data["articles"]
    assert data["published_origin"] == "page"
    assert first["title"] == "永安区：科技赋能守小区"
    assert data["text"][second["start"] :].startswith("背着药箱翻山的人")
    assert [x["text"] for x in first["furniture"]] == ["大字", "新闻推荐"]


def test_errors_do_not_stop_the_others(capsys: pytest.CaptureFixture[str]) -> None:
    assert call("nowhere.txt", str(PAGE)) == 1
    captured = capsys.readouterr()
    assert "J001 nowhere.txt" in captured.err
    assert "永安区" in captured.out


def test_wrong_date(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(str(PAGE), "--published", "soon") == 2
    assert "J008" in capsys.readouterr().err


def test_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    stdin = io.TextIOWrapper(io.BytesIO("青河区复工企业62家。".encode("gb18030")))
    monkeypatch.setattr(sys, "stdin", stdin)
    assert call("-", "--published", "2020-03-11") == 0
    out = capsys.readouterr().out
    assert "gb18030" in out
    assert "2020-03-11 (as given by --published)" in out
