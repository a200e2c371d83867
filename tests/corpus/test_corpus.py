"""The corpus itself: no errors, and as much of everything as it promises."""

from __future__ import annotations

import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from jucuo.cli import main
from jucuo.corpus import check, docs, markup, sources
from jucuo.corpus.stats import DRAFTED, stats, variety
from jucuo.records import ENTITY_LABELS
from jucuo.taxonomy import CATEGORIES

ASSETS = Path(__file__).parents[2] / "assets"


@pytest.fixture(scope="module")
def articles() -> list[sources.Source]:
    found, faults = sources.load([ASSETS / "articles"])
    assert not faults, "\n".join(map(str, faults))
    return found


@pytest.fixture(scope="module")
def news() -> list[dict[str, Any]]:
    return [json.loads(r) for r in (ASSETS / "news/annotations.jsonl").read_text("utf-8").splitlines()]


def test_no_errors(articles: list[sources.Source]) -> None:
    faults = check.check(articles, docs.blank_tokenizer())
    assert not [str(f) for f in faults if not f.warning]


def test_enough_of_everything(articles: list[sources.Source], news: list[dict[str, Any]]) -> None:
    ours = stats([s.item for s in articles])
    entities = Counter(ours["entities"]) + Counter(e[2] for row in news for e in row["entities"])
    measures = Counter(ours["measures"]) + Counter(m["category"] for row in news for m in row["measures"])
    for label in ENTITY_LABELS:
        assert entities[label] >= (150 if label in ("LOC", "LAW") else 500), label
    for category in CATEGORIES:
        assert measures[category] >= 80, category
    assert sum(ours["claims"].values()) >= 3000
    assert ours["texts_with_relations"] + sum(bool(row["relations"]) for row in news) >= 80


def test_enough_text(articles: list[sources.Source], news: list[dict[str, Any]]) -> None:
    read = [s.item for s in articles if DRAFTED not in s.item.tags]
    assert len(read) >= 300
    assert sum(len(x.text) for x in read) >= 120_000
    read_news = [row for row in news if DRAFTED not in row.get("tags", ())]
    assert len(read_news) >= 300
    assert {row["id"][:4] for row in read_news} >= {"2022", "2023", "2024", "2025", "2026"}


def test_judged_phrases(news: list[dict[str, Any]]) -> None:
    rows = [json.loads(r) for r in (ASSETS / "news/categories.jsonl").read_text("utf-8").splitlines()]
    ids = [row["id"] for row in rows]
    assert ids == sorted(set(ids))
    assert not set(ids) & {row["id"] for row in news}, "what is annotated whole is not judged as well"
    for row in rows:
        edges = [at for start, end, _ in row["judged"] for at in (start, end)]
        assert edges == sorted(edges), row["id"]
        assert {label for *_, label in row["judged"]} <= {None, *CATEGORIES}, row["id"]


def test_few_errors_on_purpose(articles: list[sources.Source]) -> None:
    for source in articles:
        if any(r.wrong for r in source.item.relations):
            assert "error-on-purpose" in source.item.tags, source.file


def test_it_does_not_repeat_itself(articles: list[sources.Source]) -> None:
    # as many each time, since own_entities falls with the number of texts
    reports = [s.item for s in articles if s.item.record.measures]
    found = variety(random.Random(0).sample(reports, 1000))
    assert found["distinct_4grams"] > 0.85
    assert found["own_entities"] > 0.6
    # columns of history and the like: names of the real world, which come again by nature
    columns = [s.item for s in articles if not s.item.record.measures]
    found = variety(random.Random(0).sample(columns, 300))
    assert found["distinct_4grams"] > 0.85
    assert found["own_entities"] > 0.2
    assert len(columns) < 0.1 * len(articles)


def test_variety_is_measured_at_one_length() -> None:
    varied = "".join(map(chr, range(0x4E00, 0x4E00 + 20_000)))
    once = [markup.read(f"id: {n}\nkind: report\n---\n{chr(0x3400 + n)}{varied}\n") for n in range(6)]
    short, long = (variety(items)["distinct_4grams"] for items in (once[:5], once * 3))
    assert short == pytest.approx(0.2, abs=0.01), "five times the same text in one stretch"
    assert long == pytest.approx(short, abs=0.01), "more of the same is neither more nor less varied"
    assert variety(once[:1])["distinct_4grams"] == 1


def test_claims_that_were_drafted_count_once_they_are_read() -> None:
    page = "id: {0}\nkind: report\ntags: claims-{0}\n---\n设<3个|count 3 个>卡。\n"
    drafted, read = (markup.read(page.format(tag)) for tag in ("drafted", "read"))
    found = stats([drafted, read, read])
    assert (found["claims"]["count"], found["drafted"]) == (2, 1)


def test_annotations_by_reference_hold_no_text(news: list[dict[str, Any]]) -> None:
    def strings(value: Any) -> list[str]:
        if isinstance(value, dict):
            return [s for k, v in value.items() if k not in ("base", "unit") for s in strings(v)]
        if isinstance(value, list):
            return [s for v in value for s in strings(v)]
        return [value] if isinstance(value, str) else []

    assert all(s.isascii() for row in news for s in strings(row))
    bases = {c["base"] for row in news for c in row["claims"] if "base" in c}
    assert max(map(len, bases), default=0) <= 12, (
        "what a change is measured against, in the words of the text"
    )


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").write_text(
        "id: a\nkind: report\n---\n[甲县|GPE]{设<3个|count 3 个>卡|checkpoint}。\n", "utf-8"
    )
    assert main(["corpus", "check", str(folder)]) == 0
    assert "1 texts, 0 errors, 0 warnings" in capsys.readouterr().out
    assert main(["corpus", "stats", str(folder)]) == 0
    assert "| GPE | 1 |" in capsys.readouterr().out
    split = tmp_path / "split.json"
    assert main(["corpus", "split", str(folder), "--file", str(split)]) == 0
    assert json.loads(split.read_text("utf-8"))["train"] == ["a"]
    assert main(["corpus", "sample", str(folder), "-o", str(tmp_path / "bare")]) == 0
    assert (tmp_path / "bare/a.txt").read_text("utf-8").endswith("---\n甲县设3个卡。\n")
    capsys.readouterr()
    assert main(["corpus", "agree", str(folder), str(tmp_path / "bare"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["entities"]["r"] == 0
    out = tmp_path / "out.conll"
    assert main(["corpus", "convert", str(folder), "--to", "conll", "-o", str(out)]) == 0
    assert "B-checkpoint" in out.read_text("utf-8")
    (folder / "b.txt").write_text("id: a\nkind: report\n---\n[甲县|GPX]\n", "utf-8")
    assert main(["corpus", "check", str(folder)]) == 1
    assert f"{folder / 'b.txt'}:4:5: error: unknown entity label 'GPX'" in capsys.readouterr().out
    assert main(["corpus", "check", str(tmp_path / "none")]) == 2
    assert main(["corpus", "convert", str(folder), "--to", "word", "-o", str(out)]) == 2
