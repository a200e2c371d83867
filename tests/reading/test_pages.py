"""Pages as people have them, and what is to be understood of each."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jucuo.reading import Document, read_file
from jucuo.sentences import sentences

PAGES = sorted(p for p in (Path(__file__).parent / "pages").iterdir() if p.suffix != ".json")


def expected(page: Path) -> dict:
    return json.loads(page.with_suffix(".json").read_text("utf-8"))


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    return {page.name: read_file(page)[0] for page in PAGES}


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_page(page: Path, documents: dict[str, Document]) -> None:
    doc, want = documents[page.name], expected(page)
    assert (doc.published, doc.published_origin) == (want["published"], want["origin"])
    for key in ("source", "encoding"):
        if key in want:
            assert getattr(doc, key) == want[key]
    assert len(doc.articles) == len(want["articles"])
    for article, item in zip(doc.articles, want["articles"], strict=True):
        text = doc.text[article.start : article.end]
        assert text.startswith(item.get("first", "")), text[:40]
        assert text.endswith(item.get("last", "")), text[-40:]
        for key in ("title", "byline", "source", "published"):
            if key in item:
                assert getattr(article, key) == item[key], key
    for phrase in want.get("has", []):
        assert phrase in doc.text
    for phrase in want.get("lacks", []):
        assert phrase not in doc.text
    found = {x.text for a in doc.articles for x in a.furniture}
    assert set(want.get("furniture", [])) <= found
    whole = [doc.text[a:b] for a, b in sentences(doc.text)]
    for sentence in want.get("sentences", []):
        assert sentence.strip("\u3000 ") in whole
    if "apart" in want:
        assert not any(all(part in s for part in want["apart"]) for s in whole)


def test_there_are_forty_pages_of_different_kinds() -> None:
    assert len(PAGES) >= 40
    assert {p.suffix for p in PAGES} >= {".html", ".htm", ".txt", ".md"}


def test_offsets_and_order(documents: dict[str, Document]) -> None:
    for doc in documents.values():
        end = 0
        for article in doc.articles:
            assert end <= article.start < article.end <= len(doc.text)
            assert all(article.start <= x.start < x.end <= article.end for x in article.furniture)
            assert all(doc.text[x.start : x.end] == x.text for x in article.furniture)
            assert not doc.text[end : article.start].strip()
            end = article.end
        assert not doc.text[end:].strip()
