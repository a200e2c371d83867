"""No text makes the finder slow: time grows with length, whatever the text is made of."""

from __future__ import annotations

import random
import re
import time

import pytest

from jucuo.timex import find

_ONE = (
    r"(?:T.+|BC\d{4}|[\dX]{4}(?:-(?:[BMEHQWSFX\d]{1,3}|SP|SU|FA|WI)(?:-(?:[BME]|\d|WE|\d\d|XX)(?:T.+)?)?)?|"
    r"P[\dYMWDTHS.]+)"
)
VALUE = re.compile(rf"{_ONE}(?:/{_ONE})?")

PIECES = [
    "1",
    "三",
    "一二三十",
    "十四五",
    "年",
    "5-",
    "1,222",
    "3月",
    "3月5日",
    "2020年",
    "今年",
    "两个半",
    "九时至",
    "3天至",
    "上",
    "的 ",
    "\n",
    "月底",
    "2020-03-05 ",
    "我国今年三月二十五日上午九时开始连续三天降雨",
]


def seconds(text: str) -> float:
    best = 1e9
    for _ in range(3):
        start = time.process_time()
        find(text, "2020-03-11")
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize("piece", PIECES)
def test_time_grows_with_length(piece: str):
    short = piece * (3_000 // len(piece))
    seconds(short)
    assert seconds(short * 8) < 8 * 2.5 * seconds(short) + 0.02


def test_long_numerals_are_fast():
    for digit in "1三":
        assert seconds(digit * 100_000) < 0.5


def test_random_text_never_raises():
    alphabet = (
        "0123456789〇一二三十百千万亿半几数两年月日号时点分秒天周个多余至到-—:/."
        "今昨明去上下午晚初底末旬季世纪岁正腊农历星期，。 \n"
    )
    rng = random.Random(7)
    for _ in range(2_000):
        text = "".join(rng.choices(alphabet, k=rng.randrange(1, 30)))
        for published in (None, "2020-02-29", "1600-01-01", "2999-12-31", "0001-01-01", "9999-12-31"):
            last = 0
            for claim in find(text, published):
                assert last <= claim.start < claim.end
                assert text[claim.start : claim.end] == claim.text
                last = claim.end


WORDS = re.findall(
    r"\S+",
    """
    3月 5日 2020年 今年 去年 当年 当天 次日 上午 9时 9:30 至 到 — 除夕 正月 初一 十五
    底 初 中旬 上周 三 星期二 （ ） ， 。 两 个 半 小时 天 3 5 岁 以上 近 超过 十四五
    90年代 21世纪 末 公元 前 221年 闰 四月 农历 廿三 同期 的 每 第 晚 8点 30 24时 12月
    公元9999年 季度 一 、 将 了 春节 国庆 清明 小雪 节气 上 百 年 月 日 2020-02-30
    1999.12.31 国
    """,
)


def test_random_words_give_well_formed_claims():
    rng = random.Random(11)
    for _ in range(4_000):
        text = "".join(rng.choices(WORDS, k=rng.randrange(1, 12)))
        for published in (None, "2020-02-29", "1600-01-01", "2999-12-31"):
            last = 0
            for claim in find(text, published):
                assert last <= claim.start < claim.end
                last = claim.end
                assert claim.timex is None or VALUE.fullmatch(claim.timex), (text, published, claim)
