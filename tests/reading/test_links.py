"""What is a link and what is text on a web page, and what the page says of itself."""

from __future__ import annotations

import io
import warnings

import pytest

from jucuo.reading import Document, html, read_bytes
from jucuo.reading.metadata import names

HEAD = "<h1>青河区设立检查站</h1><p>发布时间：2022-03-13 来源：青河日报</p>"
FIRST = "<p>3月12日，记者从青河区交通局获悉，全区设立检查站46个，登记车辆1.3万辆次。</p>"
LAST = "<p>下一步，青河区将拨付专款500万元，用来添置帐篷30顶、路灯20盏。</p>"
LINKED = "据了解，该区抽调党员210名到一线，在38个路口轮流值守，每日登记来往车辆。"


def read(body: str, head: str = "") -> Document:
    (doc,) = read_bytes(f"<html><head>{head}</head><body>{body}</body></html>".encode(), kind="html")
    assert isinstance(doc, Document)
    return doc


@pytest.mark.parametrize(
    "block",
    [
        f"<p><a href='x'>{LINKED}</a></p>",
        "<p><a href='x'>全区干部群众齐心协力，抽调党员210名，在38个路口轮流值守，逐车登记，逐人测温</a></p>",
        "<a href='b.jpg'><img src='a.jpg'><br>3月11日，交警在路口登记车辆。李建国 摄</a>",
        f"<p>据了解，<a href='x'>{LINKED[4:-1]}</a>。</p>",
    ],
)
def test_linked_text_is_text(block: str) -> None:
    text = read(HEAD + FIRST + block + LAST).text
    assert "登记" in text.split("辆次。")[1]


def rows(day: str) -> str:
    titles = ("春运期间发送旅客12万人次", "三合镇发放补贴320万元", "县医院新增床位200张")
    return "".join(f"<li><a href='/{i}'>{x}</a>{day}</li>" for i, x in enumerate(titles))


@pytest.mark.parametrize(
    "day",
    ["", "<span>2022-03-01</span>", " [03-01]", "（2022-03-01 10:20）", "<em>3月1日</em>", "<b>2022/3/1</b>"],
)
@pytest.mark.parametrize("place", ["{0}{1}", "{1}{0}"])
def test_lists_of_links_are_none(day: str, place: str) -> None:
    story = HEAD + FIRST + f"<p>{LINKED}</p>" + LAST
    text = read(place.format(f"<div>{story}</div>", f"<div><ul>{rows(day)}</ul></div>")).text
    assert "检查站46个" in text
    assert all(x not in text for x in ("12万", "320万", "200张"))


@pytest.mark.parametrize("heading", ["网友评论（3条）", "评论区", "全部评论", "留言 2 条"])
def test_comments_of_readers_are_left_out(heading: str) -> None:
    comments = f"<div><h3>{heading}</h3><div><b>路人甲</b><p>检查站太少了，排队2个小时！</p></div></div>"
    text = read(HEAD + FIRST + LAST + comments).text
    assert "排队" not in text
    assert "路灯20盏" in text


HEADS = [  # what the head or body says, day
    ('<meta name="PubDate" content="Sun, 13 Mar 2022 08:00:00 GMT">', "2022-03-13"),
    ('<meta name="publishdate" content="1647129600000">', "2022-03-13"),
    ('<meta name="publishdate" content="20220313080000">', "2022-03-13"),
    ('<meta name="weibo: article:create_at" content="2022-03-13 08:00:00">', "2022-03-13"),
    ('<meta name="firstpublishedtime" content="2022-03-13-08:00:00">', "2022-03-13"),
    ('<script type="application/ld+json">{"pubDate": "2022-03-13T08:00:00"}</script>', "2022-03-13"),
    ('<script>var ct = "1647165000";</script>', "2022-03-13"),
    ('<time datetime="2022-03-13T08:00:00Z">3月13日</time>', "2022-03-13"),
    ('<ul><li><time datetime="2022-03-13T08:00:00Z">3月13日</time></li></ul>', None),
    ('<meta http-equiv="Last-Modified" content="2022-03-13">', None),
]


@pytest.mark.parametrize(("says", "day"), HEADS)
def test_the_day_of_a_page(says: str, day: str | None) -> None:
    assert read("<h1>青河区设立检查站</h1>" + FIRST + says).published == day


def test_the_address_that_a_browser_saved() -> None:
    page = f"""<!DOCTYPE html>
<!-- saved from url=(0040)http://www.example.cn/202203/t20220313_1.html -->
<html><body><h1>青河区设立检查站</h1>{FIRST}</body></html>"""
    (doc,) = read_bytes(page.encode(), kind="html")
    assert isinstance(doc, Document)
    assert (doc.published, doc.published_origin) == ("2022-03-13", "filename")


def test_the_account_on_wechat() -> None:
    body = f'<h1>青河区设立检查站</h1><div><a id="js_name"> 青河发布 </a></div>{FIRST}{LAST}'
    for head in ("", '<meta property="og:site_name" content="微信公众平台">'):
        doc = read(body, head + '<meta property="og:title" content="青河区设立检查站">')
        assert (doc.source, doc.title, doc.articles[0].title) == (
            "青河发布",
            "青河区设立检查站",
            "青河区设立检查站",
        )


def test_a_page_without_a_story() -> None:
    frames = b"<html><frameset><frame src='a'><noframes>\xe6\x97\xa0</noframes></frameset></html>"
    assert [getattr(x, "code", None) for x in read_bytes(frames, kind="html")] == ["J003"]


def test_trafilatura_missing_is_told(monkeypatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "trafilatura", None)
    html._trafilatura.cache_clear()
    try:
        with pytest.warns(RuntimeWarning, match="lxml_html_clean"):
            assert "检查站46个" in read(HEAD + FIRST + LAST).text
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # once is enough
            read(HEAD + FIRST + LAST)
    finally:
        html._trafilatura.cache_clear()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RUN = "<w:r><w:t>{}</w:t></w:r>"
PARAGRAPHS = [  # inside a paragraph, and its text
    (f'<w:ins w:id="1" w:author="a">{RUN.format("贷款300万元")}</w:ins>', "贷款300万元"),
    ('<w:del w:id="1" w:author="a"><w:r><w:delText>99万元</w:delText></w:r></w:del>', ""),
    (f'<w:moveFrom w:id="1" w:author="a">{RUN.format("99万元")}</w:moveFrom>', ""),
    (f"<w:sdt><w:sdtContent>{RUN.format('补贴460万元')}</w:sdtContent></w:sdt>", "补贴460万元"),
    (f'<w:smartTag w:uri="x" w:element="date">{RUN.format("2020年2月10日")}</w:smartTag>', "2020年2月10日"),
    (f'<w:fldSimple w:instr="DATE">{RUN.format("470人")}</w:fldSimple>', "470人"),
    (f'<w:hyperlink w:anchor="x">{RUN.format("120万元")}</w:hyperlink>', "120万元"),
    (
        f"<w:r><w:pict><w:txbxContent><w:p>{RUN.format('480户')}</w:p></w:txbxContent></w:pict></w:r>",
        "\n480户",
    ),
    ("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t></w:r>", "甲\n乙\t丙"),
]


def saved(document) -> str:
    data = io.BytesIO()
    document.save(data)
    (doc,) = read_bytes(data.getvalue(), kind="docx")
    assert isinstance(doc, Document)
    return doc.text


@pytest.mark.parametrize(("xml", "text"), PARAGRAPHS)
def test_what_a_word_file_wraps(xml: str, text: str) -> None:
    docx = pytest.importorskip("docx")
    from docx.oxml import parse_xml

    document = docx.Document()
    document.add_paragraph("起：")._p.append(
        parse_xml(xml.replace(">", f" {W}>", 1).replace(f"/ {W}>", f" {W}/>"))
    )
    document.element.body.insert(
        1, parse_xml(f"<w:sdt {W}><w:sdtContent><w:p>{RUN.format('末')}</w:p></w:sdtContent></w:sdt>")
    )
    assert saved(document) == f"起：{text}\n末"


def test_a_merged_cell_of_a_word_file_stands_once() -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    table = document.add_table(rows=3, cols=3)
    table.cell(0, 0).merge(table.cell(0, 2)).text = "合计2020年"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "三合镇"
    table.cell(1, 1).text, table.cell(1, 2).text = "补贴", "490万元"
    table.cell(2, 1).text, table.cell(2, 2).text = "户数", "1200户"
    table.cell(2, 2).add_table(1, 1).cell(0, 0).text = "内510人"
    lines = [" ".join(line.split()) for line in saved(document).splitlines()]
    assert lines == ["合计2020年", "三合镇 补贴 490万元", "户数 1200户 内510人"]


@pytest.mark.parametrize("name", names("date"))
def test_every_name_of_the_day_is_read(name):
    page = f'<head><meta name="{name}" content="2020-03-05"></head><body><p>云溪县复工62家。</p></body>'
    assert html.read_html(page).published == "2020-03-05"
