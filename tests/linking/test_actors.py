"""Who takes a measure, and what a change is measured against, on sentences written for the purpose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import spacy

from jucuo import claims
from jucuo.corpus.markup import AnnotatedText, read
from jucuo.linking import link, link_all
from jucuo.linking.base import tidy
from jucuo.pipeline import extensions
from jucuo.pipeline.extensions import record_of
from jucuo.records import Article, Entity, Measure, Span

HERE = Path(__file__).parent


def cases(name: str) -> Iterator[AnnotatedText]:
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            body = line.replace("⏎", "\n")
            yield read(f"id: {line[:12]}\nkind: report\n---\n{body}\n")


def actors(measures: tuple[Measure, ...] | list[Measure]) -> list[tuple[str, str | None]]:
    return [(m.text, m.actor.text if m.actor else None) for m in measures]


def test_actors() -> None:
    """The weights were learned from other texts; nearly all of the table is to come out."""
    hits = total = 0
    wrong = []
    for item in cases("actors.txt"):
        record = item.record
        bare = [replace(m, actor=None) for m in record.measures]
        _, found = link_all(item.text, record.claims, bare, record.entities)
        for gold, got in zip(actors(record.measures), actors(found), strict=True):
            total += 1
            hits += gold == got
            wrong += [] if gold == got else [(gold, got)]
    assert total >= 40
    assert hits >= 0.9 * total, wrong


@pytest.mark.parametrize(
    "line",
    [
        "一、[东坪区|GPE]⏎{开展全员核酸检测|testing; a=东坪区}，{设采样点|testing; a=东坪区}。",
        "[南塘县|GPE]：⏎{设采样点|testing; a=南塘县}。",
        "[东坪区|GPE]⏎[区交通局|ORG]{设卡点|checkpoint; a=区交通局}。",
        "[新华社|ORG][兰州|GPE]<7月20日|date 2020-07-20>电 {转移群众|disaster_response}。",
        "本报讯 {设置卡点|checkpoint}。",
        "据[云岭电视台|ORG]报道，{转移群众|disaster_response}。",
        "地震发生后，{转移群众|disaster_response}。",
    ],
)
def test_settled_actors(line: str) -> None:
    (item,) = [read(f"id: case\nkind: report\n---\n{line.replace('⏎', chr(10))}\n")]
    bare = [replace(m, actor=None) for m in item.record.measures]
    _, found = link_all(item.text, item.record.claims, bare, item.record.entities)
    assert actors(found) == actors(item.record.measures)


@pytest.mark.parametrize("item", list(cases("bases.txt")), ids=lambda item: item.id)
def test_bases(item: AnnotatedText) -> None:
    """From the text alone: the finder gives the change and its own base, the linker the rest."""
    gold = {(c.start, c.end): c.base for c in item.record.claims if c.trend}
    found = link(item.text, claims.find(item.text, "2020-03-11"), [])
    assert {(c.start, c.end): c.base for c in found if c.trend} == gold


@pytest.mark.parametrize(
    ("base", "short"),
    [
        ("同比", "同比"),
        ("比上年", "上年"),
        ("较1—2月", "1—2月"),
        ("比去年同期的1.2亿千瓦时", "去年同期"),
        ("比传统的储气罐", "传统的储气罐"),
        ("同期", "同期"),
        ("比", "比"),
    ],
)
def test_tidy(base: str, short: str) -> None:
    assert tidy(base) == short


def test_measures_keep_everything_but_their_actor() -> None:
    text = "青河區卫健局設立5個卡點。"
    measure = Measure(6, 12, "設立5個卡點", "checkpoint", score=0.7)
    _, (found,) = link_all(text, [], [measure], [Entity(0, 6, "青河區卫健局", "ORG")])
    assert replace(found, actor=None) == measure
    assert found.actor == Span(0, 6, "青河區卫健局")


def test_articles_do_not_share_actors() -> None:
    text = "青河区卫健局连夜行动。\n设立卡点。"
    measure = Measure(12, 16, "设立卡点", "checkpoint")
    entity = Entity(0, 6, "青河区卫健局", "ORG")
    pages = [Article(0, 11), Article(12, 17)]
    assert link_all(text, [], [measure], [entity], pages)[1][0].actor is None


def test_measures_in_any_order_and_place() -> None:
    text = "镇里设卡。镇里消毒。"
    rows = [Measure(7, 9, "消毒", "disinfection"), Measure(2, 4, "设卡", "checkpoint")]
    _, found = link_all(text, [], rows, [])
    assert actors(found) == [("设卡", "镇里"), ("消毒", "镇里")]
    _, found = link_all("设卡", [], [Measure(0, 2, "设卡", "checkpoint")], [])
    assert actors(found) == [("设卡", None)]


def test_the_claims_component_names_actors() -> None:
    """Facts keep what else they hold, and the attribute of the span shows the actor."""
    nlp = spacy.blank("zh")
    nlp.add_pipe("jucuo_claims")
    doc = nlp.make_doc("松原区卫健局设立采样点42个。")
    doc.set_ents([doc.char_span(0, 6, label="ORG")])
    fact = {"start": 6, "end": 14, "text": "设立采样点42个", "category": "testing", "score": 0.8, "more": 1}
    extensions.store(doc, extensions.MEASURES, [fact], "category")
    nlp.get_pipe("jucuo_claims")(doc)
    (span,) = doc.spans[extensions.MEASURES]
    assert span._.actor == Span(0, 6, "松原区卫健局")
    facts = doc.spans[extensions.MEASURES].attrs["facts"]
    assert facts == [{**fact, "actor": {"start": 0, "end": 6, "text": "松原区卫健局"}}]
    assert record_of(doc).measures[0].actor == span._.actor
