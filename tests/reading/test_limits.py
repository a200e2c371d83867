"""Files made to hang a reader: an error or a result, in bounded time and memory."""

from __future__ import annotations

import io
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from jucuo.errors import JucuoError
from jucuo.reading import Document, read_bytes

LINE = "截至3月5日，全区复工企业62家，返岗工人1.2万人。"


def outcome(data: bytes, kind: str) -> str | int:
    (item,) = read_bytes(data, kind=kind)
    return item.code if isinstance(item, JucuoError) else len(item.text)


def nested(tag: str, depth: int, close: bool = True) -> bytes:
    end = f"</{tag}>" * depth if close else ""
    return f"<html><body>{f'<{tag}>' * depth}<p>{LINE * 3}</p>{end}</body></html>".encode()


def docx_bomb(size: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * size)
    return out.getvalue()


SMALL = {
    "nested": (nested("div", 50_000), "html", "J014"),
    "never closed": (nested("font", 50_000, close=False), "html", "J014"),
    "nested but readable": (nested("div", 500), "html", len(LINE) * 3),
    "deep JSON": (b"[" * 100_000, "jsonl", "J006"),
    "no line break": ((LINE * 30_000).encode(), "text", len(LINE) * 30_000),
    "many paragraphs": (
        f"<html><body>{f'<p>{LINE}</p>' * 20_000}".encode(),
        "html",
        (len(LINE) + 2) * 20_000 - 2,
    ),
    "headlines only": (("标题行没有句号\n" * 20_000).encode(), "text", 160_000),
    "roles": (("图" * 79 + "\n").encode() * 2000, "text", 160_000),
    "names": (("文 " * 39 + "\n").encode() * 2000, "text", 158_000),
    "by-lines": (("□记者 李明 " * 20 + "\n").encode() * 500, "text", 70_500),
    "quotes": (("“中，" * 100 + "\n").encode() * 300, "text", 90_300),
    "attributes": (f"<p {' '.join(f'a{i}=1' for i in range(50_000))}>{LINE}".encode(), "html", "J014"),
    "long attribute": (f"<img src='{'a = ' * 50_000}'>{LINE}".encode(), "html", len(LINE)),
}


@pytest.mark.parametrize("name", SMALL)
def test_small(name: str) -> None:
    data, kind, want = SMALL[name]
    start = time.perf_counter()
    assert outcome(data, kind) == want
    assert time.perf_counter() - start < 10


def test_word_file_that_unpacks_to_too_much() -> None:
    pytest.importorskip("docx")
    assert outcome(docx_bomb(210_000_000), "docx") == "J014"


def test_a_broken_text_does_not_stop_the_others() -> None:
    rows = [b'{"id": "a", "text": "%s"}' % LINE.encode(), b"[" * 10_000, b'{"id": "c", "text": "x"}']
    items = list(read_bytes(b"\n".join(rows), kind="jsonl"))
    assert [x.id if isinstance(x, Document) else x.code for x in items] == ["a", "J006", "c"]


BIG = {
    "html of 50 MB": "b'<html><body>' + ('<p>' + LINE + '</p>').encode() * 750_000, 'html'",
    "html as large as allowed": "('<html><body>' + ('<p>' + LINE + '</p>') * 285_000).encode(), 'html'",
    "inline tags": "('<html><body>' + '<b>中</b>' * 1_200_000).encode(), 'html'",
    "text of 100 MB": "(LINE * 1_500_000).encode(), 'text'",
    "text as long as allowed": "(LINE * 350_000).encode(), 'text'",
    "lines": "('中\\n' * 4_900_000).encode(), 'text'",
    "jsonl line of 63 MB": "b'{\"text\":\"' + b'a' * 63_000_000 + b'\"}', 'jsonl'",
}
STATUS = Path("/proc/self/status")
SCRIPT = """
import re, sys
from jucuo.reading import read_bytes
LINE = {line!r}
data, kind = {data}
print([getattr(x, 'code', 'read') for x in read_bytes(data, kind=kind)])
# of this process alone: ru_maxrss starts from what the parent had when it forked
print(int(re.search(r'VmHWM:\\s+(\\d+) kB', open({status!r}).read())[1]) // 1024)
"""


@pytest.mark.slow
@pytest.mark.skipif(not STATUS.exists(), reason="needs /proc")
@pytest.mark.parametrize("name", BIG)
def test_big(name: str) -> None:
    script = SCRIPT.format(line=LINE, data=BIG[name], status=str(STATUS))
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    outcome, peak = done.stdout.split("\n")[:2]
    assert outcome in ("['read']", "['J014']")
    assert int(peak) < 1000  # MB
