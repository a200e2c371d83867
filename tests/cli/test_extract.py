"""``jucuo extract``: what goes in, what comes out, and what happens with bad input."""

import csv
import io
import json

import pytest

from jucuo.cli import main

TEXT = "昨日，青河区设立检查站12个。"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "b.txt").write_bytes(("3月5日，" + TEXT).encode("gb18030"))
    row = {"id": "x", "text": TEXT, "published": "2020-03-06", "page": 3}
    (tmp_path / "c.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    return tmp_path


def lines(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_a_folder(folder, tmp_path):
    out = tmp_path.parent / "facts.jsonl"
    assert main(["extract", str(folder), "-o", str(out), "--published", "2020-03-10"]) == 0
    rows = lines(out)
    assert [r["id"] for r in rows] == ["a.txt", "b.txt", "x"]
    assert [r["published"] for r in rows] == ["2020-03-10", "2020-03-10", "2020-03-06"]
    assert rows[2]["meta"] == {"page": 3}
    assert rows[0]["claims"][0]["timex"] == "2020-03-09"
    assert {"id", "source", "published", "articles", "entities", "claims", "measures"} <= set(rows[0])


def test_standard_input_and_output(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    assert main(["extract", "-", "--published", "2020-03-10"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["claims"][1]["value"] == 12
    assert err == ""


def test_csv(folder, tmp_path):
    out = tmp_path / "facts.csv"
    assert main(["extract", str(folder / "a.txt"), "-o", str(out)]) == 0
    rows = list(csv.DictReader(out.read_text("utf-8-sig").splitlines()))
    assert any(r["fact"] == "claim" and r["text"] == "12个" and r["value"] == "12" for r in rows)


def test_html(folder, tmp_path):
    out = tmp_path / "facts.html"
    assert main(["extract", str(folder / "a.txt"), "-o", str(out)]) == 0
    assert '<span class="claim" title="12 个 检查站">12个' in out.read_text("utf-8")


BAD = [
    ("missing.txt", None, "J001"),
    ("empty.txt", b"", "J003"),
    ("blank.txt", b" \n", "J003"),
    ("noise.txt", bytes(range(128, 256)) * 40, "J005"),
    ("broken.jsonl", b'{"id": "a", "text": \n', "J006"),
    ("nokey.jsonl", b'{"id": "a"}\n', "J007"),
    ("wrongdate.jsonl", '{"id": "a", "text": "一", "published": "2020-02-30"}\n'.encode(), "J008"),
]


@pytest.mark.parametrize(("name", "data", "code"), BAD)
def test_bad_input_is_told_and_the_rest_is_done(folder, tmp_path, capsys, name, data, code):
    bad = tmp_path / name
    if data is not None:
        bad.write_bytes(data)
    assert main(["extract", str(bad), str(folder / "a.txt")]) == 1
    out, err = capsys.readouterr()
    assert f"error: {code} {bad}" in err
    assert [json.loads(line)["id"] for line in out.splitlines()] == ["a.txt"]
    if name.endswith(".jsonl"):
        assert f"{bad}:1:" in err


def test_a_folder_without_texts(tmp_path, capsys):
    assert main(["extract", str(tmp_path)]) == 1
    assert "J004" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["extract", "A", "--published", "2020-99-01"],
        ["extract", "A", "-o", "nowhere/x.jsonl"],
        ["extract", "A", "--format", "parquet"],
        ["extract", "A", "-o", "A"],
        ["extract", "A", "--model", "no_such_model"],
        ["extract", "A", "--taxonomy", "none.json"],
        ["extract"],
        ["unknown"],
    ],
)
def test_wrong_usage(folder, arguments, monkeypatch, capsys):
    monkeypatch.chdir(folder)
    given = ["a.txt" if a == "A" else a for a in arguments]
    try:
        assert main(given) == 2
    except SystemExit as e:
        assert e.code == 2
    assert capsys.readouterr().err
