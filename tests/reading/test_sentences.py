"""Sentences and broken lines; ``|`` parts the sentences of a case."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jucuo.sentences import MAX_LENGTH, join_lines, sentences
from jucuo.shadow import normalise

CASES = [
    "全区复工62家。|下一步再开两条线。",
    "全区复工62家.|下一步再开两条线.",
    "人都回来了吗?|回来了!|开工。",
    "“我们复工了。”|厂长李某说。",
    "“我们复工了！”的喜讯传来。",
    "打出“快复工！”、“稳就业！”等标语。",
    "印发《企业怎么办？》，供大家学习。",
    "出台《方案（试行）。》",
    "该村（今年脱贫。全县最早）通了公路。|路长3公里。",
    "红马甲、红袖套……|连日来，志愿者很忙。",
    "“非常时期要听劝……”|横幅随处可见。",
    "等等……，都已办结。",
    "面积3.5亩，投资1,200万元。",
    "时间9:30开始!|请准时。",
    "一是查；二是防；三是控。|全部到位。",
    "标题一行\n|正文第一句。|正文第二句。",
    "他说：“一要查。|二要防。”|会后检查。",
    "See www.a.cn for more. |Next one is here.",
    "堤防巡查“昼夜不停，排水\n\n排涝安全有序”的目标。",
    "逐户摸清农机缺口和种子储备落实情况。做到账目\n\n清、家底明，及时帮助农户。".replace("。做", "。|做"),
    "先后投入口罩5000只、\n消毒液200公斤。",
    "共有企业62家，\n已复工60家。",
    "本报讯 昨日，全区复工\n|□本报记者 李某\n|下一步开工。",
    "铸管车间工人三班轮换出铁。| 邵青 摄\n|码头清早。| 邵青 摄",
    "该区扎实推进，坚持“两手抓\n|本报讯 昨日，“送书下乡”启动。",
    "　　甲县今年打算翻新老旧小区\n43个，惠及居民1万户。\n|　　乙县改造20个。",
    "青河区：精准施策，助企复工\n|3月9日，工地一片忙碌。",
    "会议要求：\n|一、严格值守。\n|二、每日上报。",
]


def split(case: str) -> tuple[str, list[str]]:
    return case.replace("|", ""), [x.strip() for x in case.split("|")]


@pytest.mark.parametrize("case", CASES)
def test_sentences(case: str) -> None:
    text, want = split(case)
    assert [text[a:b] for a, b in sentences(text)] == want


def test_wrapped_text() -> None:
    words = "该县今年计划改造老旧小区四十三个惠及居民一万两千户总投资二亿七千万元截至九月底已完工三十一个"
    lines = [words[i : i + 12] for i in range(0, 48, 12)]
    text = "\n".join(lines) + "余个。\n" + "\n".join(lines) + "个。"
    assert len(sentences(text)) == 2


@given(st.text(alphabet="中文，。！“”（）《》\n a.!0", max_size=120))
def test_every_character_is_in_one_sentence(text: str) -> None:
    spans = sentences(text)
    assert all(a < b for a, b in spans)
    assert all(x[1] <= y[0] for x, y in pairwise(spans))
    kept = "".join(normalise(text)[a:b] for a, b in spans)
    assert "".join(kept.split()) == "".join(normalise(text).split())
    assert len(join_lines(text)) == len(text)


def test_a_sentence_without_an_end_is_cut() -> None:
    text = "全区复工企业六十二家，" * 1000
    spans = sentences(text)
    assert max(b - a for a, b in spans) <= MAX_LENGTH
    assert all(text[b - 1] == "，" for _, b in spans)


@pytest.mark.parametrize("piece", ["中", "，\n", "“", "（", "。", "中，\n", "《a", "\n", "1", "“中，\n"])
def test_time_is_linear(piece: str) -> None:
    start = time.perf_counter()
    sentences(piece * 30_000)
    assert time.perf_counter() - start < 10  # measured: under 0.5 s
