"""Each check, on texts that have the fault and texts that do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from jucuo.corpus import check, docs, markup, sources
from jucuo.corpus.faults import Fault
from jucuo.records import Claim, Entity, Record, Span

HEAD = "published: 2020-03-11\nkind: report\n"


def faults(tmp_path: Path, *bodies: str, others: tuple[tuple[str, str], ...] = ()) -> list[Fault]:
    for i, body in enumerate(bodies):
        (tmp_path / f"t{i}.txt").write_text(f"id: t{i}\n{HEAD}{body}\n", "utf-8")
    found, read = sources.load([tmp_path])
    return read + check.check(found, docs.blank_tokenizer(), others)


@pytest.mark.parametrize(
    ("body", "line", "column", "message"),
    [
        ("---\n一[甲|GPX]。", 5, 5, "unknown entity label"),
        ("---\n编号<1|ordinal 1>2345号。", 5, 4, "'1' is cut by a token"),
        (
            "---\n[甲县卫健局|ORG]设<3个|count 3 个; w=甲县>点。",
            5,
            14,
            "where '甲县' is part of '甲县卫健局'",
        ),
        ("---\n甲县设<3个|count 3 个; w=甲县>点。", 5, 5, "where '甲县' is no entity"),
        ("---\n[李明|PERSON]捐<3个|count 3 个; w=李明>。", 5, 14, "where '李明' is a PERSON"),
        ("---\n[甲县卫健局|ORG]{消毒|disinfection; a=甲县}。", 5, 13, "actor '甲县' is part of"),
        ("---\n<3月|date 2020-3>。", 5, 2, "timex '2020-3'"),
        ("---\n<3月|date P3M>。", 5, 2, "timex 'P3M'"),
        ("---\n<三天|duration 3D>。", 5, 2, "timex '3D'"),
        ("---\n<3个|count 3 个; t=三月>。", 5, 2, "as_of '三月'"),
        ("---\n<8至3个|count 8..3 个>。", 5, 2, "runs from 8 to 3"),
        (
            "relation: part #a of #b\n---\n<9个|count 9 个 #a>占<3个|count 3 个 #b>。",
            6,
            2,
            "part 9个 is larger",
        ),
    ],
)
def test_errors(tmp_path: Path, body: str, line: int, column: int, message: str) -> None:
    (found,) = [f for f in faults(tmp_path, body) if not f.warning]
    assert (found.line, found.column) == (line, column)
    assert message in found.message


@pytest.mark.parametrize(
    ("body", "line", "column", "message"),
    [
        ("---\n共30万元。", 5, 2, "figure without a mark"),
        ("---\n[甲县|GPE]与乙县。\n到甲县。", 6, 2, "甲县 is GPE elsewhere"),
        ("---\n[甲县|GPE]与[甲县|ORG]。", 5, 11, "'甲县' is GPE and ORG"),
        ("---\n<3名|count 3 名>医生。", 5, 2, "unit 名, not 人"),
        ("---\n[甲县企业|ORG]<3家|count 3 家; s=企业>。", 5, 12, "subject '企业' is part of"),
    ],
)
def test_warnings(tmp_path: Path, body: str, line: int, column: int, message: str) -> None:
    (found,) = faults(tmp_path, body)
    assert found.warning
    assert (found.line, found.column) == (line, column)
    assert message in found.message


def test_all_faults_of_all_files(tmp_path: Path) -> None:
    found = faults(tmp_path, "---\n[甲|GPX]<3月|date 2020-3>[乙|GPY]。", "---\n[丙|GPZ]。")
    assert [(Path(f.file).name, f.column) for f in sorted(found)] == [
        ("t0.txt", 4),
        ("t0.txt", 9),
        ("t0.txt", 27),
        ("t1.txt", 4),
    ]


def test_overlaps_that_only_other_formats_can_have() -> None:
    text = "甲县卫健局设三个点"
    record = Record(
        "a",
        entities=(Entity(0, 2, "甲县", "GPE"), Entity(1, 5, "县卫健局", "ORG")),
        claims=(Claim(4, 8, "局设三个", "count", value=3, unit="个"),),
    )
    source = sources.Source(markup.AnnotatedText(text, record, "report"), "a.jsonl", 1)
    assert [f.message for f in check.overlaps(source)] == [
        "a at 1: '县卫健局' overlaps '甲县'",
        "a at 4: claim '局设三个' and entity '县卫健局' overlap",
    ]


def test_duplicates(tmp_path: Path) -> None:
    sentence = "防疫队连夜在河堤上巡查三遍并把沙袋码到两米高才回村里歇息。"
    (tmp_path / "again.txt").write_text(f"id: t0\n{HEAD}---\n{sentence}\n", "utf-8")
    error, warning = faults(tmp_path, f"---\n第一句。{sentence}")
    assert "id 't0' also stands in" in error.message
    assert "the sentence also stands in t0" in warning.message
    assert (warning.line, warning.column, warning.warning) == (5, 5, True)


def test_sentences_of_others(tmp_path: Path) -> None:
    other = "全队人马冒着大雨把最后一批桥墩浇筑完毕。"
    body = "---\n昨夜，全队人马，冒着<大雨|count 1 -; s=桥墩>把最后一批桥墩浇筑好了。"
    (found,) = faults(tmp_path, body, others=(("news-1", other),))
    assert found.message == "全队人马冒着大雨把最后一 also stands in news-1"
    assert (found.line, found.column, found.warning) == (5, 4, False)
    assert not faults(tmp_path, body, others=(("news-1", other[:14]), ("news-2", other[8:])))[1:]


@pytest.mark.parametrize(
    "value", ["2020-03-09TMO", "2020-W10", "XXXX-03-25", "T09:30", "2020-Q1", "2020-03-E", "199X", "BC0196"]
)
def test_points(value: str) -> None:
    claim = Claim(0, 1, "x", "date", timex=value)
    assert check.well_formed(value, claim)
    assert check.well_formed(f"{value}/{value}", claim)
    assert not check.well_formed(value + "?", claim)


@pytest.mark.parametrize("value", ["P3D", "PT24H", "P0.5M", "P1Y6M", "P3D/P5D", "PXY"])
def test_lengths(value: str) -> None:
    assert check.well_formed(value, Claim(0, 1, "x", "duration", timex=value))
    assert not check.well_formed(value, Claim(0, 1, "x", "date", timex=value))


def test_links_are_spans_of_the_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"id: a\n{HEAD}---\n[甲县|GPE]有<3个|count 3 个; w=甲县>。\n", "utf-8")
    ((source,), _) = sources.load([tmp_path])
    assert source.item.record.claims[0].where == Span(0, 2, "甲县")
