"""Conversions there and back, and what is said of what cannot be kept."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from jucuo.corpus import formats, markup
from jucuo.corpus.formats.labelstudio import utf16_offsets
from jucuo.corpus.markup import AnnotatedText
from jucuo.records import Claim, Entity, Measure, Span

MARKED = r"""id: a-1
published: 2020-03-11
kind: report
tags: half-width, 𠮷
relation: percent #p = #b / #a
---
[𠮷田县|GPE] # \[网\]	讯
{在[𠮷田县|GPE]设立<5个|count 5 个; s=检查
站; w=𠮷田县>检查
站|checkpoint; a=𠮷田县},[李明|PERSON]𡃁说。
共<62家|count 62 家 #a>,复工<59家|count 59 家 #b>,<95.2%|percent 95.2 % up #p; b=上月>。
"""


@pytest.fixture
def items() -> list[AnnotatedText]:
    first = markup.read(MARKED)
    second = markup.read(
        "id: b.2\nkind: brief\n---\n第二篇,<近日三次|frequency 3 次 P1D>。\n\n[甲|GPE][乙|GPE]\n"
    )
    return [first, second]


def there_and_back(
    name: str, items: list[AnnotatedText], tmp_path: Path
) -> tuple[list[AnnotatedText], list[str]]:
    out = tmp_path / name
    lost = formats.write(name, items, out)
    assert all(f.warning for f in lost), lost
    back, faults = formats.read(name, [out])
    assert not faults
    return back, [f.message for f in lost]


def without_relations(item: AnnotatedText) -> AnnotatedText:
    return replace(item, relations=(), claim_ids={})


def bare(item: AnnotatedText) -> AnnotatedText:
    """What spans with labels alone can hold."""
    record = replace(
        item.record,
        claims=tuple(Claim(c.start, c.end, c.text, c.kind) for c in item.record.claims),
        measures=tuple(Measure(m.start, m.end, m.text, m.category) for m in item.record.measures),
    )
    return without_relations(replace(item, record=record))


@pytest.mark.parametrize("name", ["jsonl", "docbin"])
def test_formats_that_hold_everything(name: str, items: list[AnnotatedText], tmp_path: Path) -> None:
    back, lost = there_and_back(name, items, tmp_path)
    assert not lost
    assert [without_relations(x) for x in back] == [without_relations(x) for x in items]
    claims = back[0].record.claims
    (relation,) = back[0].relations
    assert [claims[back[0].claim_ids[c]].text for c in relation.claims] == ["95.2%", "59家", "62家"]


def test_the_markup_holds_everything(items: list[AnnotatedText], tmp_path: Path) -> None:
    back, lost = there_and_back("marked", items, tmp_path)
    assert not lost
    assert back == items


@pytest.mark.parametrize("name", ["labelstudio", "prodigy", "brat"])
def test_formats_with_notes(name: str, items: list[AnnotatedText], tmp_path: Path) -> None:
    back, lost = there_and_back(name, items, tmp_path)
    expected = [without_relations(x) for x in items]
    if name == "brat":
        expected = [replace(x, kind="?", tags=(), record=replace(x.record, published=None)) for x in expected]
        assert "dates and kinds of texts are not held by this format" in lost
    assert back == expected
    assert "1 relations between claims are not held by this format" in lost


@pytest.mark.parametrize("name", ["doccano", "conll"])
def test_formats_of_spans_alone(name: str, items: list[AnnotatedText], tmp_path: Path) -> None:
    back, lost = there_and_back(name, items, tmp_path)
    assert back == [bare(x) for x in items]
    assert "normal forms and links of 5 claims are not held by this format" in lost
    assert "1 actors of measures are not held by this format" in lost


def test_label_studio_counts_utf16_units(items: list[AnnotatedText], tmp_path: Path) -> None:
    assert utf16_offsets("a𠮷b") == [0, 1, 3, 4]
    formats.write("labelstudio", items, tmp_path / "ls.json")
    task = json.loads((tmp_path / "ls.json").read_text("utf-8"))[0]
    regions = [x["value"] for x in task["annotations"][0]["result"] if x["type"] == "labels"]
    raw = task["data"]["text"].encode("utf-16-le")
    for value in regions:
        assert raw[2 * value["start"] : 2 * value["end"]].decode("utf-16-le") == value["text"]
    person = next(v for v in regions if v["labels"] == ["PERSON"])
    assert person["start"] == task["data"]["text"].index("李明") + 2  # two 𠮷 before it


def edited(tmp_path: Path, name: str, old: str, new: str) -> list[str]:
    """Faults of reading a small file after `old` in it has become `new`."""
    item = markup.read("id: a\nkind: report\n---\n在[𠮷县|GPE]的<12个|count 12 个>村。\n")
    path = tmp_path / name
    formats.write(name, [item], path)
    file = path / "a.ann" if path.is_dir() else path
    content = file.read_text("utf-8")
    assert old in content
    file.write_text(content.replace(old, new, 1), "utf-8")
    _, faults = formats.read(name, [path])
    return [f.message for f in faults if not f.warning]


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("doccano", '[1, 3, "GPE"]', '[1, 3, "CITY"]', "unknown label"),
        ("doccano", '[1, 3, "GPE"]', '[1, 30, "GPE"]', "outside the text of 9 characters"),
        ("doccano", '[1, 3, "GPE"]', '[1, 3, "GPE"], [2, 4, "ORG"]', "overlaps '𠮷县'"),
        ("doccano", '[1, 3, "GPE"]', '["1", 3, "GPE"]', "cannot be read"),
        ("labelstudio", '"end": 4', '"end": 2', "no character has its edge there"),
        ("labelstudio", '"end": 4', '"end": 5', "misaligned"),
        ("prodigy", '"start": 1, "end": 3, "label"', '"start": 2, "end": 4, "label"', "misaligned"),
        ("prodigy", '{"text"', '{"answer": "reject", "text"', "its answer is reject"),
        ("brat", "GPE 1 3", "GPE 0 3", "misaligned"),
        ("brat", "GPE 1 3", "GPE 1 2;2 3", "in pieces"),
        ("brat", "T1\t", "Q1\t", "line left out"),
        ("brat", '"value": 12', '"value": 1 2', "note cannot be read"),
        ("conll", "B-GPE", "I-GPE", "does not continue a span"),
        ("conll", "\tO\tB-count\tO", "\tO\tB-count", "3 columns instead of 4"),
        ("jsonl", '"start": 1, "end": 3', '"start": 2, "end": 4', "does not stand at 2 to 4"),
        ("jsonl", '"entities"', "entities", "cannot be read"),
    ],
)
def test_nothing_is_dropped_without_a_message(
    tmp_path: Path, name: str, old: str, new: str, message: str
) -> None:
    assert any(message in m for m in edited(tmp_path, name, old, new))


def test_docbin_says_what_does_not_fit_the_tokens(tmp_path: Path) -> None:
    cut = markup.read("id: a\nkind: report\n---\n[甲1|GPE]2号。\n")
    (fault,) = formats.write("docbin", [cut], tmp_path / "x.spacy")
    assert "a left out" in fault.message
    wider = markup.read("id: a\nkind: report\n---\n<甲1|ordinal 1>2号。\n")
    (fault,) = formats.write("docbin", [wider], tmp_path / "x.spacy")
    assert fault.warning
    assert "'甲1' at 0 is cut by a token" in fault.message


def test_the_markup_refuses_what_it_cannot_hold(tmp_path: Path) -> None:
    item = markup.read("id: a\nkind: report\n---\n甲乙丙。\n")
    crossing = replace(
        item.record,
        entities=(Entity(0, 2, "甲乙", "GPE"),),
        measures=(Measure(1, 3, "乙丙", "testing"),),
    )
    (fault,) = formats.write("marked", [replace(item, record=crossing)], tmp_path)
    assert "cannot hold" in fault.message
    linked = Claim(1, 3, "乙丙", "count", value=2, unit="", bound="exact", subject=Span(2, 3, "丙"))
    (fault,) = formats.write(
        "marked", [replace(item, record=replace(item.record, claims=(linked,)))], tmp_path
    )
    assert "cannot hold" in fault.message
    formless = replace(item.record, claims=(Claim(0, 1, "甲", "count"),))
    (fault,) = formats.write("marked", [replace(item, record=formless)], tmp_path)
    assert "1 claims without a normal form" in fault.message


def test_doccano_exports_of_the_newer_form(tmp_path: Path) -> None:
    row = {
        "id": 7,
        "text": "甲县设卡",
        "entities": [{"id": 1, "label": "GPE", "start_offset": 0, "end_offset": 2}],
        "relations": [],
    }
    path = tmp_path / "x.jsonl"
    path.write_text(json.dumps(row) + "\n", "utf-8")
    ((item,), faults) = formats.read("doccano", [path])
    assert not faults
    assert item.record.entities == (Entity(0, 2, "甲县", "GPE"),)
