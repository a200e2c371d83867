"""Files, folders, JSONL and office files: every text or an error in its place."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from jucuo.errors import JucuoError
from jucuo.reading import Document, read_bytes, read_file, read_inputs

TEXT = "青河区复工企业62家\n截至3月5日，青河区62家企业全部复工。"


def codes(items) -> list[str]:
    return [x.code if isinstance(x, JucuoError) else x.id for x in items]


def test_folder_is_sorted_and_nothing_is_lost(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(TEXT, "utf-8")
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "2020-03-06.md").write_text(TEXT, "utf-8")
    (tmp_path / "a" / "empty.txt").write_text("  \n", "utf-8")
    (tmp_path / "a" / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    (tmp_path / "c.xls").write_bytes(b"x")
    (tmp_path / ".hidden.txt").write_text(TEXT, "utf-8")
    (tmp_path / "style.css").write_text("a{}", "utf-8")
    items = list(read_inputs([tmp_path]))
    assert codes(items) == ["a/2020-03-06.md", "J003", "J005", "b.txt", "J002"]
    assert [x.file for x in items] == [
        str(tmp_path / n) for n in ("a/2020-03-06.md", "a/empty.txt", "a/picture.txt", "b.txt", "c.xls")
    ]
    assert items[0].published == "2020-03-06"
    assert items[0].published_origin == "filename"


def test_missing_and_empty_folders(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    items = list(read_inputs([tmp_path / "nowhere.txt", tmp_path / "empty"]))
    assert codes(items) == ["J001", "J004"]
    with pytest.raises(JucuoError, match="J001"):
        read_file(tmp_path / "nowhere.txt")


JSONL = [  # line, code or id
    ({"id": "a", "text": TEXT, "published": "2020-03-06", "relation": 1, "source": "青河日报"}, "a"),
    ({"id": 7, "text": TEXT, "published": None}, "7"),
    ({"text": TEXT}, "in.jsonl:3"),
    ("{broken", "J006"),
    ([1, 2], "J007"),
    ({"id": "b"}, "J007"),
    ({"id": "c", "text": 5}, "J007"),
    ({"id": ["d"], "text": TEXT}, "J007"),
    ({"id": "e", "text": TEXT, "published": "soon"}, "J008"),
    ({"id": "f", "text": TEXT, "published": "2020-02-30"}, "J008"),
    ({"id": "g", "text": "   "}, "J003"),
    ({"id": "h", "text": TEXT, "published": "2020/3/6 08:00"}, "h"),
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_jsonl(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "in.jsonl"
    rows = [x if isinstance(x, str) else json.dumps(x, ensure_ascii=False) for x, _ in JSONL]
    path.write_text("\n".join(rows) + "\n\n", encoding)
    items = list(read_inputs([path], published="2020-03-09"))
    assert codes(items) == [want for _, want in JSONL]
    assert [x.line for x in items] == list(range(1, len(JSONL) + 1))
    first = items[0]
    assert first.meta == {"relation": 1, "source": "青河日报"}
    assert (first.text, first.source, first.published) == (TEXT, "青河日报", "2020-03-06")
    assert items[1].published_origin == "argument"
    assert items[-1].published == "2020-03-06"
    assert items[-1].published_origin == "meta"


def test_line_separators_inside_json_strings() -> None:
    row = json.dumps({"id": "a", "text": "青河区\u2028复工\x85企业"}, ensure_ascii=False).encode()
    (item,) = read_bytes(row + b"\n", kind="jsonl")
    assert isinstance(item, Document)
    assert item.text == "青河区\u2028复工\x85企业"


ORIGINS = [  # file name, text, argument; day and origin
    ("a.txt", TEXT, None, (None, None)),
    ("a.txt", TEXT, "2020-03-09", ("2020-03-09", "argument")),
    ("20200307.txt", TEXT, "2020-03-09", ("2020-03-07", "filename")),
    ("content_20200307_12.txt", TEXT, None, ("2020-03-07", "filename")),
    ("2020-03/07/content_1.txt", TEXT, None, ("2020-03-07", "filename")),
    ("2020年3月7日.txt", TEXT, None, ("2020-03-07", "filename")),
    ("12345678901234.txt", TEXT, None, (None, None)),
    ("2020-13-07.txt", TEXT, None, (None, None)),
    ("20200307.txt", "标题\n青河日报 2020-03-08 06:15\n正文说。", None, ("2020-03-08", "page")),
    ("a.txt", "标题\n发布时间：2020年3月8日\n正文说。", "2020-03-09", ("2020-03-08", "page")),
    ("a.txt", "标题\n2020年3月8日，青河区复工企业62家。", None, ("2020-03-08", "inferred")),
    ("a.txt", "标题\n青河区将于2025年12月31日前完工。", None, (None, None)),
    ("a.txt", "标题\n截止日期：2020年3月8日\n欢迎报名参加。", None, (None, None)),
]


@pytest.mark.parametrize(("name", "text", "argument", "want"), ORIGINS)
def test_where_the_date_comes_from(
    tmp_path: Path, name: str, text: str, argument: str | None, want: tuple
) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    (doc,) = read_file(path, published=argument)
    assert (doc.published, doc.published_origin) == want
    assert {a.published for a in doc.articles} == {want[0]}


def test_wrong_argument() -> None:
    with pytest.raises(JucuoError, match=r"J008.*soon"):
        list(read_inputs(["a.txt"], published="soon"))


def test_kinds_without_a_suffix() -> None:
    html = f"<!DOCTYPE html><html><body><h1>标题在这里</h1><p>{TEXT}</p></body></html>".encode()
    (page,) = read_bytes(html)
    assert isinstance(page, Document)
    assert page.extracted
    assert "<p>" not in page.text
    (plain,) = read_bytes(TEXT.encode("gb18030"))
    assert isinstance(plain, Document)
    assert (plain.id, plain.text, plain.encoding, plain.file) == ("-", TEXT, "gb18030", None)
    (row,) = read_bytes(json.dumps({"id": "x", "text": TEXT}).encode())
    assert isinstance(row, Document)
    assert row.id == "x"
    assert codes(read_bytes(b"")) == ["J003"]


def test_html_charset_is_believed_only_if_it_fits() -> None:
    body = f"<body><h1>青河区复工</h1><p>{TEXT}</p></body>"
    for declared, real in (
        ("gb2312", "gb18030"),
        ("utf-8", "gb18030"),
        ("gb2312", "utf-8"),
        ("big5", "utf-8"),
    ):
        data = f'<html><head><meta charset="{declared}"></head>{body}</html>'.encode(real)
        (doc,) = read_bytes(data, kind="html")
        assert isinstance(doc, Document)
        assert "全部复工" in doc.text


def test_inline_elements_do_not_break_lines() -> None:
    story = "截至3月5日，青河区<b>62家</b><a href='x'>企业</a>全<span><i>复</i>工</span>。<br>下一行。"
    html = f"<h1>复工</h1><p>{story}</p>"
    (doc,) = read_bytes(html.encode(), kind="html")
    assert isinstance(doc, Document)
    assert doc.text == "复工\n\n截至3月5日，青河区62家企业全复工。\n下一行。"


def test_elements_beside_the_story() -> None:
    story = f"<article><h1>青河区复工</h1><p>{TEXT}</p></article>"
    beside = "<{0}>这里是与正文没有关系的一段话，说了一些别的事情。</{0}>"
    for tag in ("nav", "footer", "aside", "menu", "script", "select"):
        (doc,) = read_bytes(f"<body>{story}{beside.format(tag)}</body>".encode(), kind="html")
        assert isinstance(doc, Document)
        assert "没有关系" not in doc.text
        assert "全部复工" in doc.text


def test_html_without_text() -> None:
    for data in (b"<html></html>", b"<html><body><script>x()</script></body></html>", b"<!-- -->"):
        assert codes(read_bytes(data, kind="html")) == ["J003"]


def test_docx(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_paragraph("青河区复工企业62家")
    document.add_paragraph("发布时间：2020-03-06")
    document.add_paragraph("截至3月5日，青河区62家企业全部复工。")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "返岗人数", "1200人"
    document.add_paragraph("下一步将继续做好服务。")
    document.save(str(tmp_path / "a.docx"))
    (doc,) = read_file(tmp_path / "a.docx")
    assert doc.text.split("\n")[2:] == [
        "截至3月5日，青河区62家企业全部复工。",
        "返岗人数\t1200人",
        "下一步将继续做好服务。",
    ]
    assert doc.published == "2020-03-06"
    assert doc.extracted
    assert doc.articles[0].title == "青河区复工企业62家"
    (tmp_path / "b.docx").write_bytes((tmp_path / "a.docx").read_bytes()[:2000])
    assert codes(read_inputs([tmp_path / "b.docx"])) == ["J002"]


def pdf_with(text: str) -> bytes:
    """A one-page PDF with a Chinese font that viewers bring along (text as UTF-16 codes)."""
    stream = f"BT /F1 12 Tf 50 700 Td <{text.encode('utf-16-be').hex()}> Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H"
        b" /DescendantFonts [6 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
    ]
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % x for x in places))
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))
    return out.getvalue()


def test_pdf() -> None:
    pytest.importorskip("pypdf")
    (doc,) = read_bytes(pdf_with("青河区62家企业全部复工。"), "a.pdf")
    assert isinstance(doc, Document)
    assert "62家企业全部复工" in doc.text
    assert doc.extracted
    assert codes(read_bytes(pdf_with(" "), "b.pdf")) == ["J003"]
    assert codes(read_bytes(b"%PDF-1.4 broken", "c.pdf")) == ["J002"]
