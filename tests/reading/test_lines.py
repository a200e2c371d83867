"""What single lines of a page are."""

from __future__ import annotations

import re
import time
from importlib.resources import files

import pytest

from jucuo.reading.bylines import after_lead, at_end, run_in
from jucuo.reading.dates import from_name, infer, labelled, to_day
from jucuo.reading.lines import classify, is_column, source_of
from jucuo.shadow import normalise

KINDS = """
headline: 青河区：精准施策助企复工
headline: “口罩机”嗒嗒响
headline: 2022年10月10日青河区新增病例情况
headline: 一、稳定播种面积
body: 截至3月5日，全区62家企业复工。
body: 本报讯（记者 李明）青河区日前复工
body: 新华社北京3月9日电 记者从有关部门获悉，全国春耕有序推进
body: 市教育局发布消息称，全市中小学下周一开学。
byline: □本报记者 李明
byline: □李明 王芳
byline: 本报记者 李明 通讯员 王芳
byline: **本报记者 韩梅
byline: （记者 李明 文/图）
byline: 文/李明 图/王芳
byline: 特约记者李明
byline: （李明）
headline: ■复工复产
headline: （青河区融媒体中心综合各地消息整理发布）
meta: 青河日报 2020-03-11 06:15 大字
meta: 发布时间：2020-03-11
meta: 来源：青河区人民政府
meta: ○ 2022年10月10日
meta: 二〇二〇年二月三日
meta: 2020年3月4日 星期三 第02版：综合
meta: 04 防控一线 苍山新闻 2022年4月13日
meta: 青河早报 电子版
headline: 截止日期：2020年3月8日
meta: 发布时间 2020-03-06
meta: 发表于 2020-03-06 来自 青海
meta: 青河发布 昨天
meta: 青河日报 3小时前
meta: 民国109年3月6日
meta: 沂河快报
headline: 青河区疫情通报
headline: 典型案例通报
headline: 2022年3月12日青河区疫情通报
headline: 青河区天气预报
headline: 春耕生产捷报
headline: 采样时间：2022年3月8日
caption: 工人在车间赶制口罩。 张强 摄
caption: 村民采摘草莓。（青河区委宣传部供图）
caption: 图为志愿者在行动。
body: 图书馆本周恢复开放，首日接待读者1200人次。
body: 他在空中拍摄，记录了城市的变化。
furniture: 分享到：
furniture: 责任编辑：李明
furniture: 上一篇：东山县春耕忙
furniture: 首页 > 新闻 > 正文
furniture: 您当前的位置：首页 > 要闻
furniture: 【打印】【关闭】
furniture: 大 中 小
furniture: 扫一扫在手机打开当前页
furniture: 版权所有 青河新闻网
furniture: 豫ICP备12345678号
furniture: 青河新闻，新鲜有料。
more: 新闻推荐
more: 相关阅读：
more: ◎ 相关链接
more: 【延伸阅读】
note: 编者按：疫情之下，许多普通人站了出来。
rule: ——————
rule: * * *
"""
ROWS = [tuple(row.split(": ", 1)) for row in KINDS.strip().splitlines()]


@pytest.mark.parametrize(("kind", "line"), ROWS, ids=[line for _, line in ROWS])
def test_kind(kind: str, line: str) -> None:
    assert classify(normalise(line)) == kind


def rows_of(table: str) -> list[list[str]]:
    lines = files("jucuo.reading").joinpath(table).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("row", rows_of("furniture.tsv"), ids=lambda row: row[-1])
def test_every_row_of_furniture(row: list[str]) -> None:
    kind, pattern, *example = row
    if kind == "word":
        assert classify(normalise(pattern)) in ("furniture", "rule", "more")
    else:
        shadow = normalise(example[0])
        assert re.fullmatch(pattern, shadow)
        assert classify(shadow) == {"line": "furniture", "more": "more"}[kind]


@pytest.mark.parametrize("row", rows_of("labels.tsv"), ids=lambda row: f"{row[0]} {row[-1]}")
def test_every_row_of_labels(row: list[str]) -> None:
    kind, pattern, *example = row
    words = example[0] if example else pattern
    assert re.fullmatch(pattern, words)
    rank, in_words = kind.removesuffix(" in words"), kind.endswith(" in words")
    if rank in ("published", "written", "changed"):
        for line in (
            [f"{words}2022-03-06"] if in_words else [f"{words}时间 2022-03-06", f"{words}日期:2022-03-06"]
        ):
            assert labelled(line) == (("published", "written", "changed").index(rank), "2022-03-06")
            assert classify(line) == "meta"
    elif kind == "source":
        assert source_of(f"{words}:青河区政府") == (len(words) + 1, len(words) + 6)
    elif kind == "note":
        assert classify(f"{words}:青河区今日发布春耕指南。") == "note"
    else:
        assert kind == "column" and is_column(f"青河{words}")


HOSTILE = [
    "图" * 79,
    "文/" * 40,
    "文 " * 40,
    "记者 李 " * 16,
    "本报记者" * 20,
    "首页 > " * 50,
    "a > " * 75,
    "第01版：要闻 " * 33 + "。",
    "1 " * 150,
    "[1] " * 75 + "a",
    "发布时间：" * 50,
    "2020-03-11 " * 14,
    "上一篇" * 90,
    "更多新闻请" * 60,
    "扫一扫微信" * 60,
    "□" * 80,
    "（" * 80,
    "新华社" * 27,
    "编辑 李明 " * 14,
    " ".join("青河日报" for _ in range(30)),
    "《" * 150 + "》" * 150,
    "·" * 300,
    "摄 " * 150,
    "（摄）" * 100,
]


@pytest.mark.parametrize("line", HOSTILE, ids=lambda x: x[:8])
def test_hostile_lines_take_no_time(line: str) -> None:
    start = time.perf_counter()
    for text in (line, line[:80], line + "。", "本报讯" + line, "□" + line):
        shadow = normalise(text).strip()
        classify(shadow)
        run_in(shadow)
        after_lead(shadow)
        at_end(shadow)
    assert time.perf_counter() - start < 0.5  # measured: under 10 ms


RUN_IN = [
    ("□张强生本报记者王南山特约通讯员杨兰红马甲", "张强生本报记者王南山特约通讯员杨兰红"),
    ("□记者 郭涛 “王大妈，您要的菜来了。”", "记者 郭涛"),
    ("记者从国铁集团获悉，今年投资增长。", None),
    ("记者今天获悉，全市企业复工。", None),
    ("青河区复工企业62家。", None),
]


@pytest.mark.parametrize(("line", "byline"), RUN_IN)
def test_run_in(line: str, byline: str | None) -> None:
    span = run_in(normalise(line))
    assert (line[span[0] : span[1]].strip() if span else None) == byline


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("本报讯 (李峰 熊丹) 昨日，全区复工。", "李峰 熊丹"),
        ("本报讯（记者 李明 通讯员 王芳）3月10日", "记者 李明 通讯员 王芳"),
        ("新华社郑州9月12日电（记者史诗、孔明）记者获悉", "记者史诗、孔明"),
        ("本报讯 昨日（3月10日），全区复工。", None),
        ("昨日（李峰），全区复工。", None),
    ],
)
def test_after_lead(line: str, byline: str | None) -> None:
    span = after_lead(normalise(line))
    assert (line[span[0] : span[1]] if span else None) == byline


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("复工率达90.7%。□李明 王芳", "□李明 王芳"),
        ("全部复工。（记者 李明）", "（记者 李明）"),
        ("全部复工。（李明 王芳）", "（李明 王芳）"),
        ("全部复工（含园区）。", None),
        ("他说：“复工了。”", None),
    ],
)
def test_at_end(line: str, byline: str | None) -> None:
    span = at_end(normalise(line))
    assert (line[span[0] : span[1]] if span else None) == byline


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("青河日报 2020-03-11 06:15", "青河日报"),
        ("来源：青河区人民政府 浏览次数：12", "青河区人民政府"),
        ("2020-03-11 10:00 来源: 丰县发布 编辑：万芳", "丰县发布"),
        ("2020-03-11", None),
        ("青河区疫情通报", None),
    ],
)
def test_source(line: str, source: str | None) -> None:
    shadow = normalise(line)
    span = source_of(shadow)
    assert (shadow[span[0] : span[1]] if span else None) == source


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2020-03-11", "2020-03-11"),
        ("2020/3/1 06:15", "2020-03-01"),
        ("2020.3.11", "2020-03-11"),
        ("2020年3月11日", "2020-03-11"),
        ("20200311", "2020-03-11"),
        ("二〇二〇年十二月三十一日", "2020-12-31"),
        ("二〇一九年二月二十日", "2019-02-20"),
        ("20200311061530", "2020-03-11"),
        ("202003110615", "2020-03-11"),
        ("2020-03-11-06:15:30", "2020-03-11"),
        ("3/11/2020, 6:15:30 AM", "2020-03-11"),
        ("Wed, 11 Mar 2020 06:15:30 GMT", "2020-03-11"),
        ("1583878530", "2020-03-11"),
        ("1583878530000", "2020-03-11"),
        ("109年3月11日", "2020-03-11"),
        ("16471206", None),
        ("2020031106", None),
        ("2020-02-30", None),
        ("2020-3", None),
        ("12020-03-111", None),
        ("", None),
        (None, None),
    ],
)
def test_to_day(text: str | None, day: str | None) -> None:
    assert to_day(text) == day


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("t20200311_123.html", "2020-03-11"),
        ("news/202003/11/a.html", "2020-03-11"),
        ("2020年3月11日.txt", "2020-03-11"),
        ("2020_03_11.txt", "2020-03-11"),
        ("２０２０年３月１１日.txt", "2020-03-11"),
        ("二〇二〇年三月十一日.txt", "2020-03-11"),
        ("2020 03 11 简报.txt", "2020-03-11"),
        ("2020-3-1.txt", "2020-03-01"),
        ("2020/3/11/a.txt", "2020-03-11"),
        ("20200305-20200311周报.txt", "2020-03-11"),
        ("2020-03-05至2020-03-11.txt", "2020-03-11"),
        ("20200305 关于2020年4月1日活动的通知.txt", "2020-03-05"),
        ("2020121.txt", None),
        ("2020111 简报.txt", None),
        ("13800200311.txt", None),
        ("w2-005.txt", None),
    ],
)
def test_from_name(name: str, day: str | None) -> None:
    assert from_name(name) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2020年3月8日，全区复工。去年2019年5月1日开工。", "2020-03-08"),
        ("新华社郑州9月12日电 全线贯通。2021年9月10日完成铺装。", "2021-09-12"),
        ("项目将于2025年12月31日前完工。", None),
        ("公示期至2025年12月31日。", None),
        ("3月8日，全区复工。", None),
        ("生于1995年3月1日的党员王某昨日捐款。", None),
        ("1949年10月1日新中国成立。该县昨日开馆。", None),
        ("自2013年4月1日以来，累计植树30万亩。", None),
        ("开工日期：2019年4月1日\n昨日，该桥合龙。", None),
    ],
)
def test_infer(text: str, day: str | None) -> None:
    assert infer(normalise(text)) == day
