"""Properties of the finders: no exceptions, no overlaps, linear time, no change with width or script."""

from __future__ import annotations

import json
import math
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jucuo import claims, quantities
from jucuo.records import BOUNDS, CLAIM_KINDS, Entity

PIECES = st.sampled_from(
    [
        "0",
        "1",
        "9",
        "12",
        "2020",
        "1,200",
        "3.5",
        "０",
        "９",
        "一",
        "二",
        "两",
        "三",
        "十",
        "百",
        "千",
        "万",
        "亿",
        "零",
        "〇",
        "几",
        "数",
        "半",
        "点",
        "分之",
        "百分之",
        "成",
        "折",
        "%",
        "％",
        "个百分点",
        "元",
        "美元",
        "￥",
        "$",
        "公斤",
        "吨",
        "亩",
        "度",
        "℃",
        "米",
        "里",
        "人",
        "名",
        "位",
        "个",
        "家",
        "次",
        "遍",
        "天",
        "周",
        "月",
        "年",
        "每",
        "每天",
        "第",
        "约",
        "近",
        "超过",
        "不足",
        "上",
        "多",
        "余",
        "来",
        "以上",
        "左右",
        "至",
        "到",
        "-",
        "—",
        "~",
        "、",
        "，",
        "。",
        "：",
        "/",
        "+",
        "(",
        ")",
        "（",
        "）",
        "“",
        "”",
        "增长",
        "下降",
        "同比",
        "比上年",
        "零下",
        "时速",
        "\n",
        "A",
        "G",
        "x",
    ]
)
TEXTS = st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=60)


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_claims_are_sound(text: str) -> None:
    found = claims.find(text, "2020-03-11")
    end = 0
    for c in found:
        assert end <= c.start < c.end <= len(text)
        assert text[c.start : c.end] == c.text
        assert c.kind in CLAIM_KINDS
        end = c.end
        if c.kind not in ("date", "time", "duration"):
            assert (c.value is None) != (c.low is None)
            assert (c.low is None) == (c.high is None)
            assert c.low is None or c.low <= c.high
            if c.kind == "ordinal":
                assert c.bound is None
            else:
                assert c.bound in BOUNDS
                assert (c.bound == "range") == (c.low is not None)
            for x in (c.value, c.low, c.high):
                assert x is None or (isinstance(x, int | float) and math.isfinite(x))
                assert not isinstance(x, float) or not x.is_integer() or abs(x) > 2**53
        json.dumps([c.value, c.low, c.high])


def seconds(text: str) -> float:
    best = math.inf
    for _ in range(3):
        start = time.process_time()
        claims.find(text, "2020-03-11")
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize(
    "unit",
    [
        "7",
        "三",
        "万",
        "一二",
        "3,",
        "3.",
        "1至",
        "百分之",
        "第",
        "每天",
        "约",
        "3家",
        "增长",
        "比上年",
        "三分之",
        "两两",
        "$1",
        "每",
        "千",
    ],
)
def test_time_is_linear(unit: str) -> None:
    small, large = unit * (1_500 // len(unit)), unit * (15_000 // len(unit))
    seconds(small)
    assert seconds(large) < 25 * max(seconds(small), 0.0005)


def test_long_runs_of_digits_are_no_claims() -> None:
    for text in ("7" * 10_000, "三" * 10_000, "7" * 10_000 + "元", "三千" * 5_000 + "个"):
        assert quantities.find(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("今年一天两次测温，共12人", ["今年", "一天两次", "12人"]),
        ("每两天一人次外出，持续两个半小时", ["每两天一人次", "两个半小时"]),
        ("3月5日，全区62家企业复工", ["3月5日", "62家"]),
        ("近三年投入3亿元", ["近三年", "3亿元"]),
        ("65岁以上老人120名", ["65岁以上", "120名"]),
    ],
)
def test_numbers_and_times_together(text: str, expected: list[str]) -> None:
    assert [c.text for c in claims.find(text, "2020-03-11")] == expected


def entity(text: str, surface: str) -> Entity:
    start = text.index(surface)
    return Entity(start, start + len(surface), surface, "ORG")


def test_a_number_in_a_name_is_no_claim() -> None:
    text = "第三人民医院派出12名医生"
    assert [c.text for c in claims.find(text, entities=[entity(text, "第三人民医院")])] == ["12名"]
    text = "三台县有3台设备"
    assert [c.text for c in claims.find(text, entities=[entity(text, "三台县")])] == ["3台"]


def test_the_year_of_an_honour_stays() -> None:
    text = "荣获“2019年度先进单位”称号"
    found = claims.find(text, "2020-03-11", [entity(text, "2019年度先进单位")])
    assert [(c.kind, c.timex) for c in found] == [("date", "2019")]
    text = "荣获2019年度先进单位称号"
    assert claims.find(text, "2020-03-11", [entity(text, "2019年度先进单位")]) == []


def normal(text: str) -> list[tuple[object, ...]]:
    found = claims.find(text, "2020-03-11")
    return [
        (c.start, c.end, c.kind, c.value, c.low, c.high, c.unit, c.bound, c.trend, c.timex) for c in found
    ]


@pytest.mark.parametrize(
    ("plain", "other"),
    [
        ("3月5日，62家企业复工率95.5%，增长12%", "３月５日，６２家企业复工率９５．５％，增长１２％"),
        ("全区两万五千户、300亩，近万个", "全區兩萬五千戶、300畝，近萬個"),
        ("减免租金1.2亿元", "減免租金1.2億元"),
        ("3月5日，62家企业", "3月5日,62家企业"),
    ],
)
def test_width_and_script_change_nothing(plain: str, other: str) -> None:
    assert normal(plain) == normal(other)
