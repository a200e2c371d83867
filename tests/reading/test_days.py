"""Which of the days that a text shows is that of its publication, and what its headline is."""

from __future__ import annotations

import re

import pytest

from jucuo.reading.documents import make_document

BODY = "昨日，青河区新增检查站3个，登记车辆1200辆。\n各镇要认真落实。"


@pytest.mark.parametrize(
    "label",
    re.findall("..", "确诊开工竣工采样检测发生案发签订成立注册受理中标投用拍摄执行公示培训举办出院交付"),
)
@pytest.mark.parametrize("word", ["时间", "日期"])
def test_days_of_other_things(label: str, word: str) -> None:
    """A day in the name of the file stands against the label of another day, wherever that stands."""
    line = f"{label}{word}：2022年1月5日"
    for text in (
        f"青河区情况\n{line}\n{BODY}",
        f"青河区情况\n{BODY}\n{line}",
        f"青河区情况\n1号：男，{line}，已核实。\n{BODY}",
    ):
        doc = make_document("x", text, file="20220313.txt")
        assert (doc.published, doc.articles[0].title) == ("2022-03-13", "青河区情况")
        assert make_document("x", text).published is None


HEADS = [  # lines below the headline, and the day of publication
    ("成文日期：2022年2月28日　发布日期：2022年3月2日", "2022-03-02"),
    ("成文日期：2022年2月28日\n发布日期：2022年3月2日", "2022-03-02"),
    ("更新时间：2022-03-08 发布时间：2022-03-06", "2022-03-06"),
    ("更新时间：2022-03-08", "2022-03-08"),
    ("印发时间：2022-03-06 更新时间：2022-03-08", "2022-03-06"),
    ("发布时间 2022-03-06", "2022-03-06"),
    ("發布日期：111年3月6日", "2022-03-06"),
    ("民國111年3月6日", "2022-03-06"),
    ("日期：2022-03-06", "2022-03-06"),
    ("时间：2022-03-06 作者：李某 点击：123", "2022-03-06"),
    ("来源：青河区政府时间：2022-03-06", "2022-03-06"),
    ("报名时间：2022-04-01\n发布时间：2022-03-06", "2022-03-06"),
    ("青政发〔2022〕15号\n发布时间：2022-03-06", "2022-03-06"),
    ("时间：2022年4月1日\n地点：县礼堂", None),
    ("时间：2022年4月1日 地点：县礼堂", None),
]


@pytest.mark.parametrize(("head", "day"), HEADS)
def test_the_day_in_the_head(head: str, day: str | None) -> None:
    doc = make_document("x", f"青河区设立检查站\n{head}\n{BODY}")
    assert doc.published == day
    assert (doc.title or "").startswith("青河区设立检查站")
    if day:
        assert doc.title == "青河区设立检查站"


@pytest.mark.parametrize(
    "headline",
    ["青河区疫情通报", "典型案例通报", "统计公报", "工作汇报", "春耕生产捷报", "防汛快报", "政府工作周报"],
)
def test_headlines_like_the_names_of_papers(headline: str) -> None:
    doc = make_document("x", f"{headline}\n2022-03-13 来源：青河区政府\n{BODY}")
    assert (doc.title, doc.source, doc.published) == (headline, "青河区政府", "2022-03-13")
    assert make_document("x", f"{headline}\n{BODY}").title == headline


def test_the_name_of_a_paper_is_no_headline() -> None:
    for paper in ("青河日报", "青河周报", "都市快报"):
        doc = make_document("x", f"{paper}\n青河区设立检查站\n2022-03-13\n{BODY}")
        assert (doc.title, doc.source) == ("青河区设立检查站", paper)


@pytest.mark.parametrize(
    "end",
    [
        "附件：值班表\n三合镇值班人员12名，负责人李明。",
        "— 2 —",
        "（此件公开发布）",
        "抄送：各镇人民政府，驻地各单位。",
    ],
)
@pytest.mark.parametrize("body", ["青河区人民政府办公室", "青河区卫生健康局", "青河区教育科技体育局办公室"])
def test_a_signed_notice_is_one_article(body: str, end: str) -> None:
    text = f"关于放假的通知\n今年清明节放假3天，请做好值班工作，确保安全。\n{body}\n2022年3月30日\n{end}"
    doc = make_document("x", text)
    assert doc.published == "2022-03-30"
    assert [(a.start, a.end, a.title) for a in doc.articles] == [(0, len(text), "关于放假的通知")]
