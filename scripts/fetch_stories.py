"""Turn the public transcripts of the evening news into the stories that part B of the corpus annotates.

The source is the GitHub repository DuckBurnIncense/xin-wen-lian-bo (MIT): a page a day, ``news/YYYYMMDD.md``,
with a heading ``### title`` and a body in HTML for each story. Each becomes a record ``{"id", "published",
"title", "text"}``, a file of JSON lines a year: the id is the day and the story's place on its page
(``20240814-09``), the text its title, a line break and its body without tags, a paragraph a line. The
annotations carry the SHA-256 of each text, so that a source that has changed is noticed, not misread.

usage: fetch_stories.py SOURCE OUTPUT_FOLDER      (SOURCE: a checkout, or its .tar.gz from GitHub)
"""

from __future__ import annotations

import argparse
import html
import json
import re
import tarfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

_PAGE = re.compile(r"(?:^|/)news/(\d{8})\.md$")
_STORY = re.compile(r"^### (.*)$", re.MULTILINE)
_FURNITURE = re.compile(r"^(?:\[查看原文\]\(.*\)|---)\s*$", re.MULTILINE)
_BREAK = re.compile(r"<br\s*/?>|</p>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_SOURCE = "央视网消息（新闻联播）："
MIN_BODY = 60  # characters; shorter ones only announce


def pages(source: Path) -> Iterator[tuple[str, str]]:
    """Days (``YYYYMMDD``) and pages of a checkout or of a packed one, by day."""
    if source.is_dir():
        for path in sorted(source.rglob("*.md")):
            if m := _PAGE.search(path.as_posix()):
                yield m[1], path.read_text("utf-8")
        return
    with tarfile.open(source) as archive:
        for member in sorted(archive.getmembers(), key=lambda m: m.name):
            if (m := _PAGE.search(member.name)) and (content := archive.extractfile(member)):
                yield m[1], content.read().decode("utf-8")


def stories(day: str, page: str) -> Iterator[dict[str, str]]:
    """The records of a page."""
    _, *parts = _STORY.split(page)
    for place, (title, body) in enumerate(zip(parts[::2], parts[1::2], strict=True)):
        title, body = plain(title).strip(), plain(_FURNITURE.sub("", body)).strip()
        body = body.removeprefix(_SOURCE)
        if len(body) >= MIN_BODY:
            yield {
                "id": f"{day}-{place:02}",
                "published": f"{day[:4]}-{day[4:6]}-{day[6:]}",
                "title": title,
                "text": f"{title}\n{body}",
            }


def plain(source: str) -> str:
    """HTML as text: paragraphs and breaks end lines, empty lines and white space around lines go."""
    lines = html.unescape(_TAG.sub("", _BREAK.sub("\n", source))).split("\n")
    return "\n".join(filter(None, (line.strip() for line in lines)))


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("source", type=Path)
    ap.add_argument("output", type=Path)
    args = ap.parse_args()
    years: dict[str, list[str]] = defaultdict(list)
    for day, page in pages(args.source):
        for row in stories(day, page):
            years[day[:4]].append(json.dumps(row, ensure_ascii=False) + "\n")
    if not years:
        raise SystemExit(f"no pages news/YYYYMMDD.md in {args.source}")
    args.output.mkdir(parents=True, exist_ok=True)
    for year, rows in sorted(years.items()):
        (args.output / f"{year}.jsonl").write_text("".join(rows), "utf-8")
        print(f"{year}: {len(rows)} stories")


if __name__ == "__main__":
    main()
