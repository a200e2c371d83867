"""Annotations by reference: nothing of the text in them, everything back with it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jucuo.corpus import markup, sources, stories
from jucuo.corpus.detaching import detach
from jucuo.errors import JucuoError

MARKED = """id: 20200311-02
published: 2020-03-11
kind: story
tags: claims-drafted
relation: part #b of #a
---
[青河区|GPE]{设立<5个|count 5 个 #a; s=检查站; w=青河区; t=2020-03>检查站|checkpoint; a=青河区}
其中<2个|count 2 个 over up #b>在[北岸|LOC]。
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "news").mkdir()
    text = markup.read(MARKED).text
    rows = [{"id": "20200311-01", "text": "别的。"}, {"id": "20200311-02", "text": text}]
    lines = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows)
    (tmp_path / "news" / "2020.jsonl").write_text(lines, "utf-8")
    (tmp_path / "marked").mkdir()
    (tmp_path / "marked" / "a.txt").write_text(MARKED, "utf-8")
    return tmp_path


def test_there_and_back(folder: Path) -> None:
    found, faults = sources.load([folder / "marked"])
    lines, more = detach(found, folder / "news")
    assert not faults
    assert not more
    assert not any("\u4e00" <= ch <= "\u9fff" and ch != "个" for ch in lines), "only units are words"
    path = folder / "annotations.jsonl"
    path.write_text(lines, "utf-8")
    (item,) = stories.read(path, folder / "news")
    assert item.record == found[0].item.record
    assert item.tags == ("claims-drafted",)
    ((source,), faults) = sources.load([path], folder / "news")
    assert not faults
    assert source.by_reference
    (relation,) = source.item.relations
    assert [item.record.claims[source.item.claim_ids[c]].text for c in relation.claims] == ["2个", "5个"]


def test_another_text_is_refused(folder: Path) -> None:
    marked = MARKED.replace("在[北岸", "到[北岸")
    (folder / "marked" / "a.txt").write_text(marked, "utf-8")
    found, _ = sources.load([folder / "marked"])
    lines, (fault,) = detach(found, folder / "news")
    assert not lines
    assert (fault.line, fault.column) == (8, marked.split("\n")[7].index("到") + 1)
    assert "the text is not the story's: '到北岸。'" in fault.message
    row = stories.detach(found[0].item)
    with pytest.raises(JucuoError) as caught:
        stories.attach(row, found[0].item.text + "。")
    assert caught.value.code == "J013"


def test_a_story_that_is_not_there(folder: Path) -> None:
    found, _ = sources.load([folder / "marked"])
    (folder / "news" / "2020.jsonl").write_text("", "utf-8")
    _, (fault,) = detach(found, folder / "news")
    assert "not among the texts" in fault.message
    path = folder / "annotations.jsonl"
    path.write_text(json.dumps(stories.detach(found[0].item)) + "\n", "utf-8")
    with pytest.raises(JucuoError) as caught:
        list(stories.read(path, folder / "news"))
    assert caught.value.code == "J007"
    with pytest.raises(JucuoError):
        sources.load([path])
