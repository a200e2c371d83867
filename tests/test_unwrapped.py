"""Wrapped text says what it said before it was wrapped."""

from __future__ import annotations

import pytest

from jucuo.records import Article, Entity, Measure
from jucuo.unwrapped import find_and_link

NOTICE = (
    "截至3月5日，云溪县64家商场中已有59家开门，开门率达92.3%。县税务局累计减免税费1.84亿元，惠及商户1260户，"
    "户均减负上升0.6个百分点。县水务局组织抢修队员310名，在27个村疏通渠道7.5公里，抽水12.6万立方米。"
)


def claims(text: str) -> list[tuple]:
    found, _ = find_and_link(text, "2020-03-06", [], [], [])
    assert all(text[c.start : c.end] == c.text for c in found)
    assert all(c.subject is None or text[c.subject.start : c.subject.end] == c.subject.text for c in found)
    return [
        (
            "".join(c.text.split()),
            c.value,
            c.unit,
            c.timex,
            c.as_of,
            c.subject and "".join(c.subject.text.split()),
        )
        for c in found
    ]


@pytest.mark.parametrize("width", range(18, 46))
def test_a_notice_at_every_width(width: int) -> None:
    lines = [NOTICE[i : i + width] for i in range(0, len(NOTICE), width)]
    found = claims("\n".join(lines))
    assert [c[:4] for c in found] == [c[:4] for c in claims(NOTICE)]
    for end in ("\r\n", "\r"):
        assert claims(end.join(lines)) == found


BROKEN = [
    ("全县组织抢修队员12\n0名下乡。", [120]),
    ("全县组织抢修队员12\r\n0名下乡。", [120]),
    ("全县商场的开门率达到90.\n8%，升得很快。", [90.8]),
    ("全县商场的开门率达到90\n.8%，升得很快。", [90.8]),
    ("县财政局拨付渠道专款1,\n260户，其余自筹。", [1260]),
    ("县财政局拨付渠道专款8\n00万元，其余自筹。", [8000000]),
    # not broken numbers
    ("云溪县本月新开商场12\n3月5日，全县排查62人。", [62]),
    ("云溪县各镇新开商场数\n62家\n15家\n20家\n", [62, 15, 20]),
    ("云溪县新开商场的情况\n12家商场开门了。", [12]),
    ("今年的任务：\n1.抢修渠道27公里；\n2.疏通渠道15公里。", [27, 15]),
]


@pytest.mark.parametrize(("text", "values"), BROKEN)
def test_numbers_over_two_lines(text: str, values: list) -> None:
    assert [value for _, value, *_ in claims(text) if value is not None] == values


def test_names_and_actors_keep_their_offsets() -> None:
    text = (
        "商场都已经开门迎客，人来人往。截至3月5日，云溪县水\r\n务局组织抢修队员31\r\n0名，在27个村疏通渠道。"
    )
    name = "云溪县水\r\n务局"
    at = text.index(name)
    start = text.index("组织")
    measure = Measure(start, start + 12, text[start : start + 12], "disaster_response")
    found, acted = find_and_link(
        text, "2020-03-06", [Entity(at, at + 8, name, "ORG")], [measure], [Article(0, len(text))]
    )
    assert acted[0].text == "组织抢修队员31\r\n0名"
    assert acted[0].actor is not None and acted[0].actor.text == name
    assert {c.where.text for c in found if c.where} == {name}
    assert "31\r\n0名" in [c.text for c in found]
