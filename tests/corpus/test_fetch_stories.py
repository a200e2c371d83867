"""The records made of the public source, on a page made up for the purpose."""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "fetch_stories.py"
LONG = (
    "渡口的老船工天不亮就起来补网，一边补一边给孙子讲江上的风浪，讲到日头偏西才收工，炉子上的粥早凉了。" * 2
)
PAGE = f"""# 《新闻联播》 (20210102)

## 新闻摘要

1.头一条；

## 详细新闻

### 头一条

<p><strong>央视网消息</strong>（新闻联播）：太短的一条。</p>

[查看原文](https://example.org/1)

### 第二条&amp;补充

<p><strong>央视网消息</strong>（新闻联播）：{LONG}</p>
<p style="text-align: center;">第二段&nbsp;<br>换行{LONG} <br></p>

[查看原文](https://example.org/2)

### 快讯

<p><strong>央视网消息</strong>（新闻联播）：</p><p><strong>小标题</strong></p><p>{LONG}{LONG}</p>

[查看原文](https://example.org/3)



---

(更新时间戳: 1)

"""


def fetch(source: Path, output: Path) -> list[dict[str, str]]:
    subprocess.run([sys.executable, SCRIPT, source, output], check=True, capture_output=True)
    return [json.loads(line) for line in (output / "2021.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / "repo" / "news").mkdir(parents=True)
    (tmp_path / "repo" / "news" / "20210102.md").write_text(PAGE, "utf-8")
    (tmp_path / "repo" / "README.md").write_text("# 目录\n\n### 无关\n", "utf-8")
    return tmp_path / "repo"


def test_records(checkout: Path, tmp_path: Path) -> None:
    second, third = fetch(checkout, tmp_path / "out")
    assert second == {
        "id": "20210102-01",
        "published": "2021-01-02",
        "title": "第二条&补充",
        "text": f"第二条&补充\n{LONG}\n第二段\n换行{LONG}",
    }
    assert third["id"] == "20210102-02"
    assert third["text"] == f"快讯\n\n小标题\n{LONG}{LONG}\n(更新时间戳: 1)"


def test_a_packed_checkout_gives_the_same(checkout: Path, tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "source.tar.gz", "w:gz") as archive:
        archive.add(checkout, "xin-wen-lian-bo-ae8d591d")
    assert fetch(tmp_path / "source.tar.gz", tmp_path / "a") == fetch(checkout, tmp_path / "b")


def test_a_source_without_pages(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    run = subprocess.run(
        [sys.executable, SCRIPT, tmp_path / "empty", tmp_path / "out"], capture_output=True, text=True
    )
    assert run.returncode == 1
    assert "no pages news/YYYYMMDD.md" in run.stderr
