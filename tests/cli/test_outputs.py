"""What becomes of an output: it stays until all is done, and nothing that is read is written over."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from jucuo.cli import main
from jucuo.errors import JucuoError
from jucuo.export import part_of, to_json, write
from jucuo.reading.documents import make_document
from jucuo.records import Article, Entity, Measure, Record, Span

TEXT = "昨日，青河区设立检查站12个。"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT, "utf-8")
    return tmp_path / "in"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["a.txt", "--published", "2020-99-01"], 2),
        (["a.txt", "--encoding", "nonsense"], 2),
        (["missing.txt"], 1),
    ],
)
@pytest.mark.parametrize("name", ["old.jsonl", "old.csv", "old.html"])
def test_a_run_without_records_leaves_the_output(folder, monkeypatch, capsys, name, arguments, code) -> None:
    monkeypatch.chdir(folder)
    Path(name).write_text("before", "utf-8")
    assert main(["extract", *arguments, "-o", name]) == code
    assert Path(name).read_text("utf-8") == "before"
    assert sorted(p.name for p in folder.iterdir()) == ["a.txt", name]
    assert "error: J0" in capsys.readouterr().err


def rows(number: int, error: BaseException | None = None):
    for i in range(number):
        yield make_document(str(i), TEXT), Record(str(i))
    if error:
        raise error


@pytest.mark.parametrize("error", [KeyboardInterrupt(), ValueError("x")])
def test_a_broken_run_leaves_what_it_has_done(tmp_path, error) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("before", "utf-8")
    with pytest.raises(type(error)):
        write(rows(3, error), out, "jsonl", io.StringIO())
    assert out.read_text("utf-8") == "before"
    assert part_of(out).read_text("utf-8").count("\n") == 3
    assert write(rows(2), out, "jsonl", io.StringIO()) == 2
    assert out.read_text("utf-8").count("\n") == 2
    assert not part_of(out).exists()


def test_a_broken_run_is_told(folder, tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.setattr("jucuo.api.records", lambda nlp, documents: rows(3, KeyboardInterrupt()))
    assert main(["extract", str(folder), "-o", str(tmp_path / "o.jsonl")]) == 130
    assert f"3 texts are in {tmp_path / 'o.jsonl.part'}" in capsys.readouterr().err


def test_a_link_and_a_device(tmp_path) -> None:
    (tmp_path / "real.jsonl").write_text("before", "utf-8")
    (tmp_path / "link.jsonl").symlink_to("real.jsonl")
    write(rows(1), tmp_path / "link.jsonl", "jsonl", io.StringIO())
    assert (tmp_path / "link.jsonl").is_symlink()
    assert (tmp_path / "real.jsonl").read_text("utf-8").startswith("{")
    assert write(rows(1), Path("/dev/null"), "jsonl", io.StringIO()) == 1
    with pytest.raises(JucuoError, match="J009"):
        write(rows(1), tmp_path / "nowhere" / "o.jsonl", "jsonl", io.StringIO())


def test_an_output_in_the_folder_that_is_read(folder, monkeypatch, capsys) -> None:
    monkeypatch.chdir(folder)
    assert main(["extract", ".", "-o", "facts.html"]) == 0
    assert "facts.html" not in Path("facts.html").read_text("utf-8")
    assert main(["extract", ".", "-o", "facts.html"]) == 2  # it might be somebody's text
    assert "J009 facts.html" in capsys.readouterr().err
    assert main(["extract", ".", "-o", "facts.csv"]) == 1  # a page that was written is not read again
    assert "J002 facts.html" in capsys.readouterr().err
    Path("facts.html").unlink()
    for _ in range(2):  # a table is no text, so it may be replaced
        assert main(["extract", ".", "-o", "facts.csv"]) == 0


@pytest.mark.parametrize("name", ["out.xlsx", "out.json", "out.tsv", "out.txt"])
def test_names_that_stand_for_no_format(folder, tmp_path, capsys, name) -> None:
    assert main(["extract", str(folder), "-o", str(tmp_path / name)]) == 2
    assert f"J009 {tmp_path / name}" in capsys.readouterr().err
    assert not (tmp_path / name).exists()
    assert main(["extract", str(folder), "-o", str(tmp_path / name), "--format", "jsonl"]) == 0


def test_standard_output_is_utf8_everywhere(folder, monkeypatch) -> None:
    (folder / "b.txt").write_text("备足化肥2.6万吨•种子", "utf-8")
    raw = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(raw, encoding="gbk", newline="\r\n"))
    assert main(["extract", str(folder)]) == 0
    import sys

    sys.stdout.flush()
    assert [json.loads(line)["id"] for line in raw.getvalue().decode("utf-8").split("\n")[:2]] == [
        "a.txt",
        "b.txt",
    ]
    assert b"\r" not in raw.getvalue()


def test_texts_with_one_id_are_told(tmp_path, capsys) -> None:
    row = json.dumps({"id": "x", "text": TEXT}) + "\n"
    (tmp_path / "a.jsonl").write_text(row * 2, "utf-8")
    assert main(["extract", str(tmp_path)]) == 0
    assert "1 texts have the id of another text" in capsys.readouterr().err


MEASURE = Measure(10, 14, "核酸检测", "testing", Span(5, 8, "青河区"), 0.9)
RECORD = Record(
    "1",
    source="青河日报",
    published="2020-03-06",
    articles=(Article(0, 5, title="甲", published="2020-03-05"), Article(5, 20, title="乙")),
    entities=(Entity(0, 3, "云溪县", "GPE"),),
    measures=(MEASURE,),
)


def test_codes_of_other_schemes() -> None:
    (measure,) = to_json(make_document("1", TEXT), RECORD)["measures"]
    assert measure["crosswalk"]["oxcgrt"] == ["H2"]
    assert Record.from_dict(to_json(make_document("1", TEXT), RECORD)) == RECORD


def test_the_table_tells_where_a_fact_stands(tmp_path) -> None:
    write([(make_document("1", TEXT), RECORD)], tmp_path / "o.csv", "csv", io.StringIO())
    entity, measure = csv.DictReader((tmp_path / "o.csv").read_text("utf-8-sig").splitlines())
    assert (entity["source"], entity["article"], entity["article_published"]) == (
        "青河日报",
        "甲",
        "2020-03-05",
    )
    assert (measure["article"], measure["actor"], measure["actor_start"], measure["actor_end"]) == (
        "乙",
        "青河区",
        "5",
        "8",
    )
    assert (measure["oxcgrt"], measure["who_phsm"], entity["oxcgrt"]) == ("H2", "3.1.1; 3.1.2", "")


def test_parquet_has_the_columns_of_the_table(tmp_path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    write([(make_document("1", TEXT), RECORD)], tmp_path / "o.parquet", "parquet", io.StringIO())
    table = parquet.read_table(tmp_path / "o.parquet").to_pylist()
    assert table[1]["actor_start"] == 5


GOLD = {"id": "1", "text": TEXT, "entities": [], "claims": [], "measures": []}


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"entities": 5}, "J007"),
        ({"id": ["x"]}, "J007"),
        ({"claims": [{"start": 0, "end": 2}]}, "J007"),
        ({"claims": ["x"]}, "J007"),
        ({}, "J007"),  # twice
        (None, "J003"),
    ],
)
def test_records_that_cannot_be_evaluated(tmp_path, capsys, row, code) -> None:
    lines = [] if row is None else [GOLD, {**GOLD, **row}]
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(json.dumps(x) + "\n" for x in lines), "utf-8")
    assert main(["evaluate", str(path), str(path)]) == 2
    assert f"{code} {path}" + (":2" if lines else "") in capsys.readouterr().err


def test_an_output_keeps_its_rights(tmp_path) -> None:
    out = tmp_path / "out.jsonl"
    out.touch(0o600)
    write(rows(1), out, "jsonl", io.StringIO())
    assert out.stat().st_mode & 0o777 == 0o600
    assert out.read_text("utf-8")


def test_a_dash_is_standard_output(folder, monkeypatch, capsys) -> None:
    monkeypatch.chdir(folder)
    assert main(["extract", "a.txt", "-o", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["id"] == "a.txt"
    assert not Path("-").exists()
