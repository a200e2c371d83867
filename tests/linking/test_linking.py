"""Subject, place and date of claims, on sentences written for the purpose."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from jucuo.corpus.markup import read
from jucuo.linking import link
from jucuo.linking.choice import Linear, Rules, trained
from jucuo.linking.lexicon import SORTS, anaphors, words
from jucuo.linking.link import link_with
from jucuo.linking.tokens import tokenise
from jucuo.records import Article, Claim, Entity, Span

CASES = Path(__file__).parent / "cases"


def cases() -> Iterator[object]:
    for path in sorted(CASES.glob("*.txt")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line and not line.startswith("#"):
                yield pytest.param(line.replace("⏎", "\n"), id=f"{path.stem}:{number}")


def bare(claims: tuple[Claim, ...]) -> list[Claim]:
    return [replace(c, subject=None, where=None, as_of=None) for c in claims]


def links(claim: Claim) -> tuple[str, str | None, str | None, str | None]:
    surface = [x.text if x else None for x in (claim.subject, claim.where)]
    return claim.text, surface[0], surface[1], claim.as_of


@pytest.mark.parametrize("line", [*cases()])
def test_rules(line: str) -> None:
    """What the rules propose."""
    item = read(f"id: case\nkind: report\n---\n{line}\n")
    found, _ = link_with(Rules(), item.text, bare(item.record.claims), item.record.entities)
    assert [links(c) for c in found] == [links(c) for c in item.record.claims]


def test_most_cases_are_chosen_as_the_rules_propose() -> None:
    """The weights, learned from other texts, agree with the cases on nearly all links that these have."""
    hits = total = 0
    for param in cases():
        item = read(f"id: case\nkind: report\n---\n{param.values[0]}\n")  # type: ignore[attr-defined]
        found = link(item.text, bare(item.record.claims), item.record.entities)
        for a, b in zip(item.record.claims, found, strict=True):
            for x, y in zip(links(a)[1:], links(b)[1:], strict=True):
                total += x is not None
                hits += x is not None and x == y
    assert total > 300
    assert hits > 0.85 * total, (hits, total)


@pytest.mark.parametrize("line", [p for p in cases() if str(p.id).startswith("settled")])  # type: ignore[attr-defined]
def test_a_settled_subject_is_obeyed(line: str) -> None:
    """Where the construction decides, the weights have no say."""
    item = read(f"id: case\nkind: report\n---\n{line}\n")
    found = link(item.text, bare(item.record.claims), item.record.entities)
    assert [links(c)[:2] for c in found] == [links(c)[:2] for c in item.record.claims]


def test_acts_alone_in_a_list_are_counted_each_for_itself() -> None:
    text = "签约12个、开工9个、竣工5个。"
    starts = [text.index(n) for n in ("12个", "9个", "5个")]
    claims = [
        Claim(a, text.index("个", a) + 1, text[a : text.index("个", a) + 1], "count", unit="个")
        for a in starts
    ]
    assert [c.subject and c.subject.text for c in link(text, claims, [])][1:] == ["开工", "竣工"]


def test_the_highest_score_wins() -> None:
    claim = Claim(0, 3, "62家", "count", value=62, unit="家", bound="exact")
    model = Linear({"where": {"near": 2.0, "far": -1.0, "N": 1.5}})
    rows = [("far", ["far", "unknown"]), ("near", ["near", "far"]), (None, ["N"])]
    assert model.choose("where", claim, rows) is None
    assert model.choose("where", claim, rows[:2]) == "near"
    assert Rules().choose("where", claim, rows) is None
    assert Rules().choose("where", claim, [("a", ["near"]), ("b", ["rule", "far"]), (None, ["N"])]) == "b"


def test_every_link_has_weights() -> None:
    for link_name, weights in trained().weights.items():
        assert link_name == "actor" or {"rule", "N"} <= weights.keys(), link_name
        assert len(weights) > 1000
    assert set(trained().weights) == {"subject", "where", "as_of", "actor"}


@pytest.mark.parametrize(
    "line",
    [
        "截至<7月6日|date 2021-07-06>，[平湖|GPE]有水泵<83台|count 83 台; s=水泵; w=平湖; t=2021-07-06>。",
        "<今年|date 2022>，[恒源纺织公司|ORG]现有机床<46台|count 46 台; s=机床; w=恒源纺织公司; t=2022>。",
        "[长丰公司|ORG]总经理[王立新|PERSON]说，新招了<35名|count 35 人; s=工人; w=长丰公司>工人。",
    ],
)
def test_links(line: str) -> None:
    item = read(f"id: case\nkind: report\n---\n{line}\n")
    found = link(item.text, bare(item.record.claims), item.record.entities)
    assert [links(c) for c in found] == [links(c) for c in item.record.claims]


def settled() -> Iterator[object]:
    for number, line in enumerate((CASES.parent / "settled.txt").read_text("utf-8").splitlines(), 1):
        if line and not line.startswith("#"):
            yield pytest.param(line.replace("⏎", "\n"), id=str(number))


@pytest.mark.parametrize("line", list(settled()))
def test_settled(line: str) -> None:
    """Where a construction decides, the weights have no say: places and dates alone are compared."""
    item = read(f"id: case\nkind: report\n---\n{line}\n")
    found = link(item.text, bare(item.record.claims), item.record.entities)
    assert [links(c)[2:] for c in found] == [links(c)[2:] for c in item.record.claims]


def test_the_nearest_mention_of_a_name() -> None:
    text = "云岭区防汛\n云岭区干部下村。目前已备沙袋62个。"
    claim = Claim(text.index("62"), text.index("62") + 3, "62个", "count", value=62, unit="个", bound="exact")
    found = link(text, [claim], [Entity(0, 3, "云岭区", "GPE"), Entity(6, 9, "云岭区", "GPE")])
    assert found[0].where == Span(6, 9, "云岭区")


def test_there_are_enough_cases() -> None:
    assert len(list(cases())) >= 250


def test_claims_keep_everything_but_their_links() -> None:
    text = "青河区现有企业62家。"
    claim = Claim(7, 10, "62家", "count", value=62, unit="家", bound="exact")
    entity = Entity(0, 3, "青河区", "GPE")
    (found,) = link(text, [claim], [entity])
    assert replace(found, subject=None, where=None, as_of=None, base=None) == claim
    assert found.subject == Span(5, 7, "企业")
    assert found.where == Span(0, 3, "青河区")


def test_nothing_to_link() -> None:
    assert link("", [], []) == []
    assert link("没有数字。", [], [Entity(0, 2, "没有", "GPE")]) == []


def test_spans_point_into_the_text() -> None:
    for path in CASES.glob("*.txt"):
        body = "\n".join(x for x in path.read_text(encoding="utf-8").splitlines() if not x.startswith("#"))
        item = read(f"id: case\nkind: report\n---\n{body}\n")
        for claim in link(item.text, bare(item.record.claims), item.record.entities):
            for span in (claim.subject, claim.where):
                assert span is None or item.text[span.start : span.end] == span.text


def test_broken_claims_do_not_raise() -> None:
    text = "甲乙丙丁"
    overlapping = [
        Claim(0, 3, "甲乙丙", "count", value=1, unit=""),
        Claim(1, 4, "乙丙丁", "percent", value=1, unit="%"),
    ]
    entities = [Entity(0, 4, text, "GPE"), Entity(0, 2, "甲乙", "ORG")]
    assert [c.text for c in link(text, overlapping, entities)] == ["甲乙丙", "乙丙丁"]


@pytest.mark.parametrize(
    "piece",
    [
        "有企业62家，",
        "62家",
        "62家企业、",
        "分别",
        "的",
        "“",
        "青河区",
        "、",
        "对",
        "（",
        "\n",
        "由20张",
        "新华社青河区3日电 好。\n",
    ],
)
def test_linear(piece: str) -> None:
    """Ten times the text takes about ten times as long, whatever it is made of."""

    def seconds(n: int) -> float:
        text = piece * n
        claims, entities = [], []
        for i in range(n):
            start = i * len(piece)
            for unit, value in (("62家", 62), ("20张", 20)):
                if unit in piece:
                    at = start + piece.index(unit)
                    claims.append(Claim(at, at + 3, unit, "count", value=value, unit=unit[-1], bound="exact"))
            if "青河区" in piece:
                at = start + piece.index("青河区")
                entities.append(Entity(at, at + 3, "青河区", "GPE"))
        begin = time.process_time()
        link(text, claims, entities)
        return time.process_time() - begin

    seconds(200)
    small = max(seconds(1000), 0.002)
    assert seconds(10_000) < 40 * small


def test_articles_do_not_share_topics() -> None:
    text = "青河区复工。\n现有企业62家。"
    claim = Claim(11, 14, "62家", "count", value=62, unit="家", bound="exact")
    entity = Entity(0, 3, "青河区", "GPE")
    assert link(text, [claim], [entity])[0].where == Span(0, 3, "青河区")
    pages = [Article(0, 6), Article(7, 15)]
    assert link(text, [claim], [entity], articles=pages)[0].where is None


def test_links_show_the_text_as_given() -> None:
    text = "青河區現有企業62家。"
    claim = Claim(7, 10, "62家", "count", value=62, unit="家", bound="exact")
    (found,) = link(text, [claim], [Entity(0, 3, "青河區", "GPE")])
    assert found.subject == Span(5, 7, "企業")


@pytest.mark.parametrize("kind", "nwvabdpcrftui")
def test_words(kind: str) -> None:
    """Every word of the list is read back as one token of its class."""
    listed = [w for w, k in words().items() if k == kind]
    assert listed
    for word in listed:
        sent = tokenise(word, 0, len(word), [])
        assert (sent.kinds, [sent.words[0]]) == ([kind], [word])


def test_anaphors_point_to_a_known_sort() -> None:
    assert set(anaphors().values()) == set(SORTS)
    for word in anaphors():
        assert tokenise(word, 0, len(word), []).words[0] == word


def test_a_place_is_no_subject() -> None:
    text = "小麦收完。东坪县96万亩、南塘县88万亩。"
    claims = [
        Claim(a, a + 4, text[a : a + 4], "quantity", value=1, unit="mu")
        for a in (text.index("96"), text.index("88"))
    ]
    places = [Entity(a, a + 3, text[a : a + 3], "GPE") for a in (text.index("东坪"), text.index("南塘"))]
    found = link(text, claims, places)
    assert [c.where and c.where.text for c in found] == ["东坪县", "南塘县"]
    assert not {c.subject.text for c in found if c.subject} & {"东坪县", "南塘县"}


def test_nouns_that_are_counted_apart_are_no_places() -> None:
    text = "东坪区、南塘区增长较快。收入和支出分别增长3%和5%。"
    claims = [
        Claim(a, a + 2, text[a : a + 2], "percent", unit="%", trend="up")
        for a in (text.index("3%"), text.index("5%"))
    ]
    places = [Entity(0, 3, "东坪区", "GPE"), Entity(4, 7, "南塘区", "GPE")]
    assert len({c.where and c.where.text for c in link(text, claims, places)}) == 1
